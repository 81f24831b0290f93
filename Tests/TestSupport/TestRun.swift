import Foundation
import Glibc
import Sandbox
import Synchronization

/// The folder of this test process: everything that tests start lives under it and goes with the process.
enum TestRun {
  private static let prefix = "hypo-test-"
  private static let counter = Mutex(0)
  private static let farewells = Mutex<[@Sendable () -> Void]>([])

  /// The folder, made at first use, when what killed runs left behind is swept away too.
  static let folder: String = {
    sweep()
    let path = "/tmp/\(prefix)\(getpid())-\(startTime(of: getpid()) ?? 0)"
    mkdir(path, 0o711)
    chmod(path, 0o711)
    atexit { TestRun.end() }
    return path
  }()

  /// A path under the folder that nobody else in this process uses; nothing is made there.
  static func freshPath(_ name: String) -> String {
    let number = counter.withLock { count in
      count += 1
      return count
    }
    return "\(folder)/\(name)\(number)"
  }

  /// Runs something when the process ends, before the folder is removed. It may start no program.
  static func atEnd(_ farewell: @escaping @Sendable () -> Void) {
    farewells.withLock { $0.append(farewell) }
  }

  private static func end() {
    let all = farewells.withLock { all in
      defer { all = [] }
      return all
    }
    for farewell in all.reversed() { farewell() }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Removes the folders of runs whose process is gone, with the servers that still run in them.
  private static func sweep() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? [] {
      let parts = name.split(separator: "-")
      guard name.hasPrefix(prefix), parts.count == 4, let pid = pid_t(parts[2]), let start = UInt64(parts[3]),
        startTime(of: pid) != start
      else { continue }
      let path = "/tmp/\(name)"
      var facts = stat()
      guard lstat(path, &facts) == 0, facts.st_uid == getuid() else { continue }
      for child in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
        if let pooler = TestPooler.processID(in: "\(path)/\(child)") { kill(pooler, SIGQUIT) }
        try? Cluster.removeRemains(in: "\(path)/\(child)")
      }
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// When a process was started, in clock ticks since boot; nil when there is none of that id.
  ///
  /// Source: proc(5), field 22 of `/proc/PID/stat`; the second field may hold spaces.
  private static func startTime(of pid: pid_t) -> UInt64? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let afterName = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[afterName...].split(separator: " ")
    return fields.count > 20 ? UInt64(fields[20]) : nil
  }
}
