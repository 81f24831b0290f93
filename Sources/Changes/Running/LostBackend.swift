internal import Postgres
internal import Server

/// A backend whose connection was lost: it may go on working, and its end has to be awaited.
struct LostBackend {
  private let change: ChangeConnection
  private let pid: Int32
  private let table: UInt32

  /// How long a server that cannot be reached is tried again.
  private static let patience = Duration.seconds(60)

  init(_ change: ChangeConnection, table: UInt32) {
    self.change = change
    self.table = table
    pid = change.backendPID
  }

  /// Waits until the server no longer knows the backend; Ctrl-C cancels what it runs.
  ///
  /// - Returns: why this cannot be known; nil when the backend is gone.
  func waitUntilGone(watch: ChangeWatch, tell: (BuildProgress) -> Void) -> String? {
    let started = ContinuousClock.now
    var lastAnswer = ContinuousClock.now
    var isCancelSent = false
    change.forgetCancel()
    while true {
      do {
        let rows = try change.ask(
          "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND application_name = $2",
          [String(pid), change.applicationName])
        if rows.isEmpty { return nil }
        lastAnswer = .now
        watch.look()
        if change.isCancelWanted, !isCancelSent {
          isCancelSent = true
          _ = try change.ask("SELECT pg_cancel_backend($1)", [String(pid)])
        }
        tell(
          BuildProgress(
            "the connection was lost; the server still works", elapsed: ContinuousClock.now - started))
      } catch {
        if change.isCancelWanted || ContinuousClock.now - lastAnswer > Self.patience {
          return "the connection was lost and the server could not be reached again (\(error.message))"
        }
        tell(
          BuildProgress(
            "the connection was lost; trying to reach the server", elapsed: ContinuousClock.now - started))
      }
      change.pause(milliseconds: 500)
    }
  }
}
