import IndexDesign
import Reports
import Sandbox
import Server
import Terminal

/// How a workspace reaches servers: what ends a wait early, who is asked for a password and who sees that it takes
/// long.
final class ServerAccess {
  /// What ends a wait early; nil for nothing.
  let interrupts: Interrupts?
  /// What runs, in a word or two, for the line that tells of long waits.
  var activity = "connect"
  private let console: (any Console)?

  /// - Parameter console: where progress is shown and a password asked for; nil shows nothing and nobody answers.
  init(console: (any Console)? = nil, interrupts: Interrupts? = nil) {
    (self.console, self.interrupts) = (console, interrupts)
  }

  /// Opens a session, with a line on the screen for whatever takes long.
  ///
  /// - Throws: `ServerError` with code `.connection` or `.cancelled`.
  func open(_ target: ConnectionTarget, _ options: SessionOptions) throws(ServerError) -> Session {
    var interrupts = interrupts
    interrupts?.whileWaiting = { [unowned self] in
      console?.progress("\(activity): waiting for the server (Ctrl-C cancels)", fraction: nil)
    }
    return try Session(
      target, options: options, interrupts: interrupts,
      password: { [console] in console?.askSecret("Password: ") })
  }

  // MARK: The sandbox

  /// The sandbox of this user; Ctrl-C ends what takes long.
  var sandbox: Sandbox {
    Sandbox(interrupts: interrupts)
  }

  /// Starts the sandbox when needed.
  ///
  /// - Returns: the connection parameters.
  func startSandbox() throws(Failure) -> [String: String] {
    defer { console?.endProgress() }
    do { return try sandbox.start(progress: show) } catch { throw Failure(error) }
  }

  /// Passes progress of the sandbox on to the screen.
  func show(_ progress: SandboxProgress) {
    let part = progress.parts > 1 ? " (\(progress.part) of \(progress.parts))" : ""
    console?.progress("sandbox: \(progress.title)\(part)", fraction: progress.fraction)
  }
}
