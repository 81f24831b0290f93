/// A point in time in UTC, exact to the microsecond as PostgreSQL's own.
///
/// This module never reads a clock: whoever has one passes the value in.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Microseconds since 1970-01-01 00:00 UTC; negative before.
  public var microsecondsSinceEpoch: Int64

  /// Makes a point in time from whole microseconds since 1970.
  public init(microsecondsSinceEpoch: Int64) { self.microsecondsSinceEpoch = microsecondsSinceEpoch }

  /// Makes a point in time from seconds since 1970, rounded to the microsecond; what no
  /// microsecond count can hold becomes the nearest end.
  public init(secondsSinceEpoch: Double) {
    let microseconds = (secondsSinceEpoch * 1_000_000).rounded()
    self.init(
      microsecondsSinceEpoch: Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max))
  }

  /// Seconds since 1970-01-01 00:00 UTC.
  public var secondsSinceEpoch: Double { Double(microsecondsSinceEpoch) / 1_000_000 }

  /// Orders points in time, the earlier first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
  }

  /// ISO 8601, always with six decimals and `Z`: `2026-03-01T09:30:00.000000Z`.
  public var description: String {
    let (seconds, microseconds) = microsecondsSinceEpoch.flooredDivision(by: 1_000_000)
    let (days, second) = seconds.flooredDivision(by: 86_400)
    let date = CivilDate(daysSinceEpoch: days)
    let fields = [date.month, date.day, second / 3600, second / 60 % 60, second % 60].map { $0.padded(to: 2) }
    return "\(date.year.padded(to: 4))-\(fields[0])-\(fields[1])"
      + "T\(fields[2]):\(fields[3]):\(fields[4]).\(microseconds.padded(to: 6))Z"
  }

  /// Reads the form that `description` writes, and the same without decimals.
  ///
  /// Nil for everything else, also for a day that the calendar does not have.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 || bytes.count == 27, bytes.last == UInt8(ascii: "Z") else { return nil }
    let separators: [(at: Int, byte: Character)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
    guard separators.allSatisfy({ bytes[$0.at] == $0.byte.asciiValue }) else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      bytes[range].reduce(Int64?.some(0)) { value, byte in
        guard let value, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        return value * 10 + Int64(byte - UInt8(ascii: "0"))
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch,
      hour < 24, minute < 60, second < 60
    else { return nil }
    var microseconds: Int64 = 0
    if bytes.count == 27 {
      guard bytes[19] == UInt8(ascii: "."), let decimals = number(20..<26) else { return nil }
      microseconds = decimals
    }
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
    self.init(microsecondsSinceEpoch: seconds * 1_000_000 + microseconds)
  }
}

/// A day of the Gregorian calendar, carried back before its invention.
private struct CivilDate: Equatable {
  var year: Int64
  var month: Int64
  var day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  // Years are counted from March here, so that the leap day is the last of its year and the
  // months before it follow one straight line.
  init(daysSinceEpoch: Int64) {
    let (era, dayOfEra) = (daysSinceEpoch + Self.daysToEpoch).flooredDivision(by: Self.daysInEra)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }

  var daysSinceEpoch: Int64? {
    let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let days =
      era * Self.daysInEra + 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - Self.daysToEpoch
    return CivilDate(daysSinceEpoch: days) == self ? days : nil
  }

  // From 0000-03-01 to 1970-01-01, and the days of 400 years.
  private static let daysToEpoch: Int64 = 719_468
  private static let daysInEra: Int64 = 146_097
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  fileprivate func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
