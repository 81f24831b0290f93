/// Something to do again and again while a statement runs, such as reading its progress.
public struct Heartbeat {
  /// The pause between two calls.
  public var interval: Duration
  /// What is done; it must not use the connection that is waiting.
  public var beat: () -> Void

  /// Pairs an interval with what is done.
  public init(every interval: Duration, _ beat: @escaping () -> Void) {
    self.interval = interval
    self.beat = beat
  }
}
