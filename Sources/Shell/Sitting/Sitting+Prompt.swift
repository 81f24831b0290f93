import Server

extension Prompt {
  /// What the prompt of a sitting tells now.
  init(of sitting: Sitting) {
    template = sitting.settings.prompt
    guard let session = sitting.session else { return }
    database = session.facts.database
    (user, host, port) = (session.facts.user, session.address.host, session.address.port)
    target = sitting.targetName
    isProduction = sitting.isOnProduction
    role = session.facts.isInRecovery ? session.facts.role : nil
    if session.isInTransaction { transaction = session.isTransactionFailed ? .failed : .open }
    designs = session.hypotheticals.active.map(\.handle)
    areDesignsSeen = session.hypotheticals.isEnabled
  }
}
