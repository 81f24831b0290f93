/// The way through the history while a line is edited; what was typed before waits at its end.
struct HistoryWalk {
  private let entries: [String]
  /// Into `entries`; their count for the line that was typed.
  private var index: Int
  private var typed = ""

  /// Begins at a line of its own, behind `entries`, oldest first.
  init(_ entries: [String] = []) {
    self.entries = entries
    index = entries.count
  }

  /// The entry before; nil when there is none. `line` is what stands there now.
  mutating func older(than line: String) -> String? {
    guard index > 0 else { return nil }
    if index == entries.count { typed = line }
    index -= 1
    return entries[index]
  }

  /// The entry after, or at the end what was typed; nil when that stands there.
  mutating func newer() -> String? {
    guard index < entries.count else { return nil }
    index += 1
    return index == entries.count ? typed : entries[index]
  }

  /// How far the cursor goes, in scalars, to the same place of the row above or below in `line`; nil when
  /// there is no such row.
  ///
  /// With `ontoLast` the last character of a shorter row is its end, as in the commands of vi.
  static func rowStep(_ line: String, cursor: Int, up: Bool, ontoLast: Bool = false) -> Int? {
    let rows = line.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(\.count)
    var row = 0
    var start = 0
    while row < rows.count - 1, start + rows[row] < cursor {
      start += rows[row] + 1
      row += 1
    }
    let column = cursor - start
    let target = up ? row - 1 : row + 1
    guard rows.indices.contains(target) else { return nil }
    let place = min(column, ontoLast ? max(0, rows[target] - 1) : rows[target])
    return (up ? -column - 1 - rows[target] : rows[row] - column + 1) + place
  }
}
