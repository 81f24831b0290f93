/// How the rows of a table stand: the widths of its columns, or records.
///
/// It is found from the first rows, and then lays out one row after the other, so that a table of any
/// length can be written without being held. Later rows that are wider do not move the columns.
public struct TextTableLayout: Sendable {
  /// When rows are shown as records, a line a value.
  public enum Records: Hashable, Sendable {
    /// Even if lines get wider than the screen.
    case never
    /// When a row does not fit.
    case whenTooWide
    /// Always.
    case always
  }

  let columns: [TextTable.Column]
  /// The width of each column; nil for records.
  let widths: [Int]?
  /// Whether a line may not be wider than the columns.
  let isLimited: Bool
  /// For records: the columns for titles, the room for values, the widest of the first values.
  private let titleWidth: Int
  private let room: Int?
  private let valueWidth: Int

  /// Columns that shrink or wrap are left at least this wide, or as wide as they are.
  static let leastWidth = 12

  /// The layout that suits the first rows in at most `width` columns; nil means as wide as they are.
  ///
  /// Each row has a cell for every column.
  public init(
    _ columns: [TextTable.Column], for rows: [[StyledText]], width: Int?, records: Records = .whenTooWide
  ) {
    self.columns = columns
    isLimited = width != nil
    let widest = columns.indices.map { index in
      rows.reduce(DisplayWidth.of(columns[index].title)) { widest, row in
        row[index].lines.reduce(widest) { max($0, $1.width) }
      }
    }
    let words = columns.indices.map { index in
      columns[index].wraps ? rows.reduce(0) { max($0, $1[index].longestWord) } : 0
    }
    widths =
      records == .always
      ? nil : Self.fitting(widest, words, columns, within: width, atAnyCost: records == .never)
    titleWidth = columns.map { DisplayWidth.of($0.title) }.max() ?? 0
    room = width.map { [titleWidth] in max(Self.leastWidth, $0 - titleWidth - 3) }
    valueWidth = rows.joined().widestLine(within: room)
  }

  /// The lines above the first row: titles and a rule; none for records.
  public var head: [StyledText] {
    guard let widths else { return [] }
    return [
      line(columns.map { StyledText($0.title, .heading) }, widths),
      StyledText(widths.map { String(repeating: "-", count: $0) }.joined(separator: "-+-"), .dim),
    ]
  }

  /// The lines of a row; records tell its number, from 1.
  public func lines(of row: [StyledText], number: Int) -> [StyledText] {
    guard let widths else { return record(row, number) }
    let cells = columns.indices.map { wrapped(row[$0], $0, widths[$0]) }
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { index in
      line(cells.map { index < $0.count ? $0[index] : StyledText() }, widths)
    }
  }

  // MARK: Rows

  private func wrapped(_ cell: StyledText, _ column: Int, _ width: Int) -> [StyledText] {
    let lines = cell.lines
    guard isLimited, columns[column].wraps, lines.contains(where: { $0.width > width }) else { return lines }
    return lines.flatMap { $0.folded(to: width).flatMap { $0.wrapped(to: width) } }
  }

  private func line(_ cells: [StyledText], _ widths: [Int]) -> StyledText {
    var line = StyledText()
    for index in columns.indices {
      if index > 0 { line.append(" | ", .dim) }
      let width = widths[index]
      let own = cells[index].width
      let isCut = columns[index].shrinks && own > width
      let filling = isCut ? 0 : max(0, width - own)
      let isRight = columns[index].alignment == .right
      if isRight { line.append(String(repeating: " ", count: filling)) }
      line.append(isCut ? cells[index].truncated(to: width) : cells[index])
      if !isRight, index < columns.count - 1 { line.append(String(repeating: " ", count: filling)) }
    }
    return line.withoutTrailingSpaces
  }

  private func record(_ row: [StyledText], _ number: Int) -> [StyledText] {
    let head = "-[ RECORD \(number) ]"
    let width = titleWidth + 3 + valueWidth
    var lines = [StyledText(head + String(repeating: "-", count: max(0, width - head.count)), .dim)]
    for (column, cell) in zip(columns, row) {
      // Values of the server lose no space; hypo's own words are not torn.
      let folds = column.wraps || column.shrinks
      let pieces = cell.lines.flatMap { line -> [StyledText] in
        guard let room else { return [line] }
        return (folds ? line.folded(to: room) : [line]).flatMap { $0.wrapped(to: room) }
      }
      for (index, piece) in pieces.enumerated() {
        let title = StyledText(index == 0 ? column.title : "", .heading).padded(to: titleWidth)
        lines.append((title + StyledText(" | ", .dim) + piece).withoutTrailingSpaces)
      }
    }
    return lines
  }

  // MARK: Widths

  /// nil when the table cannot be made narrow enough.
  private static func fitting(
    _ widest: [Int], _ words: [Int], _ columns: [TextTable.Column], within limit: Int?, atAnyCost: Bool
  ) -> [Int]? {
    guard let limit else { return widest }
    var widths = widest
    var excess = widths.reduce(0, +) + 3 * max(0, columns.count - 1) - limit
    // First no word is torn.
    for (isLastResort, words) in [(false, words), (false, []), (true, [])] {
      shrink(
        &widths, by: &excess,
        columns.indices.filter { index in
          let column = columns[index]
          return isLastResort
            ? column.wraps && column.yieldsLast : column.shrinks || (column.wraps && !column.yieldsLast)
        }, columns, words)
    }
    let isTorn = columns.indices.contains { columns[$0].keepsWords && widths[$0] < words[$0] }
    return (excess <= 0 && !isTorn) || atAnyCost ? widths : nil
  }

  /// The widest gives first, down to the next widest, so that equal columns end equal.
  private static func shrink(
    _ widths: inout [Int], by excess: inout Int, _ candidates: [Int], _ columns: [TextTable.Column],
    _ words: [Int]
  ) {
    func least(_ column: Int) -> Int {
      max(leastWidth, DisplayWidth.of(columns[column].title), words.isEmpty ? 0 : words[column])
    }
    while excess > 0 {
      let shrinkable = candidates.filter { widths[$0] > least($0) }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { return }
      let next = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let step = min(excess, max(1, widths[widest] - max(next, least(widest))))
      widths[widest] -= step
      excess -= step
    }
  }
}

extension Sequence<StyledText> {
  /// The widest line of the values, wrapped to the room that there is.
  fileprivate func widestLine(within room: Int?) -> Int {
    reduce(0) { widest, value in
      value.lines.reduce(widest) { Swift.max($0, Swift.min($1.width, room ?? .max)) }
    }
  }
}

extension StyledText {
  /// The width of its widest word.
  fileprivate var longestWord: Int {
    text.split(whereSeparator: \.isWhitespace).reduce(0) { max($0, DisplayWidth.of(String($1))) }
  }
}
