/// How long connections waited for their server, all of them together.
///
/// A session gives one to each of its connections, so that a command's time can be told apart from the
/// server's. What two connections wait for one inside the other counts once for each.
public final class WaitingTime {
  /// The sum so far, from the first connection attempt on.
  public private(set) var total = Duration.zero

  /// Nothing has been waited for.
  public init() {}

  func add(since start: ContinuousClock.Instant) { total += start.duration(to: .now) }
}
