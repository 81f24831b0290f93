import IndexDesign
import Reports

/// Compares typed values of two lines and keeps what differs.
struct ValueComparison {
  private(set) var findings: Findings
  private let lines: LineComparison
  private let place: Int
  private let other: Int

  /// Compares the recorded line at `place` with the one that came at `other`.
  init(_ lines: LineComparison, _ place: Int, _ other: Int, _ findings: Findings) {
    self.lines = lines
    self.place = place
    self.other = other
    self.findings = findings
  }

  /// How far numbers may differ.
  var tolerances: Tolerances { lines.tolerances }

  /// Keeps a difference of a part of the line; of the line itself when `part` is nil.
  mutating func differ(
    _ part: String?, _ old: @autoclosure () -> String, _ new: @autoclosure () -> String,
    _ reason: @autoclosure () -> String, weight: Int = 1
  ) {
    let (lines, place, other) = (lines, place, other)
    func path() -> String { lines.path(place, other) }
    findings.add(
      Difference(
        path: part.map { "\(path()): \($0)" } ?? path(), recorded: old(), came: new(), reason: reason()),
      weight: weight)
  }

  /// Texts that must be the same.
  mutating func exact(_ part: String?, _ old: String, _ new: String) {
    if old != new { differ(part, old, new, "not the same") }
  }

  /// SQL, which must be the same.
  mutating func sql(_ part: String?, _ old: String?, _ new: String?) {
    if let old, let new, old == new { return }
    if old == nil, new == nil { return }
    differ(
      part, TranscriptForm.text(old.map { .sql($0) } ?? .missing),
      TranscriptForm.text(new.map { .sql($0) } ?? .missing),
      "not the same")
  }

  /// Sentences, whose numbers are not compared.
  mutating func words(_ part: String?, _ old: String?, _ new: String?) {
    if let old, let new, TranscriptWords.areSame(old, new) { return }
    if old == nil, new == nil { return }
    differ(
      part, TranscriptForm.text(old.map { .text($0) } ?? .missing),
      TranscriptForm.text(new.map { .text($0) } ?? .missing),
      "other words")
  }

  /// The names of columns.
  mutating func columns(_ old: [String], _ new: [String]) {
    if old != new {
      differ("columns", old.joined(separator: ", "), new.joined(separator: ", "), "not the same")
    }
  }

  /// Facts of a plan.
  mutating func json(_ old: JSONValue, _ new: JSONValue) {
    if old != new { differ(nil, Self.written(old), Self.written(new), "not the same") }
  }

  private static func written(_ value: JSONValue) -> String {
    var text = TranscriptText()
    text.write(value)
    return text.string
  }

  /// Two cells.
  mutating func compare(_ part: String?, _ old: Cell, _ new: Cell) {
    switch (old, new) {
    case (.cost(let a), .cost(let b)):
      if !tolerances.holds(cost: a.units, b.units) {
        number(part, old, new, a.units, b.units, tolerances.cost)
      }
    case (.rows(let a), .rows(let b)): number(part, old, new, a, b, tolerances.rows)
    case (.bytes(let a), .bytes(let b)):
      number(part, old, new, Double(a), Double(b), tolerances.bytes, a == b)
    case (.milliseconds(let a), .milliseconds(let b)): number(part, old, new, a, b, tolerances.milliseconds)
    case (.integer(let a), .integer(let b)):
      number(part, old, new, Double(a), Double(b), tolerances.count, a == b)
    case (.number(let a), .number(let b)): number(part, old, new, a, b, tolerances.count)
    case (.share(let a), .share(let b)): number(part, old, new, a, b, tolerances.share, isShare: true)
    case (.text(let a), .text(let b)):
      if !TranscriptWords.areSame(a, b) { differ(part, old, new, "other words") }
    case (.timestamp, .timestamp): break
    case (.identifier(let a), .identifier(let b)), (.sql(let a), .sql(let b)),
      (.handle(let a), .handle(let b)),
      (.value(let a, _), .value(let b, _)):
      if a != b { differ(part, old, new, "not the same") }
    case (_, .value), (_, .flag): if !old.mayBeWords(of: new) { differ(part, old, new, "not the same") }
    default:
      if old != new {
        differ(part, old, new, old.isSameType(as: new) ? "not the same" : "another type of value")
      }
    }
  }

  private mutating func differ(_ part: String?, _ old: Cell, _ new: Cell, _ reason: @autoclosure () -> String)
  {
    differ(part.map(Self.name), Self.shown(old), Self.shown(new), reason())
  }

  /// A value as it stands in the record, the server's own without the name of their type.
  private static func shown(_ cell: Cell) -> String {
    var text = TranscriptText()
    text.write(answer: cell)
    return text.string
  }

  private static func name(_ name: String) -> String {
    var text = TranscriptText()
    text.write(name: name)
    return text.string
  }

  private mutating func number(
    _ part: String?, _ old: Cell, _ new: Cell, _ a: Double, _ b: Double, _ tolerance: Tolerance,
    _ isExact: Bool? = nil, isShare: Bool = false
  ) {
    if isExact == true || (tolerance.holds(a, b) && !(isExact == false && tolerance == .exact)) { return }
    differ(part, old, new, tolerance.reason(a, b, isShare: isShare))
  }

  /// A number of a step.
  mutating func number(_ part: String, _ old: Double, _ new: Double, _ tolerance: Tolerance, holds: Bool) {
    if !holds {
      differ(part, TranscriptNumber.text(old), TranscriptNumber.text(new), tolerance.reason(old, new))
    }
  }
}

extension Cell {
  /// Whether it is what a value of the server reads as when nothing tells its column's kind.
  fileprivate func mayBeWords(of value: Cell) -> Bool {
    switch (self, value) {
    case (.identifier(let word), .flag(let flag)): word == (flag ? "t" : "f")
    case (.flag(let a), .flag(let b)): a == b
    case (.text(let text), .value(let other, _)), (.identifier(let text), .value(let other, isNumber: true)):
      text == other
    case (.integer(let number), .value(let other, isNumber: true)): String(number) == other
    case (.number(let number), .value(let other, isNumber: true)): Double(other) == number
    default: false
    }
  }

  /// Whether both are of one type, whatever their values.
  fileprivate func isSameType(as other: Cell) -> Bool {
    switch (self, other) {
    case (.outcome, .outcome), (.boolean, .boolean), (.flag, .flag): true
    default: false
    }
  }
}
