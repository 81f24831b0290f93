import Glibc

/// Asks for a secret on the terminal itself, wherever standard input comes from.
public enum PasswordPrompt {
  /// Shows `prompt` on `/dev/tty` and reads one line that is not shown.
  ///
  /// nil when the person gave up (Ctrl-C, or Ctrl-D at the beginning) or SIGTERM or SIGHUP came, which
  /// `signals` then still has to tell. The terminal is as before afterwards.
  /// Throws: `TerminalError` with code `notATerminal` when there is no terminal to ask on.
  public static func read(_ prompt: String, signals: Signals? = nil) throws(TerminalError) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else {
      throw TerminalError(
        .notATerminal, "cannot ask for a password: there is no terminal",
        hint: "put the password into ~/.pgpass or a service file")
    }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else {
      throw .system(.inputOutput, "could not read the terminal's settings")
    }
    // Without ISIG Ctrl-C is a byte like any other, so that nothing can end the program in between.
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
      throw .system(.inputOutput, "could not switch off the terminal's echo")
    }
    defer {
      tcsetattr(terminal, TCSADRAIN, &before)
      show("\n", on: terminal)
    }
    show(VisibleText.of(prompt), on: terminal)
    return readLine(from: terminal, signals: signals)
  }

  private static func show(_ text: String, on terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }

  /// Terminating signals are sent again, to be seen by whoever asks next; they are blocked, so they wait.
  private static func endsReading(_ signals: [Signal]) -> Bool {
    let terminating = signals.filter { $0 == .terminate || $0 == .hangUp }
    for signal in terminating { kill(getpid(), signal.number) }
    return !terminating.isEmpty || signals.contains(.interrupt)
  }

  private static func readLine(from terminal: Int32, signals: Signals?) -> String? {
    var line = PasswordLine()
    while true {
      var watched = [
        pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals?.fileDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&watched, 2, -1) >= 0 || errno == EINTR else { return nil }
      if watched[1].revents != 0, let taken = signals?.take(), endsReading(taken) { return nil }
      guard watched[0].revents != 0 else { continue }
      var byte: UInt8 = 0
      guard Glibc.read(terminal, &byte, 1) == 1 else { return nil }
      switch line.add(byte) {
      case .more: continue
      case .done(let text): return text
      }
    }
  }
}

/// The bytes of a password as they are typed.
struct PasswordLine {
  enum Step: Hashable {
    case more
    /// nil when the person gave up.
    case done(String?)
  }

  private var bytes: [UInt8] = []

  mutating func add(_ byte: UInt8) -> Step {
    switch byte {
    case 0x03: return .done(nil)
    case 0x04: return .done(bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self))
    case 0x0A, 0x0D: return .done(String(decoding: bytes, as: UTF8.self))
    case 0x15: bytes = []
    case 0x08, 0x7F: removeCharacter()
    default: bytes.append(byte)
    }
    return .more
  }

  private mutating func removeCharacter() {
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
  }
}
