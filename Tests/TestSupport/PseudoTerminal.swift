import CPseudoTerminal
import Glibc

/// A program that runs on a pseudo-terminal, and the person in front of it.
///
/// Every wait ends as soon as what it waits for is there, as soon as it cannot come any more, or when the tests'
/// patience is over; it sleeps in poll(2) meanwhile. The program is killed when this object goes.
public final class PseudoTerminal {
  /// What did not happen, with the screen as it was.
  public struct Failure: Error, CustomStringConvertible {
    /// The words.
    public let description: String
  }

  /// How a program ended.
  public enum Exit: Hashable, Sendable {
    /// By itself, with this code.
    case code(Int32)
    /// By this signal.
    case signal(Int32)
  }

  /// The program's process id.
  public let processIdentifier: Int32
  /// What the terminal shows of what came so far.
  public private(set) var screen: TerminalScreen
  /// Everything that the program wrote so far.
  public private(set) var output: [UInt8] = []
  private var master: Int32
  /// Readable when the program has ended.
  private let process: Int32
  private var exit: Exit?
  private var isAtEnd = false
  /// Where in `output` the next `waitForOutput` begins to look.
  private var searched = 0

  /// Starts the binary at `path` with exactly this environment; TERM is `xterm` unless it says otherwise.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], width: Int = 80,
    height: Int = 24
  ) throws {
    var values = ["TERM": "xterm", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
    values.merge(environment) { $1 }
    var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = values.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var master: Int32 = -1
    let child = pseudo_terminal_spawn(&master, path, &argv, &envp, UInt16(width), UInt16(height))
    guard child > 0 else { throw Failure(description: "could not start \(path): errno \(errno)") }
    self.master = master
    processIdentifier = child
    process = pseudo_terminal_process_descriptor(child)
    screen = TerminalScreen(width: width, height: height)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    if exit == nil {
      kill(processIdentifier, SIGKILL)
      var status: Int32 = 0
      waitpid(processIdentifier, &status, 0)
    }
    if master >= 0 { close(master) }
    if process >= 0 { close(process) }
  }

  /// Types `text`; reads what comes back meanwhile, so that neither side gets stuck.
  public func type(_ text: String) throws {
    try send(Array(text.utf8))
  }

  /// Sends bytes as they are.
  public func send(_ bytes: [UInt8]) throws {
    let deadline = ContinuousClock.now + Patience.limit
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      if count < 0, errno != EAGAIN, errno != EINTR { throw failure("could not type: errno \(errno)") }
      if ContinuousClock.now > deadline { throw failure("could not type \(rest.count) more bytes") }
      if count <= 0 { pause(on: [(master, POLLIN | POLLOUT)], until: deadline) }
      readAvailable()
    }
  }

  /// Waits until `condition` holds for the screen.
  public func waitForScreen(_ what: String, _ condition: (TerminalScreen) -> Bool) throws {
    try wait(what) { condition($0.screen) }
  }

  /// Waits until some row of the screen holds `text`.
  public func waitForScreen(_ text: String) throws {
    try waitForScreen(text) { $0.rows.contains { $0.contains(text) } }
  }

  /// Waits until `text` comes in the output, after what an earlier call has found.
  public func waitForOutput(_ text: String) throws {
    let wanted = Array(text.utf8)
    try wait(text) { terminal in
      guard let end = terminal.endOfFirst(wanted) else { return false }
      terminal.searched = end
      return true
    }
  }

  /// Gives the terminal another size; the program gets SIGWINCH.
  public func resize(width: Int, height: Int) throws {
    readAvailable()
    screen.resize(width: width, height: height)
    guard pseudo_terminal_resize(master, UInt16(width), UInt16(height)) == 0 else {
      throw failure("could not resize: errno \(errno)")
    }
  }

  /// Sends the program a signal.
  public func signal(_ number: Int32) {
    kill(processIdentifier, number)
  }

  /// Closes the terminal as a window manager does: the program gets SIGHUP, and nothing can be read any more.
  public func hangUp() {
    close(master)
    master = -1
    isAtEnd = true
  }

  /// Waits for the program's end and all of its output.
  public func waitForExit() throws -> Exit {
    let deadline = ContinuousClock.now + Patience.limit
    while true {
      readAvailable()
      if exit == nil { reap() }
      if let exit {
        readAvailable()
        return exit
      }
      guard ContinuousClock.now < deadline else { throw failure("waited in vain for the end of the program") }
      // What it still writes is taken, so that it does not wait for us.
      pause(on: [(process, POLLIN), (isAtEnd ? -1 : master, POLLIN)], until: deadline)
    }
  }

  private func wait(_ what: String, until condition: (PseudoTerminal) -> Bool) throws {
    let deadline = ContinuousClock.now + Patience.limit
    while true {
      readAvailable()
      if condition(self) { return }
      guard !isAtEnd else { throw failure("the terminal was closed before: \(what)") }
      guard ContinuousClock.now < deadline else { throw failure("waited in vain for: \(what)") }
      pause(on: [(master, POLLIN)], until: deadline)
    }
  }

  /// Sleeps until one of the descriptors is ready or the deadline is there; a negative one is never ready.
  private func pause(on descriptors: [(Int32, events: Int32)], until deadline: ContinuousClock.Instant) {
    var watched = descriptors.map { pollfd(fd: $0.0, events: Int16($0.events), revents: 0) }
    let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
    poll(&watched, nfds_t(watched.count), Int32(max(1, left.rounded(.up))))
  }

  private func readAvailable() {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while !isAtEnd {
      let count = read(master, &chunk, chunk.count)
      if count > 0 {
        output += chunk[..<count]
        screen.feed(Array(chunk[..<count]))
      } else if count < 0, errno == EINTR {
        continue
      } else {
        isAtEnd = count == 0 || errno != EAGAIN
        return
      }
    }
  }

  private func reap() {
    var status: Int32 = 0
    guard waitpid(processIdentifier, &status, WNOHANG) == processIdentifier else { return }
    let signal = status & 0x7F
    exit = signal == 0 ? .code(status >> 8 & 0xFF) : .signal(signal)
  }

  private func endOfFirst(_ wanted: [UInt8]) -> Int? {
    guard let first = wanted.first else { return searched }
    var index = searched
    while let start = output[index...].firstIndex(of: first), start + wanted.count <= output.count {
      if output[start..<start + wanted.count] == wanted[...] { return start + wanted.count }
      index = start + 1
    }
    return nil
  }

  private func failure(_ what: String) -> Failure {
    Failure(
      description: "\(what)\nscreen:\n\(screen.text)\nlast output: "
        + String(decoding: output.suffix(400), as: UTF8.self).debugDescription)
  }
}
