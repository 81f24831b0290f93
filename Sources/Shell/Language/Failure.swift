import IndexDesign
import Ledger
import Programs
import Sandbox
import Server
import Storage
import Terminal

/// How hypo ends, for scripts.
enum ExitStatus: Int32, Sendable {
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
struct Failure: Error, Equatable, Sendable {
  /// What a script learns of it.
  var status: ExitStatus
  /// What failed and why.
  var message: String
  /// The five-character SQLSTATE; nil when it is not the server's failure.
  var sqlState: String?
  /// More about the reason.
  var detail: String?
  /// What to do next.
  var hint: String?
  /// The text that was typed and where in it, in UTF-8 code units; nil when no place is known.
  var place: Place?

  /// A place in a typed text.
  struct Place: Equatable, Sendable {
    var text: String
    var range: Range<Int>
  }

  init(
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

  /// Translates any room's error. `range(of:)` finds the place in the typed text from the error's own.
  init(_ error: any Error, in text: String? = nil, offset: Int = 0) {
    func place(_ position: Range<Int>?) -> Place? {
      guard let text, let position, position.upperBound + offset <= text.utf8.count + 1 else { return nil }
      return Place(text: text, range: position.lowerBound + offset..<position.upperBound + offset)
    }
    switch error {
    case let error as Failure: self = error
    case let error as DesignError:
      self.init(
        error.code == .refused ? .refused : .script, error.message, detail: error.detail, hint: error.hint,
        place: place(error.position))
    case let error as ServerError:
      self.init(
        Self.status(error), error.message, sqlState: error.sqlState, detail: error.detail,
        hint: error.hint ?? (error.code == .connection ? Advice.onConnection(error.message) : nil),
        place: place(error.position))
    case let error as LedgerError:
      self.init(.ownFailure, error.message, detail: error.detail ?? error.underlying, hint: error.hint)
    case let error as StorageError: self.init(error)
    case let error as SandboxError:
      self.init(
        error.code == .cancelled ? .cancelled : .ownFailure, error.message, detail: error.detail,
        hint: error.hint)
    case let error as TerminalError: self.init(.ownFailure, error.message, hint: error.hint)
    default: self.init(.ownFailure, "\(error)")
    }
  }

  private static func status(_ error: ServerError) -> ExitStatus {
    switch error.code {
    case .connection, .lost: .connection
    case .cancelled: .cancelled
    case .refused: .refused
    case .journal: .ownFailure
    case .statement, .notFound, .missingPrerequisite, .unexpectedAnswer: .script
    }
  }

  /// This failure with what hypo was doing before its message: "could not …: …".
  func context(_ doing: String) -> Failure {
    var failure = self
    failure.message = "\(doing): \(message)"
    return failure
  }
}
