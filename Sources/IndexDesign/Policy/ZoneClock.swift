/// What the clock of a time zone shows at a point in time and in the days after it.
///
/// This module knows no time zones: whoever does passes the value in.
public struct ZoneClock: Hashable, Sendable {
  /// A change of the clock, such as the begin of summer time.
  public struct Shift: Hashable, Sendable {
    /// When the clock is changed.
    public var time: Timestamp
    /// How far it is ahead of UTC from then on.
    public var offsetInSeconds: Int64

    /// Makes a change of the clock.
    public init(at time: Timestamp, offsetInSeconds: Int64) {
      self.time = time
      self.offsetInSeconds = offsetInSeconds
    }
  }

  /// The time zone, such as `Europe/Berlin` or `UTC`.
  public var zone: String
  /// How far the clock is ahead of UTC at first.
  public var offsetInSeconds: Int64
  /// The changes of the next `span` days, the earliest first.
  public var shifts: [Shift]

  /// For how many days the changes have to be known.
  public static let span: Int64 = 15

  /// Makes the clock of a time zone.
  public init(zone: String, offsetInSeconds: Int64, shifts: [Shift] = []) {
    self.zone = zone
    self.offsetInSeconds = offsetInSeconds
    self.shifts = shifts
  }

  /// How far the clock is ahead of UTC at a time, in seconds since 1970.
  func offset(at seconds: Int64) -> Int64 {
    let time = Timestamp(microsecondsSinceEpoch: seconds * 1_000_000)
    return shifts.last { $0.time <= time }?.offsetInSeconds ?? offsetInSeconds
  }
}

/// A point in time, and what the clocks of some time zones show then.
public struct Moment: Hashable, Sendable {
  /// The point in time.
  public var time: Timestamp
  private let clocks: [String: ZoneClock]

  /// Pairs a point in time with the clocks of the time zones that are asked for; UTC is always known.
  public init(_ time: Timestamp, clocks: [ZoneClock] = []) {
    self.time = time
    let utc = ZoneClock(zone: "UTC", offsetInSeconds: 0)
    self.clocks = Dictionary((clocks + [utc]).map { ($0.zone, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The clock of a time zone; nil when it was not passed in.
  public func clock(of zone: String) -> ZoneClock? { clocks[zone] }
}
