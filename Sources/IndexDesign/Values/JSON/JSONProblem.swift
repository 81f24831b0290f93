/// Why bytes are no JSON, and where.
public struct JSONProblem: Error, Equatable, Sendable {
  /// The place of the first byte that cannot be read, from 0; the number of bytes when they end too early.
  public var place: Int
  /// What should stand there, such as `a value of JSON`.
  public var expected: String

  /// A problem at a place.
  public init(at place: Int, expected: String) {
    self.place = place
    self.expected = expected
  }
}
