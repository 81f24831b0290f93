/// How numbers read to a person, in tables, sentences and progress alike: rounded, with units, free of locale.
///
/// Exact values are for JSON and CSV.
public enum NumberText {
  /// A cost with as many digits as help: `21.90`, `24,218`.
  public static func cost(_ cost: PlannerCost) -> String { decimal(cost.units) }

  /// A number of things: `1 scan`, `2,400 scans`.
  public static func counted(_ count: Int64, _ noun: String, plural: String? = nil) -> String {
    grouped(String(count)) + " " + (count == 1 ? noun : plural ?? noun + "s")
  }

  /// Two decimals below a hundred, one below a thousand, then none.
  public static func decimal(_ value: Double) -> String {
    let magnitude = abs(value)
    // The limits are those that rounding does not cross.
    return fixed(value, magnitude < 99.995 ? 2 : magnitude < 999.95 ? 1 : 0)
  }

  /// Two numbers with as many digits as tell them apart, two decimals at most.
  static func pair(_ first: Double, _ second: Double) -> (String, String) {
    let short = (decimal(first), decimal(second))
    return short.0 == short.1 && first != second ? (fixed(first, 2), fixed(second, 2)) : short
  }

  /// A whole number, thousands apart.
  public static func whole(_ value: Double) -> String { fixed(value, 0) }

  /// A count, thousands apart: `24,218`.
  public static func count(_ value: some BinaryInteger) -> String { grouped(String(value)) }

  /// A number with so many decimals, thousands apart; what rounds to zero has no sign.
  private static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return unknown }
    // Halves go up, as on paper and in PostgreSQL, not to the even neighbour. Foundation's formatter would
    // take more time than all the rest of a plan.
    let scale: UInt64 = digits == 2 ? 100 : digits == 1 ? 10 : 1
    let scaled = (abs(value) * Double(scale)).rounded()
    guard scaled < 0x1p53 else { return "\(value)" }
    let (whole, part) = UInt64(scaled).quotientAndRemainder(dividingBy: scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return grouped(sign + String(whole)) }
    return grouped(sign + String(whole)) + (digits == 2 && part < 10 ? ".0" : ".") + String(part)
  }

  /// What stands for a number that nobody knows.
  private static let unknown = "–"

  /// `96.2 %`, and for changes the sign: `−96.2 %`.
  public static func percent(_ share: Double) -> String {
    share.isFinite ? fixed(share * 100, 1) + " %" : unknown
  }

  /// How far something is, in whole per cent and cut, so that it is 100 only at the end: `50 %`.
  ///
  /// - Parameter fraction: from 0 to 1.
  public static func progress(_ fraction: Double) -> String { "\(Int(fraction * 100)) %" }

  /// `8192 bytes`, `31 MB`; units of 1024 as `pg_size_pretty` has them.
  public static func bytes(_ count: Int64) -> String {
    var value = Double(count.magnitude)
    let sign = count < 0 ? "−" : ""
    guard value >= 10_240 else {
      return "\(sign)\(count.magnitude) \(count.magnitude == 1 ? "byte" : "bytes")"
    }
    var unit = "bytes"
    for next in ["kB", "MB", "GB", "TB"] where value.rounded() >= 10_240 {
      value /= 1024
      unit = next
    }
    return "\(sign)\(fixed(value, 0)) \(unit)"
  }

  /// `0.42 ms`, `37 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`, `3 days 4 h`.
  public static func duration(milliseconds: Double) -> String {
    let magnitude = abs(milliseconds)
    guard magnitude < 1e15 else { return unknown }
    // The limits are those that rounding does not cross.
    if magnitude < 9.995 { return fixed(milliseconds, 2) + " ms" }
    if magnitude < 999.5 { return fixed(milliseconds, 0) + " ms" }
    if magnitude < 59_950 { return fixed(milliseconds / 1_000, 1) + " s" }
    return (milliseconds < 0 ? "−" : "") + long(seconds: Int64((magnitude / 1_000).rounded()))
  }

  /// The same of a `Duration`.
  public static func duration(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return self.duration(milliseconds: Double(seconds) * 1e3 + Double(attoseconds) / 1e15)
  }

  /// A time that still runs, in whole seconds so that it is calm to look at: `12 s`, `3 min 20 s`.
  public static func elapsed(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    return seconds < 60 ? "\(seconds) s" : long(seconds: seconds)
  }

  /// Two units, the smaller one cut.
  private static func long(seconds: Int64) -> String {
    switch seconds {
    case ..<3_600: "\(seconds / 60) min \(seconds % 60) s"
    case ..<172_800: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
    default: "\(count(seconds / 86_400)) days \(seconds % 86_400 / 3_600) h"
    }
  }

  /// Thousands apart: `24,218.35`.
  private static func grouped(_ number: String) -> String {
    let sign = number.hasPrefix("-") ? "−" : ""
    let body = number.drop { $0 == "-" }
    let whole = body.prefix { $0 != "." }
    var digits = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { digits.append(",") }
      digits.append(digit)
    }
    return sign + digits + body.dropFirst(whole.count)
  }
}
