import Glibc

/// Keeps what is typed off the screen while something runs that must not be disturbed, and tells Ctrl-D.
///
/// Ctrl-C still sends its signal; Ctrl-Z and Ctrl-\ do nothing meanwhile. The terminal is as before when
/// `restore` was called or this object goes. Source: termios(3).
public final class QuietKeys {
  private var before: termios?
  /// Whether keys other than Ctrl-D were taken.
  public private(set) var hasDropped = false
  /// Whether the person was told what Ctrl-D does; for the caller to keep.
  public var isWarned = false

  /// Begins; nil when standard input is no terminal.
  public init?() {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
    before = settings
    settings.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON)
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      // A stopped process would leave the shell before it with a terminal that shows nothing.
      for index in [VSUSP, VQUIT] { characters[Int(index)] = 0 }
      (characters[Int(VMIN)], characters[Int(VTIME)]) = (1, 0)
    }
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) == 0 else { return nil }
  }

  deinit { restore() }

  /// Takes what was typed since the last call; never waits.
  ///
  /// - Returns: how often Ctrl-D was among it.
  public func take() -> Int {
    var ends = 0
    var bytes = [UInt8](repeating: 0, count: 256)
    var watched = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while before != nil, poll(&watched, 1, 0) > 0, watched.revents & Int16(POLLIN) != 0 {
      let count = read(STDIN_FILENO, &bytes, bytes.count)
      guard count > 0 else { break }
      let found = bytes[..<count].filter { $0 == 0x04 }.count
      ends += found
      hasDropped = hasDropped || found < count
    }
    return ends
  }

  /// Drops what is still to be read, and gives the terminal back.
  public func restore() {
    _ = take()
    guard var settings = before else { return }
    before = nil
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
  }

  /// Drops what was typed before a question could be read; nothing where standard input is no terminal.
  public static func dropTypedAhead() { tcflush(STDIN_FILENO, TCIFLUSH) }
}
