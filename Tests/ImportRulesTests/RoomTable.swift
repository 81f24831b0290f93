/// The table of rooms in CONTRIBUTING.md: the one place that says what a room may import.
struct RoomTable: Equatable {
  /// What each room may import, modules of the platform included; empty for none.
  var rows: [String: Set<String>] = [:]

  /// Reads the table whose first column is headed `room` and whose second is headed `may import`.
  ///
  /// A first cell may name several rooms. A dash stands for no import. Text around the table is passed over.
  init(markdown: String) {
    var isInTable = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        .map { Self.names(in: $0) }
      guard cells.count > 2 else {
        isInTable = false
        continue
      }
      if cells[0] == ["room"] { isInTable = true } else if isInTable { add(cells[0], cells[1]) }
    }
  }

  private mutating func add(_ rooms: [String], _ modules: [String]) {
    for room in rooms where !room.allSatisfy({ $0 == "-" }) { rows[room] = Set(modules) }
  }

  private static func names(in cell: Substring) -> [String] {
    cell.split(separator: ",").map { name in
      String(name.drop { " `".contains($0) }.reversed().drop { " `".contains($0) }.reversed())
    }.filter { !$0.isEmpty && $0 != "–" }
  }
}
