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
    case .rows(let value): grouped(String(format: "%.0f", value))
    case .bytes(let value): bytes(value)
    case .milliseconds(let value): duration(value)
    case .share(let value): percent(value)
    case .outcome(let outcome): word(outcome)
    case .boolean(let value): value ? "yes" : "no"
    case .value(let text, _): text
    }
  }

  /// A cost with as many digits as help: `21.90`, `24,218`.
  static func cost(_ cost: PlannerCost) -> String { decimal(cost.units) }

  /// Two decimals below a hundred, one below a thousand, then none.
  static func decimal(_ value: Double) -> String {
    let magnitude = abs(value)
    let digits = magnitude < 100 ? 2 : magnitude < 1_000 ? 1 : 0
    return grouped(String(format: "%.\(digits)f", value))
  }

  /// `96.2 %`, and for changes the sign: `−96.2 %`.
  static func percent(_ share: Double) -> String {
    let text = String(format: "%.1f %%", share * 100)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// `8192 bytes`, `31 MB`; units of 1024 as `pg_size_pretty` has them.
  static func bytes(_ count: Int64) -> String {
    var value = Double(count)
    guard abs(value) >= 10_240 else { return "\(count) bytes" }
    for unit in ["kB", "MB", "GB", "TB"] {
      value /= 1024
      if abs(value) < 10 { return String(format: "%.1f ", value) + unit }
      if abs(value) < 10_240 || unit == "TB" { return grouped(String(format: "%.0f", value)) + " " + unit }
    }
    return "\(count) bytes"
  }

  /// `0.42 ms`, `37 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ milliseconds: Double) -> String {
    switch abs(milliseconds) {
    case ..<10: return String(format: "%.2f ms", milliseconds)
    case ..<1_000: return String(format: "%.0f ms", milliseconds)
    case ..<60_000: return String(format: "%.1f s", milliseconds / 1_000)
    default:
      let seconds = Int(milliseconds / 1_000)
      return seconds < 3_600
        ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
    }
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
