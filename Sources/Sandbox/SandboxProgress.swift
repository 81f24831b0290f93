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
