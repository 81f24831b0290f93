/// How far a long operation of the sandbox is.
public struct SandboxProgress: Equatable, Sendable {
  /// What is being done now, such as `orders`; lower case, no full stop.
  public var title: String
  /// Which part this is, counted from 1.
  public var part: Int
  /// How many parts there are.
  public var parts: Int
  /// How much of everything is done, from 0 to 1.
  public var fraction: Double

  /// Makes a progress from its parts.
  public init(title: String, part: Int, parts: Int, fraction: Double) {
    self.title = title
    self.part = part
    self.parts = parts
    self.fraction = fraction
  }
}

/// How the sandbox learns that a person wants it to stop.
public struct SandboxInterrupts {
  /// A descriptor that becomes readable when there may be something to take, such as a signalfd.
  public var fileDescriptor: Int32
  /// Whether to stop; called when the descriptor is readable, and between two steps.
  public var take: () -> Bool

  /// Pairs a descriptor with the question to ask.
  public init(fileDescriptor: Int32, take: @escaping () -> Bool) {
    self.fileDescriptor = fileDescriptor
    self.take = take
  }
}
