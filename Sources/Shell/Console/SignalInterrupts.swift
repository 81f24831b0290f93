import IndexDesign
import Terminal

/// Tells a waiting session that Ctrl-C was pressed, and remembers what else came meanwhile.
final class SignalInterrupts {
  private let signals: Signals
  /// SIGTERM or SIGHUP that came while a command ran.
  private(set) var ending: Signal?
  private var isInterrupted = false

  init(_ signals: Signals) { self.signals = signals }

  /// For whatever waits, and for what has steps.
  var interrupts: Interrupts {
    Interrupts(
      fileDescriptor: signals.fileDescriptor, take: { [self] in take() }, takeAll: { [self] in takeAll() })
  }

  /// A cancel request that came between two statements cancels neither, so what a session was told counts again.
  private func takeAll() -> Bool {
    _ = take()
    defer { isInterrupted = false }
    return isInterrupted || ending != nil
  }

  private func take() -> Bool {
    let taken = signals.take()
    if let end = taken.first(where: { $0 == .terminate || $0 == .hangUp }) { ending = end }
    let isNew = taken.contains(.interrupt)
    isInterrupted = isInterrupted || isNew
    return isNew || ending != nil
  }
}
