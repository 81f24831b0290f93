import Foundation
import IndexDesign
import Terminal

/// How cells read on a screen: rounded for people, with units; exact values are JSON's affair.
enum CellText {
  /// The cell in its colours.
  static func styled(_ cell: Cell) -> StyledText {
    switch cell {
    case .missing: StyledText("–", .dim)
    case .handle(let handle): StyledText(handle, .accent)
    case .outcome(let outcome): StyledText(word(outcome), style(outcome))
    default: StyledText(plain(cell))
    }
  }

  /// The cell as text.
  static func plain(_ cell: Cell) -> String {
    switch cell {
    case .missing: "–"
    case .text(let text), .identifier(let text), .handle(let text), .timestamp(let text): text
    case .sql(let text): oneLine(text)
    case .integer(let value): grouped(String(value))
    case .number(let value): decimal(value)
    case .cost(let cost): self.cost(cost)
    case .rows(let value): fixed(value, 0)
    case .bytes(let value): bytes(value)
    case .milliseconds(let value): duration(value)
    case .share(let value): percent(value)
    case .outcome(let outcome): word(outcome)
    case .boolean(let value): value ? "yes" : "no"
    case .flag(let value): value ? "t" : "f"
    case .value(let text, _): text
    }
  }

  /// A cost with as many digits as help: `21.90`, `24,218`.
  static func cost(_ cost: PlannerCost) -> String { decimal(cost.units) }

  /// Two decimals below a hundred, one below a thousand, then none.
  static func decimal(_ value: Double) -> String {
    let magnitude = abs(value)
    // The limits are those that rounding does not cross.
    return fixed(value, magnitude < 99.995 ? 2 : magnitude < 999.95 ? 1 : 0)
  }

  /// A number with so many decimals, thousands apart; what rounds to zero has no sign.
  private static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return unknown }
    // Halves go up, as on paper and in PostgreSQL, not to the even neighbour. Foundation's formatter would
    // take more time than all the rest of a plan.
    let scale: UInt64 = digits == 2 ? 100 : digits == 1 ? 10 : 1
    let scaled = (abs(value) * Double(scale)).rounded()
    guard scaled < 0x1p53 else { return grouped(String(format: "%.\(digits)f", value)) }
    let (whole, part) = UInt64(scaled).quotientAndRemainder(dividingBy: scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return grouped(sign + String(whole)) }
    return grouped(sign + String(whole)) + (digits == 2 && part < 10 ? ".0" : ".") + String(part)
  }

  /// What stands for a number that nobody knows.
  private static let unknown = "–"

  /// `96.2 %`, and for changes the sign: `−96.2 %`.
  static func percent(_ share: Double) -> String {
    share.isFinite ? fixed(share * 100, 1) + " %" : unknown
  }

  /// `8192 bytes`, `31 MB`; units of 1024 as `pg_size_pretty` has them.
  static func bytes(_ count: Int64) -> String {
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

  /// `0.42 ms`, `37 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ milliseconds: Double) -> String {
    let magnitude = abs(milliseconds)
    guard magnitude < 1e15 else { return unknown }
    // The limits are those that rounding does not cross.
    if magnitude < 9.995 { return fixed(milliseconds, 2) + " ms" }
    if magnitude < 999.5 { return fixed(milliseconds, 0) + " ms" }
    if magnitude < 59_950 { return fixed(milliseconds / 1_000, 1) + " s" }
    let seconds = Int((magnitude / 1_000).rounded())
    let sign = milliseconds < 0 ? "−" : ""
    return seconds < 3_600
      ? "\(sign)\(seconds / 60) min \(seconds % 60) s"
      : "\(sign)\(grouped(String(seconds / 3_600))) h \(seconds % 3_600 / 60) min"
  }

  /// Thousands apart: `24,218.35`.
  static func grouped(_ number: String) -> String {
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

  /// SQL on one line, line ends and tabs folded.
  static func oneLine(_ sql: String) -> String {
    guard sql.contains(where: { $0.isNewline || $0 == "\t" }) else { return sql }
    return sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func word(_ outcome: Outcome) -> String {
    switch outcome {
    case .ok: "ok"
    case .warning: "warning"
    case .failed: "FAILED"
    case .notApplicable: "n/a"
    case .checkYourself: "check yourself"
    }
  }

  static func style(_ outcome: Outcome) -> Style {
    switch outcome {
    case .ok: .good
    case .warning, .checkYourself: .warning
    case .failed: .bad
    case .notApplicable: .dim
    }
  }
}
