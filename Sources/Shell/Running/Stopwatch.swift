import IndexDesign
import Server

/// The time of one command, the server's part told apart from hypo's own.
struct Stopwatch {
  private let start = ContinuousClock.now
  private let session: Session?
  private let waitedBefore: Duration

  /// Starts it.
  init(_ workspace: Workspace) {
    session = workspace.session
    waitedBefore = session?.timeWaitedForServer ?? .zero
  }

  /// `time: 12 ms (server 9.81 ms, hypo 2.52 ms)`; without the parts when no server was asked.
  func text(_ workspace: Workspace) -> String {
    let whole = start.duration(to: .now)
    // A session that is new has waited only in this command.
    let waited = workspace.session.map {
      $0.timeWaitedForServer - ($0 === session ? waitedBefore : .zero)
    }
    let time = "time: \(NumberText.duration(whole))"
    guard let server = waited, server > .zero else { return time }
    return "\(time) (server \(NumberText.duration(server)), hypo \(NumberText.duration(whole - server)))"
  }
}
