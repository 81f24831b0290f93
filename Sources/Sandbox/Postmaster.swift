import Foundation
import Glibc

/// What the system says about the server of one data directory, without asking the server.
package struct Postmaster: Equatable, Sendable {
  /// The server's data directory.
  let data: String

  /// The process id of the running server; nil when none runs, whatever `postmaster.pid` says.
  ///
  /// The file outlives a killed server, and its number may by now belong to another process.
  var processID: pid_t? {
    guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8),
      let line = text.split(separator: "\n").first, let pid = pid_t(line), works(pid)
    else { return nil }
    return pid
  }

  /// Server processes that have outlived their killed server and still hold its memory.
  var orphans: [pid_t] {
    let main = processID
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { pid_t($0) }.filter { $0 != main && works($0) }
  }

  /// Whether the process lives in the data directory: PostgreSQL's processes all do.
  private func works(_ pid: pid_t) -> Bool {
    guard let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd"),
      let program = try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)
    else { return false }
    return program == "postgres\n" && folder == URL(filePath: data).resolvingSymlinksInPath().path
  }

  /// Ends what is left of a killed server and removes the files that would keep a new one from starting.
  ///
  /// - Parameter socketFolder: where that server had its socket.
  func clearRemains(socketFolder: String) {
    guard processID == nil else { return }
    for signal in [SIGTERM, SIGQUIT, SIGKILL] {
      let left = orphans
      if left.isEmpty { break }
      for pid in left { kill(pid, signal) }
      for pid in left { Self.wait(for: pid, atMost: .seconds(2)) }
    }
    unlink("\(data)/postmaster.pid")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: socketFolder)) ?? []
    where name.hasPrefix(".s.PGSQL.") {
      unlink("\(socketFolder)/\(name)")
    }
  }

  /// Waits until a process that is not our child has ended. Returns whether it has.
  @discardableResult
  package static func wait(for pid: Int32, atMost limit: Duration) -> Bool {
    let end = ContinuousClock.now + limit
    while kill(pid, 0) == 0 || errno == EPERM {
      if ContinuousClock.now >= end { return false }
      usleep(10_000)
    }
    return true
  }
}

extension Postmaster {
  /// When the running server was started; nil when none runs.
  ///
  /// Source: the third line of `postmaster.pid` holds the seconds since 1970.
  var startedAt: Date? {
    guard processID != nil, let lines = pidFileLines(), lines.count > 2 else { return nil }
    return Double(lines[2]).map { Date(timeIntervalSince1970: $0) }
  }

  /// Whether a server runs and has finished starting.
  ///
  /// Source: the eighth line of `postmaster.pid` says `ready`, from PostgreSQL 10 on.
  var isAccepting: Bool {
    guard processID != nil, let lines = pidFileLines(), lines.count > 7 else { return false }
    return lines[7].trimmingCharacters(in: .whitespaces) == "ready"
  }

  private func pidFileLines() -> [Substring]? {
    guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8) else {
      return nil
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
