internal import IndexDesign
internal import Server

extension Session {
  /// In a failed transaction nothing can be asked, so nothing but this can be said.
  func refuseFailedTransaction(_ command: String) throws(ServerError) {
    guard isTransactionFailed else { return }
    throw ServerError(
      .refused, "cannot \(command) inside an open transaction",
      hint: "end it with rollback; and \(command) again")
  }

  /// Looks again at what may have changed since a change was planned.
  func refuseChange(_ command: String, on planned: ServerFingerprint) throws(ServerError) {
    try refuseFailedTransaction(command)
    guard !isInTransaction else {
      throw ServerError(
        .refused, "cannot \(command) inside an open transaction",
        detail: "the change would wait for the snapshot of this session's own transaction",
        hint: "end it with commit; or rollback; and \(command) again")
    }
    guard !facts.isBehindPooler else { throw ServerError(.refused, .pooler(command)) }
    let now = try fingerprint()
    guard now.matches(planned) else { throw Self.otherServer(command, planned, now) }
  }
}

extension ChangeFailure {
  /// A change through a pooler.
  static func pooler(_ command: String) -> ChangeFailure {
    ChangeFailure(
      message: "cannot \(command) through a connection pooler",
      detail: "through a pooler the settings of the change may reach another backend",
      hint: "connect to the server itself, not to the pooler")
  }

  init(_ error: ServerError) {
    self.init(message: error.message, sqlState: error.sqlState, detail: error.detail, hint: error.hint)
  }
}

extension ServerError {
  init(_ code: Code, _ failure: ChangeFailure) {
    self.init(code, failure.message, sqlState: failure.sqlState, detail: failure.detail, hint: failure.hint)
  }
}
