/// The name of a change to a real database, as it is typed: `change 7`.
///
/// Numbers count up across all sessions that share a ledger and are never used again.
public struct ChangeNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number, from 1.
  public var number: Int64

  /// Makes the name `change number`.
  public init(_ number: Int64) { self.number = number }

  /// The name as it is typed: `change 7`.
  public var description: String { "change \(number)" }

  /// Orders changes by age.
  public static func < (left: ChangeNumber, right: ChangeNumber) -> Bool { left.number < right.number }
}
