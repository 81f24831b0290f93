public import IndexDesign
public import Terminal

/// How cells read on a screen: rounded for people, with units; exact values are JSON's affair.
public enum CellText {
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
  public static func plain(_ cell: Cell) -> String {
    switch cell {
    case .missing: "–"
    case .text(let text), .identifier(let text), .handle(let text): text
    case .timestamp(let text): time(text)
    case .sql(let text): oneLine(text)
    case .integer(let value): NumberText.count(value)
    case .number(let value): NumberText.decimal(value)
    case .cost(let cost): NumberText.cost(cost)
    case .rows(let value): NumberText.whole(value)
    case .bytes(let value): NumberText.bytes(value)
    case .milliseconds(let value): NumberText.duration(milliseconds: value)
    case .share(let value): NumberText.percent(value)
    case .outcome(let outcome): word(outcome)
    case .boolean(let value): value ? "yes" : "no"
    case .flag(let value): value ? "t" : "f"
    case .value(let text, _): text
    }
  }

  /// ISO 8601 to the second, with a blank before the time: `2026-11-22 17:29:19Z`.
  public static func time(_ text: String) -> String {
    guard let start = text.firstIndex(of: "T") else { return text }
    let rest = text[text.index(after: start)...]
    let seconds = rest.prefix { $0 != "." }
    return "\(text[..<start]) \(seconds)" + (seconds.count < rest.count && rest.last == "Z" ? "Z" : "")
  }

  /// SQL on one line, line ends and tabs folded.
  public static func oneLine(_ sql: String) -> String {
    guard sql.contains(where: { $0.isNewline || $0 == "\t" }) else { return sql }
    return sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// How a check ended, in a word.
  public static func word(_ outcome: Finding.Outcome) -> String {
    switch outcome {
    case .ok: "ok"
    case .warning: "warning"
    case .stop: "FAILED"
    case .notApplicable: "n/a"
    case .lookYourself: "check yourself"
    }
  }

  /// The style of that word.
  public static func style(_ outcome: Finding.Outcome) -> Style {
    switch outcome {
    case .ok: .good
    case .warning, .lookYourself: .warning
    case .stop: .bad
    case .notApplicable: .dim
    }
  }
}
