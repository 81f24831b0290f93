import IndexDesign
import Ledger
import Programs
import Reports
import Sandbox
import Server
import Storage
import Terminal

extension Failure {
  /// Translates any room's error.
  ///
  /// - Parameters:
  ///   - text: the command that the error is about; nil shows no place.
  ///   - offset: where in it that begins which the error's position counts from.
  init(_ error: any Error, in text: String? = nil, offset: Int = 0) {
    switch error {
    case let error as Failure: self = error
    case let error as DesignError: self.init(error, in: text, offset: offset)
    case let error as ServerError:
      self.init(
        Self.status(error), error.message, sqlState: error.sqlState, detail: error.detail,
        hint: error.hint ?? (error.code == .connection ? Advice.onConnection(error.message) : nil),
        place: text.flatMap { Place(text: $0, range: error.position, offset: offset) })
    case let error as LedgerError:
      self.init(
        error.code == .notProven ? .refused : .ownFailure, error.message,
        detail: error.detail ?? error.underlying, hint: error.hint)
    case let error as StorageError: self.init(error)
    case let error as SandboxError:
      self.init(
        error.code == .cancelled ? .cancelled : .ownFailure, error.message, detail: error.detail,
        hint: error.hint)
    case let error as TerminalError:
      let reason = error.systemNumber.map { ": " + SystemReason($0).words } ?? ""
      self.init(.ownFailure, error.message + reason, hint: error.hint)
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
