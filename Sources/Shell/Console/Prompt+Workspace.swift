import Server

extension Prompt {
  /// What the prompt of a session tells now.
  init(of workspace: Workspace) {
    template = workspace.settings.prompt
    guard let session = workspace.session else { return }
    database = session.facts.database
    (user, host, port) = (session.facts.user, session.address.host, session.address.port)
    target = workspace.targetName
    isProduction = workspace.isOnProduction
    role = session.facts.isInRecovery ? session.facts.role : nil
    if session.isInTransaction { transaction = session.isTransactionFailed ? .failed : .open }
    designs = session.hypotheticals.active.map(\.handle)
    areDesignsSeen = session.hypotheticals.isEnabled
  }
}
