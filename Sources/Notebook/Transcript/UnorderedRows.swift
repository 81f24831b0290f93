import Reports

/// Tables with a volatile column have no order that could be compared: each recorded row finds its own among
/// those that came, by the cells that are not volatile.
struct UnorderedRows {
  /// The lines that came, with the rows of such tables in the order of the record; nil when no row moves.
  private(set) var lines: [TranscriptLine]?

  /// Beyond so many pairs of rows the order stays.
  private static let mostPairs = 1_000_000

  init(_ comparison: LineComparison) {
    let tables = Self.tables(comparison.came)
    guard !tables.isEmpty else { return }
    let recorded = Self.tables(comparison.recorded)
    var used: Set<Int> = []
    var moved = comparison.came.lines
    var isMoved = false
    for table in tables {
      let partner = recorded.first { $0.name == table.name && !used.contains($0.head) }
      guard let partner else { continue }
      used.insert(partner.head)
      guard table.isVolatile || partner.isVolatile,
        table.rows.count <= Self.mostPairs / max(1, partner.rows.count)
      else { continue }
      let order = Self.order(comparison, partner, table)
      guard order != Array(table.rows) else { continue }
      isMoved = true
      for (place, row) in zip(table.rows, order) { moved[place] = comparison.came.lines[row] }
    }
    lines = isMoved ? moved : nil
  }

  private struct Table {
    var head: Int
    var name: String
    var isVolatile: Bool
    var rows: Range<Int>
  }

  private static func tables(_ outline: TranscriptOutline) -> [Table] {
    outline.lines.indices.compactMap { place in
      guard case .table(let table) = outline.lines[place] else { return nil }
      let end = outline.lines[(place + 1)...].firstIndex { !$0.mayBeRow } ?? outline.lines.count
      return Table(
        head: place, name: table.name, isVolatile: table.columns.contains(where: \.isVolatile),
        rows: place + 1..<end)
    }
  }

  /// The rows that came in the order of the recorded ones. Those that have no recorded row take the places
  /// where one is missing, then that of a wildcard, then the end.
  private static func order(_ comparison: LineComparison, _ old: Table, _ new: Table) -> [Int] {
    var free = Array(new.rows)
    var slots: [Int?] = []
    var wildcard: Int?
    for place in old.rows {
      if comparison.recorded.lines[place] == .wildcard {
        wildcard = slots.count
        continue
      }
      let match = free.firstIndex { row in
        var findings = Findings(isKept: false)
        return comparison.compare(place, row, &findings) && findings.weight == 0
      }
      slots.append(match.map { free.remove(at: $0) })
    }
    // A wildcard takes what no row asks for; a row that is missing is then told as missing.
    if let wildcard {
      let front = slots[..<wildcard].compactMap(\.self)
      return front + free + slots[wildcard...].compactMap(\.self)
    }
    for slot in slots.indices where slots[slot] == nil && !free.isEmpty { slots[slot] = free.removeFirst() }
    return slots.compactMap(\.self) + free
  }
}

extension TranscriptLine {
  /// Whether the line may be a row of a table, or stand for some.
  fileprivate var mayBeRow: Bool {
    switch self {
    case .row, .wildcard, .pattern: true
    default: false
    }
  }
}
