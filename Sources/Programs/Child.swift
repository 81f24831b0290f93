import Foundation
import Glibc
import Storage

/// One started program: from `posix_spawn` to the status that the system keeps for us.
///
/// Everything is waited for on the calling thread. An asynchronous bridge would need a free thread of
/// Swift's pool, and a caller that blocks there may be the last one.
struct Child: ~Copyable {
  private let pid: pid_t

  /// Starts a program. Its three streams are the given descriptors; every other one is closed in it.
  ///
  /// No signal is blocked or ignored in the child, however this process has set its own.
  ///
  /// - Throws: `notStarted` with the system's reason.
  init(
    _ path: String, _ arguments: [String], environment: [String: String],
    streams: (input: CInt, output: CInt, error: CInt)
  ) throws(ProgramError) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, source) in [streams.input, streams.output, streams.error].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, source, CInt(target))
    }
    // Most are close-on-exec; this is for those that somebody else opened without it.
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in open.compactMap({ CInt($0) }) where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    Self.resetSignals(&attributes)

    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var pid: pid_t = 0
    let code = Self.withCStrings([path] + arguments) { argv in
      Self.withCStrings(variables) { envp in posix_spawn(&pid, path, &actions, &attributes, argv, envp) }
    }
    guard code == 0 else {
      let name = path.split(separator: "/").last ?? ""
      throw ProgramError(.notStarted, "could not run \(name)", detail: SystemReason(code).words)
    }
    self.pid = pid
  }

  /// Waits for the end, however long it takes. SIGTERM and SIGHUP that this process holds back end the child too.
  consuming func wait() -> ProgramStatus {
    var childEnded = sigset_t()
    var before = sigset_t()
    sigemptyset(&childEnded)
    sigaddset(&childEnded, SIGCHLD)
    pthread_sigmask(SIG_BLOCK, &childEnded, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    // SIGCHLD ends the wait at once, unless another thread was given it.
    var pause = timespec(tv_sec: 0, tv_nsec: 50_000_000)
    while true {
      if let status = statusIfEnded() { return status }
      passOnEnd()
      sigtimedwait(&childEnded, nil, &pause)
    }
  }

  /// Sends the child SIGTERM or SIGHUP when this process has been sent it and holds it back, to be answered later.
  ///
  /// Whoever sees only this process, such as a service manager, means the program on its terminal, too.
  func passOnEnd() {
    var pending = sigset_t()
    sigpending(&pending)
    for number in [SIGTERM, SIGHUP] where sigismember(&pending, number) == 1 { kill(pid, number) }
  }

  /// The status when the program has ended; nil while it runs. After a status, ask no more.
  func statusIfEnded() -> ProgramStatus? {
    var status: CInt = 0
    return waitpid(pid, &status, WNOHANG) == pid ? ProgramStatus(waitStatus: status) : nil
  }

  /// Ends the program: SIGTERM, and SIGKILL when it is still there two seconds later.
  consuming func end() {
    kill(pid, SIGTERM)
    let limit = ContinuousClock.now + .seconds(2)
    while ContinuousClock.now < limit {
      if statusIfEnded() != nil { return }
      usleep(5_000)
    }
    kill(pid, SIGKILL)
    _ = wait()
  }

  private static func resetSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  private static func withCStrings<Value>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    var copies = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return copies.withUnsafeMutableBufferPointer { buffer in
      withExtendedLifetime(buffer) { body(buffer.baseAddress.unsafelyUnwrapped) }
    }
  }
}

extension ProgramStatus {
  /// Source: waitpid(2); the C macros WIFEXITED, WEXITSTATUS and WTERMSIG are not seen by Swift.
  init(waitStatus status: CInt) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
  }
}
