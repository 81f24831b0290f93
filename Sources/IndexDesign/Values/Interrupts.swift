/// How whatever takes long learns that a person wants it to stop.
///
/// Who waits polls `fileDescriptor` beside what it waits for, and asks `take` when it is readable; who only has steps
/// asks `take` between them, or `takeAll` where some of the steps wait on their own.
public struct Interrupts {
  /// A descriptor that becomes readable when there may be something to take, such as a signalfd.
  public var fileDescriptor: CInt
  /// Whether what is running shall be cancelled; it does not wait.
  public var take: () -> Bool
  /// Whether something came since the last call, what `take` was told meanwhile included; it does not wait.
  public var takeAll: () -> Bool
  /// Called at the beginning of each wait for a server and ten times a second while it lasts; nil for nothing. It
  /// must not use the connection that waits.
  public var whileWaiting: (() -> Void)?

  /// Pairs a descriptor with the questions to ask when it is readable.
  ///
  /// - Parameter takeAll: nil where nobody but `take` takes anything.
  public init(
    fileDescriptor: CInt, take: @escaping () -> Bool, takeAll: (() -> Bool)? = nil,
    whileWaiting: (() -> Void)? = nil
  ) {
    self.fileDescriptor = fileDescriptor
    self.take = take
    self.takeAll = takeAll ?? take
    self.whileWaiting = whileWaiting
  }
}
