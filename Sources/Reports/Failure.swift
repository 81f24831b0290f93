/// How hypo ends, for scripts.
public enum ExitStatus: Int32, Sendable {
  case done = 0
  /// hypo itself failed.
  case ownFailure = 1
  /// No connection.
  case connection = 2
  /// A command or a statement was wrong or failed.
  case script = 3
  /// An expectation did not hold.
  case expectation = 4
  /// A result is another one than was recorded, and `--strict` makes that a failure.
  case drift = 5
  /// hypo or a policy refused.
  case refused = 6
  /// The person stopped it.
  case cancelled = 130
}

/// What a person is told when a command fails: the one type that every room's errors become.
///
/// The shell translates them; reports and notebooks only hold and show it.
public struct Failure: Error, Equatable, Sendable {
  /// What a script learns of it.
  public var status: ExitStatus
  /// What failed and why.
  public var message: String
  /// The five-character SQLSTATE; nil when it is not the server's failure.
  public var sqlState: String?
  /// More about the reason.
  public var detail: String?
  /// What to do next.
  public var hint: String?
  /// The text that was typed and where in it, in UTF-8 code units; nil when no place is known.
  public var place: Place?

  /// A place in a typed text.
  public struct Place: Equatable, Sendable {
    /// The whole text as it was typed.
    public var text: String
    /// Where in it, in UTF-8 code units.
    public var range: Range<Int>

    /// A place in a text.
    public init(text: String, range: Range<Int>) {
      self.text = text
      self.range = range
    }
  }

  /// Where the text was written, for messages.
  public struct Origin: Equatable, Sendable {
    /// The file; nil for what was typed.
    public var file: String?
    /// The line in it, from 1.
    public var line = 0

    /// A line of a file; nowhere when nothing is given.
    public init(file: String? = nil, line: Int = 0) {
      self.file = file
      self.line = line
    }
  }

  /// Made of its facts.
  public init(
    _ status: ExitStatus = .script, _ message: String, sqlState: String? = nil, detail: String? = nil,
    hint: String? = nil, place: Place? = nil
  ) {
    self.status = status
    self.message = message
    self.sqlState = sqlState
    self.detail = detail
    self.hint = hint
    self.place = place
  }

  /// This failure with what hypo was doing before its message: "could not …: …".
  public func context(_ doing: String) -> Failure {
    var failure = self
    failure.message = "\(doing): \(message)"
    return failure
  }
}
