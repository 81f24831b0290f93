/// The name `%n` of an index design through its whole life in a session.
public struct DesignHandle: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number behind the percent sign, from 1; never used again in a session.
  public var number: Int

  /// Makes the handle `%number`.
  public init(_ number: Int) { self.number = number }

  /// The handle as it is typed: `%1`.
  public var description: String { "%\(number)" }

  /// Orders handles by age.
  public static func < (left: DesignHandle, right: DesignHandle) -> Bool { left.number < right.number }
}
