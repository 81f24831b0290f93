/// A number as a document has it, digit for digit: none is too large or too exact to be kept.
///
/// Two numbers are the same when programs that read 64-bit floating point see the same number.
public struct JSONNumber: Equatable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// The number in JSON's own form: `-1.50`, `1e+300`.
  public let text: String

  /// A number that a reader has found.
  init(read text: String) { self.text = text }

  /// A whole number.
  public init(_ value: Int) { text = String(value) }

  /// A whole number.
  public init(integerLiteral value: Int) { self.init(value) }

  /// A number in its shortest exact form; none that JSON cannot hold may be written as a literal.
  public init(floatLiteral value: Double) { text = Self.text(of: value) ?? "0" }

  /// A number in its shortest exact form; nil for infinity and for what is no number, which JSON cannot hold.
  public init?(_ value: Double) {
    guard let text = Self.text(of: value) else { return nil }
    self.text = text
  }

  /// The nearest number of 64 bits; infinity when it is too large for them.
  public var double: Double { Double(text) ?? .nan }

  /// The number when it has no fraction and 64 bits hold it, exact to the last digit; else nil.
  public var integer: Int64? { Int64(text) ?? Int64(exactly: double) }

  /// Compares values, not digits: `1.50` is `15e-1`.
  public static func == (left: JSONNumber, right: JSONNumber) -> Bool { left.double == right.double }

  /// The shortest exact form; nil for what JSON cannot hold.
  static func text(of value: Double) -> String? {
    guard value.isFinite else { return nil }
    return Int64(exactly: value).map { String($0) } ?? "\(value)"
  }
}
