import Terminal

/// Where a sitting writes and whom it may ask.
protocol Console: AnyObject {
  /// Writes finished lines to standard output.
  func write(_ lines: [StyledText])
  /// Writes text as it is, one line.
  func write(raw line: String)
  /// Writes lines to standard error.
  func complain(_ lines: [StyledText])
  /// Asks for a line; nil when nobody can answer.
  func ask(_ question: StyledText) -> String?
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
}
