import IndexDesign
import Reports
import Server

extension Prompt {
  /// What the prompt of a session tells now.
  ///
  /// - Parameter isRecording: whether what is typed becomes a notebook.
  init(of workspace: Workspace, isRecording: Bool = false) {
    self.init()
    template = workspace.settings.prompt
    self.isRecording = isRecording
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
