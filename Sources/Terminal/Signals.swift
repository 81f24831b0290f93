import CLibEdit
import Glibc

/// A signal that the shell answers in its own time.
public enum Signal: Hashable, Sendable {
  /// SIGINT, usually Ctrl-C.
  case interrupt
  /// SIGTERM.
  case terminate
  /// SIGHUP: the terminal is gone.
  case hangUp
  /// SIGWINCH: the terminal has another size.
  case windowChange
  /// SIGTSTP, usually Ctrl-Z; told only while a line is edited, and otherwise the process just stops.
  case stop
  /// SIGCONT: the process runs again after it was stopped.
  case continued

  /// The number that the system knows it by.
  public var number: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    case .windowChange: SIGWINCH
    case .stop: SIGTSTP
    case .continued: SIGCONT
    }
  }

  static let all: [Signal] = [.interrupt, .terminate, .hangUp, .windowChange, .stop, .continued]
}

/// The process's signals as a descriptor for `poll`, so that no handler ever runs between two instructions.
///
/// A pending SIGCONT or SIGWINCH does no harm before anybody asks; a pending SIGINT, SIGTERM or SIGHUP
/// waits until `take()`. Child processes inherit the blocked mask: whoever starts one must unblock there.
/// Source: signalfd(2).
public final class Signals: Sendable {
  /// Readable while a signal is pending; closed with this object.
  public let fileDescriptor: Int32

  private init(fileDescriptor: Int32) {
    self.fileDescriptor = fileDescriptor
  }

  deinit {
    close(fileDescriptor)
  }

  /// Blocks SIGINT, SIGTERM, SIGHUP, SIGWINCH and SIGCONT from here on, and ignores SIGPIPE.
  ///
  /// Threads inherit the mask of the thread that starts them: call it before there is a second one.
  /// Throws: `TerminalError` with code `signals` when the system refuses.
  public static func install() throws(TerminalError) -> Signals {
    var mask = Self.mask(of: Signal.all)
    var blocked = Self.mask(of: Signal.all.filter { $0 != .stop })
    let status = pthread_sigmask(SIG_BLOCK, &blocked, nil)
    guard status == 0 else {
      throw .system(.signals, "could not block signals", number: status)
    }
    let descriptor = hypo_signalfd(&mask)
    guard descriptor >= 0 else {
      throw .system(.signals, "could not open a descriptor for signals")
    }
    hypo_ignore_signal(SIGPIPE)
    return Signals(fileDescriptor: descriptor)
  }

  /// The signals that came since the last call, in the order that the system gives them; never waits.
  ///
  /// The same signal twice before a call counts once.
  public func take() -> [Signal] {
    var taken: [Signal] = []
    while true {
      let number = hypo_next_signal(fileDescriptor)
      guard number != 0 else { return taken }
      if let signal = Signal.all.first(where: { $0.number == number }) { taken.append(signal) }
    }
  }

  /// Whether `take()` tells `Signal.stop`; a stop that came meanwhile happens when this is switched off.
  func holdStop(_ isHeld: Bool) {
    var mask = Self.mask(of: [.stop])
    pthread_sigmask(isHeld ? SIG_BLOCK : SIG_UNBLOCK, &mask, nil)
  }

  /// Stops the process as the terminal wants it, and comes back when it runs again; the stop is held then.
  ///
  /// True when `Signal.continued` comes next, false when the process was not to be stopped.
  func stop() -> Bool {
    kill(getpid(), SIGTSTP)
    holdStop(false)
    holdStop(true)
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, SIGCONT) == 1
  }

  private static func mask(of signals: [Signal]) -> sigset_t {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal.number) }
    return mask
  }
}
