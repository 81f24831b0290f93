import Sandbox
import Server

/// How the shell reaches the sandbox.
enum SandboxAccess {
  /// The sandbox of this user; Ctrl-C ends what takes long.
  static func sandbox(_ sitting: Sitting) -> Sandbox {
    Sandbox(
      interrupts: sitting.interrupts.map {
        SandboxInterrupts(fileDescriptor: $0.fileDescriptor, take: $0.take)
      })
  }

  /// Starts the sandbox when needed.
  ///
  /// - Returns: the connection parameters.
  static func start(_ sitting: Sitting) throws(Failure) -> [String: String] {
    defer { sitting.console.endProgress() }
    do { return try sandbox(sitting).start(progress: show(sitting)) } catch { throw Failure(error) }
  }

  /// Passes progress on to the screen.
  static func show(_ sitting: Sitting) -> (SandboxProgress) -> Void {
    { progress in
      let part = progress.parts > 1 ? " (\(progress.part) of \(progress.parts))" : ""
      sitting.console.progress("sandbox: \(progress.title)\(part)", fraction: progress.fraction)
    }
  }
}
