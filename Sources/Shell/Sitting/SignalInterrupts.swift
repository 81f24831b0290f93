import Server
import Terminal

/// Tells a waiting session that Ctrl-C was pressed, and remembers what else came meanwhile.
final class SignalInterrupts {
  private let signals: Signals
  /// SIGTERM or SIGHUP that came while a command ran.
  private(set) var ending: Signal?

  init(_ signals: Signals) { self.signals = signals }

  /// The source for sessions.
  var source: InterruptSource {
    InterruptSource(fileDescriptor: signals.fileDescriptor) { [self] in
      let taken = signals.take()
      if let end = taken.first(where: { $0 == .terminate || $0 == .hangUp }) { ending = end }
      return ending != nil || taken.contains(.interrupt)
    }
  }
}
