/// What went wrong between the program and the person's terminal.
public struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure, for code that decides by them.
  public enum Code: String, Hashable, Sendable {
    /// Signals could not be blocked or their descriptor not be made.
    case signals
    /// Standard input or output, or `/dev/tty`, is not a terminal.
    case notATerminal
    /// The line editor could not be started.
    case lineEditor
    /// Reading from or writing to the terminal failed.
    case inputOutput
  }

  /// The kind of failure.
  public let code: Code
  /// One lower-case sentence without a final stop.
  public let message: String
  /// What to do next; nil when there is nothing to advise.
  public let hint: String?

  /// An error with its words.
  public init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The message, and the hint on a line of its own.
  public var description: String {
    hint.map { "\(message)\nhint: \($0)" } ?? message
  }
}
