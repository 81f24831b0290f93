import IndexDesign
import Reports

/// Compares one recorded line with one that came.
///
/// A class, because it is handed to each of thousands of comparisons.
final class LineComparison {
  let recorded: TranscriptOutline
  let came: TranscriptOutline
  let tolerances: Tolerances
  /// The recorded patterns by their place.
  let patterns: [Int: Regex<AnyRegexOutput>]

  init(
    recorded: TranscriptOutline, came: TranscriptOutline, tolerances: Tolerances,
    patterns: [Int: Regex<AnyRegexOutput>]
  ) {
    self.recorded = recorded
    self.came = came
    self.tolerances = tolerances
    self.patterns = patterns
  }

  /// Where a pair of lines is, in words: by the record, unless a wildcard hides it.
  func path(_ place: Int, _ other: Int) -> String {
    recorded.places[place].head == nil ? came.path(of: other) : recorded.path(of: place)
  }

  /// Finds what differs between two lines; false when they cannot be versions of one line.
  func compare(_ place: Int, _ other: Int, _ findings: inout Findings) -> Bool {
    if !patterns.isEmpty, let pattern = patterns[place] {
      compare(pattern, came.lines[other], &findings, place, other)
      return true
    }
    guard isSameBlock(place, other) else { return false }
    if recorded.lines[place] == came.lines[other] { return true }
    var values = ValueComparison(self, place, other, findings)
    defer { findings = values.findings }
    let (old, new) = (recorded.lines[place], came.lines[other])
    switch (old, new) {
    case (.row(let old), .row(let new)), (.answerRow(let old), .answerRow(let new)),
      (.row(let old), .answerRow(let new)):
      compareRows(old, new, place, other, &values)
    case (.step(let old, let depth), .step(let new, let otherDepth)):
      values.compare(old, new)
      if depth != otherDepth {
        values.differ("depth", "\(depth)", "\(otherDepth)", ValueComparison.otherDepth)
      }
    case (.stepFact(let old, _), .stepFact(let new, _)): return values.compare(old, new)
    case (.field(let old), .field(let new)):
      guard old.name == new.name else { return false }
      guard !old.isVolatile, !new.isVolatile else { return true }
      values.compare(nil, old.value, new.value)
      values.words("remark", old.remark, new.remark)
    default: return Self.compareOthers(old, new, &values)
    }
    return true
  }

  private func compare(
    _ pattern: Regex<AnyRegexOutput>, _ line: TranscriptLine, _ findings: inout Findings, _ place: Int,
    _ other: Int
  ) {
    let text = String(TranscriptForm.text(line).drop { $0 == " " })
    if (try? pattern.wholeMatch(in: text)) != nil { return }
    findings.add(
      Difference(
        path: came.path(of: other), recorded: TranscriptForm.text(recorded.lines[place]), came: text,
        reason: "does not match"), weight: 5)
  }

  private func isSameBlock(_ place: Int, _ other: Int) -> Bool {
    guard recorded.places[place].head != nil, let old = recorded.block(of: place) else { return true }
    return old == came.block(of: other)
  }

  /// Rows are compared by the names of their columns, so that a new column makes only the head differ.
  private func compareRows(
    _ old: [Cell], _ new: [Cell], _ place: Int, _ other: Int, _ values: inout ValueComparison
  ) {
    let columns = RowColumns(recorded.head(of: place), came.head(of: other))
    if columns.areSame || recorded.places[place].head == nil {
      guard old.count == new.count else {
        return values.differ(
          nil, "\(old.count) values", "\(new.count) values", "another number of values", weight: 5)
      }
      for index in old.indices where !columns.isVolatile(index) {
        values.compare(columns.name(index), old[index], new[index])
      }
    } else {
      for (index, partner) in columns.pairs where index < old.count && partner < new.count {
        values.compare(columns.name(partner), old[index], new[partner])
      }
    }
  }

  /// Heads and lines of their own.
  private static func compareOthers(
    _ old: TranscriptLine, _ new: TranscriptLine, _ values: inout ValueComparison
  )
    -> Bool
  {
    switch (old, new) {
    case (.kind(let old), .kind(let new)):
      if old != new { values.differ(nil, old, new, "another kind of report", weight: 5) }
    case (.fields(_, let title), .fields(_, let other)):
      return sameName(old, new) { values.words("title", title, other) }
    case (.table(let first), .table(let second)):
      return sameName(old, new) {
        values.words("title", first.title, second.title)
        values.words("empty", first.whenEmpty, second.whenEmpty)
        values.columns(first.columns.map(\.name), second.columns.map(\.name))
      }
    case (.answer(_, let first), .answer(_, let second)):
      return sameName(old, new) {
        values.columns(
          first.map { "\($0.name):\($0.kind.recordWord)" }, second.map { "\($0.name):\($0.kind.recordWord)" })
      }
    case (.plan(let first), .plan(let second)):
      return sameName(old, new) {
        values.words("title", first.title, second.title)
        values.words("statement", first.statement?.title, second.statement?.title)
        values.sql("sql", first.statement?.sql, second.statement?.sql)
      }
    case (.statement(_, let title, let sql), .statement(_, let otherTitle, let otherSQL)):
      return sameName(old, new) {
        values.words("title", title, otherTitle)
        values.sql("sql", sql, otherSQL)
      }
    case (.lines, .lines): return sameName(old, new) {}
    default: return compareParts(old, new, &values)
    }
    return true
  }

  private static func sameName(_ old: TranscriptLine, _ new: TranscriptLine, _ compare: () -> Void) -> Bool {
    guard old.blockName == new.blockName else { return false }
    compare()
    return true
  }

  private static func compareParts(
    _ old: TranscriptLine, _ new: TranscriptLine, _ values: inout ValueComparison
  )
    -> Bool
  {
    switch (old, new) {
    case (.tag(let old), .tag(let new)): values.exact(nil, old, new)
    case (.text(let old), .text(let new)), (.detail(let old), .detail(let new)),
      (.hint(let old), .hint(let new)):
      values.words(nil, old, new)
    // Behind a wildcard nothing tells a line of another program from a row of one text.
    case (.row(let cells), .text(let new)):
      guard cells.count == 1, case .text(let old) = cells[0] else { return false }
      values.words(nil, old, new)
    case (.note(let old), .note(let new)):
      if old.weight != new.weight {
        values.differ("weight", old.weight.rawValue, new.weight.rawValue, "another weight")
      }
      values.words(nil, old.text, new.text)
    case (.error(let state, let message), .error(let otherState, let otherMessage)):
      values.exact("SQLSTATE", state ?? "-", otherState ?? "-")
      values.words("message", message, otherMessage)
    case (.setting(let old), .setting(let new)):
      guard old.name == new.name else { return false }
      values.exact(nil, old.value, new.value)
    case (.fact(let old), .fact(let new)):
      guard old.name == new.name else { return false }
      values.json(old.value, new.value)
    default: return false
    }
    return true
  }
}

/// Which column of a recorded table is which of the one that came.
private struct RowColumns {
  private let old: [Report.Column]?
  private let new: [Report.Column]

  init(_ old: TranscriptLine?, _ new: TranscriptLine?) {
    self.old = old.map { $0.columns }
    self.new = new?.columns ?? []
  }

  /// Whether both have the same columns in the same order, or only one has a head.
  var areSame: Bool {
    guard let old else { return true }
    return old.count == new.count && zip(old, new).allSatisfy { $0.name == $1.name }
  }

  /// Whether a column is marked in either.
  func isVolatile(_ index: Int) -> Bool {
    index < new.count && new[index].isVolatile
      || (old.map { index < $0.count && $0[index].isVolatile } ?? false)
  }

  /// The column's name.
  func name(_ index: Int) -> String? { index < new.count ? new[index].name : nil }

  /// The columns that both have and that are compared: the first of a name with the first, and so on.
  var pairs: [(Int, Int)] {
    var taken: Set<Int> = []
    return (old ?? []).indices.compactMap { index in
      let partner = new.indices.first { new[$0].name == old?[index].name && !taken.contains($0) }
      guard let partner else { return nil }
      taken.insert(partner)
      return new[partner].isVolatile || old?[index].isVolatile == true ? nil : (index, partner)
    }
  }
}

extension TranscriptLine {
  /// The columns that a head tells of.
  var columns: [Report.Column] {
    switch self {
    case .table(let table): table.columns
    case .answer(_, let columns): columns.map { .init($0) }
    default: []
    }
  }
}
