import IndexDesign
import Ledger
import Programs
import Reports
import Sandbox
import Server
import Storage
import Terminal

extension Failure {
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
}
