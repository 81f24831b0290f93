import Glibc

/// How long tests wait for what must come, however busy the machine is.
public enum Patience {
  /// The longest wait for one thing.
  public static let limit = Duration.seconds(120)

  /// What did not come true within the limit.
  public struct Failure: Error, CustomStringConvertible {
    /// The words.
    public let description: String

    /// A wait that was in vain, in words.
    public init(_ description: String) { self.description = description }
  }

  /// Returns when a condition holds that nothing announces; where something does, wait for that instead.
  ///
  /// The condition is looked at a hundred times a second at most, and the thread rests in between.
  ///
  /// - Throws: `Failure` after `limit`, and what `condition` throws.
  public static func wait(for what: String, until condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + limit
    while try !condition() {
      guard ContinuousClock.now < deadline else { throw Failure("waited in vain for: \(what)") }
      poll(nil, 0, 10)
    }
  }
}
