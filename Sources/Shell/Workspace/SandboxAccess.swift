import Sandbox
import Server

/// How the shell reaches the sandbox.
enum SandboxAccess {
  /// The sandbox of this user; Ctrl-C ends what takes long.
  static func sandbox(_ workspace: Workspace) -> Sandbox {
    Sandbox(
      interrupts: workspace.interrupts.map {
        SandboxInterrupts(fileDescriptor: $0.fileDescriptor, take: $0.take)
      })
  }

  /// Starts the sandbox when needed.
  ///
  /// - Returns: the connection parameters.
  static func start(_ workspace: Workspace) throws(Failure) -> [String: String] {
    defer { workspace.console.endProgress() }
    do { return try sandbox(workspace).start(progress: show(workspace)) } catch { throw Failure(error) }
  }

  /// Passes progress on to the screen.
  static func show(_ workspace: Workspace) -> (SandboxProgress) -> Void {
    { progress in
      let part = progress.parts > 1 ? " (\(progress.part) of \(progress.parts))" : ""
      workspace.console.progress("sandbox: \(progress.title)\(part)", fraction: progress.fraction)
    }
  }
}
