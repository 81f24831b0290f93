/// When a target may be changed: hours of days of the week, by the clock of one time zone.
///
/// The clock on the wall decides, so that on a night when it is set back an hour of a window comes twice, and when it
/// is set forward an hour is missing.
public struct ChangeWindow: Hashable, Sendable {
  /// Hours that begin on some days of the week.
  public struct Hours: Hashable, Sendable {
    /// The days on which they begin, 0 for Monday to 6 for Sunday.
    public var days: Set<Int>
    /// The minute of the day with which they begin, from 0.
    public var start: Int
    /// The minute before which they end, up to 1440; when it is not after `start` it is on the next day.
    public var end: Int

    /// Makes hours from their facts.
    public init(days: Set<Int>, start: Int, end: Int) {
      self.days = days
      self.start = start
      self.end = end
    }

    /// Whether a minute of a day is among them.
    fileprivate func contains(day: Int, minute: Int) -> Bool {
      if start < end { return days.contains(day) && (start..<end).contains(minute) }
      return (days.contains(day) && minute >= start) || (days.contains((day + 6) % 7) && minute < end)
    }
  }

  /// The hours, any of which will do.
  public var hours: [Hours]
  /// Whose clock counts: `UTC`, or a name such as `Europe/Berlin`.
  public var zone: String
  /// The window as it was typed.
  public var text: String

  /// Makes a window from its facts.
  public init(hours: [Hours], zone: String, text: String) {
    self.hours = hours
    self.zone = zone
    self.text = text
  }

  /// Whether changes may be made at a point in time; never when the moment lacks the clock of the window's zone.
  public func isOpen(at moment: Moment) -> Bool {
    guard let clock = moment.clock(of: zone) else { return false }
    return isOpen(seconds: Self.seconds(moment.time), clock)
  }

  /// When it next opens or closes after a point in time, to the minute.
  ///
  /// - Returns: nil when it does not within the next two weeks: it is always open, or never.
  public func nextTurn(after moment: Moment) -> Timestamp? {
    guard let clock = moment.clock(of: zone) else { return nil }
    let seconds = Self.seconds(moment.time)
    let isOpenNow = isOpen(seconds: seconds, clock)
    let first = seconds - seconds.modulo(60)
    for minute in stride(from: first + 60, to: first + ZoneClock.span * 86_400, by: 60)
    where isOpen(seconds: minute, clock) != isOpenNow {
      return Timestamp(microsecondsSinceEpoch: minute * 1_000_000)
    }
    return nil
  }

  /// A point in time near the moment by the window's clock: `Mon 2026-11-23 22:00 Europe/Berlin`.
  public func words(_ time: Timestamp, at moment: Moment) -> String {
    guard let clock = moment.clock(of: zone) else { return time.description }
    let seconds = Self.seconds(time)
    let local = seconds + clock.offset(at: seconds)
    let text = Timestamp(microsecondsSinceEpoch: local * 1_000_000).description
    return "\(Self.dayNames[Self.day(local)]) \(text.prefix(10)) \(text.dropFirst(11).prefix(5)) \(zone)"
  }

  /// The names of the days, Monday first.
  public static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private func isOpen(seconds: Int64, _ clock: ZoneClock) -> Bool {
    let local = seconds + clock.offset(at: seconds)
    return hours.contains {
      $0.contains(day: Self.day(local), minute: Int(local.modulo(86_400) / 60))
    }
  }

  private static func seconds(_ time: Timestamp) -> Int64 {
    (time.microsecondsSinceEpoch - time.microsecondsSinceEpoch.modulo(1_000_000)) / 1_000_000
  }

  /// The first day of 1970 was a Thursday.
  private static func day(_ local: Int64) -> Int {
    Int(((local - local.modulo(86_400)) / 86_400 + 3).modulo(7))
  }
}

extension Int64 {
  /// The remainder that is never negative.
  fileprivate func modulo(_ divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
