/// How a wait for the server learns that a person wants it to stop.
///
/// The connection polls `fileDescriptor` beside its own socket and asks `take` when it is readable.
public struct Interrupts {
  /// A descriptor that becomes readable when there may be something to take, such as a signalfd.
  public var fileDescriptor: CInt
  /// Whether what is running shall be cancelled; called when the descriptor is readable.
  public var take: () -> Bool
  /// Called at the beginning of each wait and ten times a second while it lasts; nil for nothing. It must not
  /// use the connection that waits.
  public var whileWaiting: (() -> Void)?

  /// Pairs a descriptor with the question to ask when it is readable.
  public init(fileDescriptor: CInt, take: @escaping () -> Bool, whileWaiting: (() -> Void)? = nil) {
    self.fileDescriptor = fileDescriptor
    self.take = take
    self.whileWaiting = whileWaiting
  }
}

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
