import Reports
import Terminal

/// Where a session writes and whom it may ask.
protocol Console: AnyObject {
  /// Writes text to standard output as it is; it ends with a line feed unless more follows.
  func put(_ text: String)
  /// Lets a body write to standard output, through a pager when that is longer than the screen.
  ///
  /// - Parameter pager: what shows long output to a person; nil for nothing.
  /// - Throws: what the body throws, unless the person has left the pager.
  func page(through pager: Pager?, _ body: (_ put: (String) throws -> Void) throws -> Void) throws
  /// Writes lines to standard error.
  func complain(_ lines: [StyledText])
  /// Asks for a line; nil when nobody can answer, or does not want to.
  func ask(_ question: StyledText) -> String?
  /// Whether the last question was answered by Ctrl-C.
  var wasInterrupted: Bool { get }
  /// Asks for a secret, unechoed; nil when nobody can answer.
  func askSecret(_ question: String) -> String?
  /// Shows what a long command is doing; the fraction is from 0 to 1 where it is known.
  func progress(_ text: String, fraction: Double?)
  /// Takes the progress line away.
  func endProgress()
  /// Clears the screen for what is written next, in place of what was there before; rows that do not fit are
  /// left out. The first time the screen itself is put aside. False when the output cannot do that.
  func beginPicture() -> Bool
  /// Brings the screen back as it was before the first picture.
  func endPicture()
  /// The columns of the screen; nil when the output is no terminal.
  var width: Int? { get }
  /// Whether what is written has attributes.
  var usesColour: Bool { get }
}

extension Console {
  /// Writes finished lines to standard output.
  func write(_ lines: [StyledText]) {
    guard !lines.isEmpty else { return }
    let usesColour = usesColour
    put(lines.map { $0.render(colour: usesColour) + "\n" }.joined())
  }

  func page(through pager: Pager?, _ body: (_ put: (String) throws -> Void) throws -> Void) throws {
    try body(put)
  }
}
