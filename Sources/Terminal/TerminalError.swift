internal import Glibc

/// What went wrong between the program and the person's terminal.
public struct TerminalError: Error, Hashable, Sendable {
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
  /// What failed, one lower-case sentence without a final stop.
  public let message: String
  /// The operating system's number of the reason, which follows the message in words; nil when it is in the message.
  ///
  /// Source: errno(3).
  public let systemNumber: CInt?
  /// What to do next; nil when there is nothing to advise.
  public let hint: String?

  /// An error with its words.
  public init(_ code: Code, _ message: String, systemNumber: CInt? = nil, hint: String? = nil) {
    self.code = code
    self.message = message
    self.systemNumber = systemNumber
    self.hint = hint
  }

  /// What the system has refused; `errno` is read when the call is made, before anything else can change it.
  static func system(_ code: Code, _ message: String, number: CInt = errno) -> TerminalError {
    TerminalError(code, message, systemNumber: number)
  }
}
