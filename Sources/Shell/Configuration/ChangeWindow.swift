import Foundation
import IndexDesign

/// When a target may be changed: hours of days of the week, by the clock of one time zone.
///
/// The clock on the wall decides, so that on a night when it is set back an hour of a window comes twice, and when it
/// is set forward an hour is missing.
struct ChangeWindow: Equatable, Sendable {
  /// Hours that begin on some days of the week.
  struct Hours: Equatable, Sendable {
    /// The days on which they begin, 0 for Monday to 6 for Sunday.
    var days: Set<Int>
    /// The minute of the day with which they begin, from 0.
    var start: Int
    /// The minute before which they end, up to 1440; when it is not behind `start` it is on the next day.
    var end: Int

    /// Whether a minute of a day is among them.
    fileprivate func contains(day: Int, minute: Int) -> Bool {
      if start < end { return days.contains(day) && (start..<end).contains(minute) }
      return (days.contains(day) && minute >= start) || (days.contains((day + 6) % 7) && minute < end)
    }
  }

  /// The hours, any of which will do.
  var hours: [Hours]
  /// Whose clock counts.
  var timeZone: TimeZone
  /// The window as it was typed.
  var text: String

  /// Whether changes may be made at a point in time.
  func isOpen(at time: Timestamp) -> Bool {
    let seconds = Self.seconds(time)
    return isOpen(seconds: seconds, offset: offset(at: seconds))
  }

  /// When it next opens or closes after a point in time, to the minute.
  ///
  /// - Returns: nil when it does not within the next two weeks: it is always open, or never.
  func nextTurn(after time: Timestamp) -> Timestamp? {
    let seconds = Self.seconds(time)
    let isOpenNow = isOpen(seconds: seconds, offset: offset(at: seconds))
    // Offsets change at full quarters of an hour, so one look at the calendar is enough for each.
    let quarter: Int64 = 900
    let first = seconds - seconds.modulo(quarter)
    for begin in stride(from: first, to: first + 15 * 86_400, by: Int64.Stride(quarter)) {
      let offset = offset(at: begin)
      for minute in stride(from: begin, to: begin + quarter, by: 60) where minute > seconds {
        if isOpen(seconds: minute, offset: offset) != isOpenNow {
          return Timestamp(microsecondsSinceEpoch: minute * 1_000_000)
        }
      }
    }
    return nil
  }

  /// A point in time by the window's clock: `Mon 2026-11-23 22:00 Europe/Berlin`.
  func words(_ time: Timestamp) -> String {
    let seconds = Self.seconds(time)
    let local = Timestamp(microsecondsSinceEpoch: (seconds + offset(at: seconds)) * 1_000_000).description
    let day = Self.dayNames[Self.day(seconds + offset(at: seconds))]
    return "\(day) \(local.prefix(10)) \(local.dropFirst(11).prefix(5)) \(zoneName)"
  }

  private var zoneName: String { timeZone == .gmt ? "UTC" : timeZone.identifier }

  /// The names of the days, Monday first.
  static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private func isOpen(seconds: Int64, offset: Int64) -> Bool {
    let local = seconds + offset
    return hours.contains {
      $0.contains(day: Self.day(local), minute: Int(local.modulo(86_400) / 60))
    }
  }

  private func offset(at seconds: Int64) -> Int64 {
    Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
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
