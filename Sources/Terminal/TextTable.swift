/// Rows under titles, in columns that respect display width.
///
/// It looks like psql's aligned form without its outer blanks: a rule under the titles, ` | ` between
/// columns, no spaces at line ends.
public struct TextTable: Sendable {
  /// On which side a column's values stand.
  public enum Alignment: Hashable, Sendable {
    /// Words.
    case left
    /// Numbers.
    case right
  }

  /// How one column is laid out.
  public struct Column: Hashable, Sendable {
    /// The head of the column.
    public var title: String
    /// Where values and title stand.
    public var alignment: Alignment
    /// Whether values may be cut with `…` when the table is too wide; never for numbers.
    public var shrinks: Bool
    /// Whether values go on in further lines when the table is too wide, so that nothing of them is lost.
    public var wraps: Bool

    /// A column.
    public init(_ title: String, _ alignment: Alignment = .left, shrinks: Bool = false, wraps: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.shrinks = shrinks
      self.wraps = wraps
    }
  }

  /// The columns, left to right.
  public let columns: [Column]
  /// The rows so far; each has a cell for every column.
  public private(set) var rows: [[StyledText]] = []

  /// A table with its rows; short rows are filled with empty cells, long ones lose what has no column.
  public init(columns: [Column], rows: [[StyledText]] = []) {
    self.columns = columns
    for row in rows { append(row) }
  }

  /// Adds a row; see `init` for one of another length.
  public mutating func append(_ row: [StyledText]) {
    let missing = max(0, columns.count - row.count)
    rows.append(Array(row.prefix(columns.count)) + Array(repeating: StyledText(), count: missing))
  }

  /// Columns that shrink are left at least this wide, or as wide as they are.
  static let leastShrunkWidth = 12

  /// The table in at most `width` columns, or in record form when even a shrunk one does not fit.
  ///
  /// nil means as wide as it is. Cells with several lines make a row of several lines.
  public func lines(width: Int? = nil) -> [StyledText] {
    let cells = rows.map { row in row.map { cell in cell.lines.map(MeasuredLine.init) } }
    guard let widths = widths(cells, within: width) else { return expandedLines(width: width) }
    var lines = [
      line(columns.map { MeasuredLine(StyledText($0.title, .heading)) }, widths),
      StyledText(widths.map { String(repeating: "-", count: $0) }.joined(separator: "-+-"), .dim),
    ]
    for row in cells.map({ wrapped($0, widths) }) {
      for index in 0..<(row.map(\.count).max() ?? 0) {
        lines.append(line(row.map { index < $0.count ? $0[index] : MeasuredLine(StyledText()) }, widths))
      }
    }
    return lines
  }

  /// The cells of a row, those that wrap in lines of their column's width.
  private func wrapped(_ row: [[MeasuredLine]], _ widths: [Int]) -> [[MeasuredLine]] {
    columns.indices.map { index in
      guard columns[index].wraps, row[index].contains(where: { $0.width > widths[index] }) else {
        return row[index]
      }
      return row[index].flatMap {
        $0.text.folded(to: widths[index]).flatMap { $0.wrapped(to: widths[index]) }
      }
      .map(MeasuredLine.init)
    }
  }

  /// Each row as a block of `title | value` lines, as psql's `\x` does.
  ///
  /// Values longer than the rest of `width` go on in the next line; nothing is cut.
  public func expandedLines(width: Int? = nil) -> [StyledText] {
    let titleWidth = columns.map { DisplayWidth.of($0.title) }.max() ?? 0
    let room = width.map { max(Self.leastShrunkWidth, $0 - titleWidth - 3) }
    let values = rows.map { row in
      row.map { cell in cell.lines.flatMap { line in room.map { line.wrapped(to: $0) } ?? [line] } }
    }
    let valueWidth = values.joined().joined().map(\.width).max() ?? 0
    var lines: [StyledText] = []
    for (number, row) in values.enumerated() {
      let head = "-[ RECORD \(number + 1) ]"
      let blockWidth = titleWidth + 3 + valueWidth
      lines.append(StyledText(head + String(repeating: "-", count: max(0, blockWidth - head.count)), .dim))
      for (column, cellLines) in zip(columns, row) {
        for (index, cellLine) in cellLines.enumerated() {
          let title = StyledText(index == 0 ? column.title : "", .heading).padded(to: titleWidth)
          lines.append((title + StyledText(" | ", .dim) + cellLine).withoutTrailingSpaces)
        }
      }
    }
    return lines
  }

  /// nil when the table cannot be made narrow enough.
  private func widths(_ cells: [[[MeasuredLine]]], within limit: Int?) -> [Int]? {
    var widths = columns.indices.map { index in
      cells.reduce(DisplayWidth.of(columns[index].title)) { widest, row in
        row[index].reduce(widest) { max($0, $1.width) }
      }
    }
    guard let limit else { return widths }
    var excess = widths.reduce(0, +) + 3 * max(0, columns.count - 1) - limit
    while excess > 0 {
      // The widest gives first, down to the next widest, so that equal columns end equal.
      let shrinkable = columns.indices.filter {
        (columns[$0].shrinks || columns[$0].wraps) && widths[$0] > least($0)
      }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { return nil }
      let next = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let step = min(excess, max(1, widths[widest] - max(next, least(widest))))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func least(_ column: Int) -> Int {
    max(Self.leastShrunkWidth, DisplayWidth.of(columns[column].title))
  }

  private func line(_ cells: [MeasuredLine], _ widths: [Int]) -> StyledText {
    var line = StyledText()
    for index in columns.indices {
      if index > 0 { line.append(" | ", .dim) }
      let width = widths[index]
      let cell = cells[index]
      let isCut = columns[index].shrinks && cell.width > width
      let filling = isCut ? 0 : max(0, width - cell.width)
      let isRight = columns[index].alignment == .right
      if isRight { line.append(String(repeating: " ", count: filling)) }
      line.append(isCut ? cell.text.truncated(to: width) : cell.text)
      if !isRight, index < columns.count - 1 { line.append(String(repeating: " ", count: filling)) }
    }
    return line.withoutTrailingSpaces
  }
}

/// A line of a cell and its width, which is dear to find out.
private struct MeasuredLine {
  let text: StyledText
  let width: Int

  init(_ text: StyledText) {
    self.text = text
    width = text.width
  }
}

extension StyledText {
  /// It without the spaces at its end, whatever their style.
  var withoutTrailingSpaces: StyledText {
    if let last = runs.last?.text.utf8.last, last != 0x20 { return self }
    var runs = runs
    while let last = runs.last {
      var text = Substring(last.text)
      while text.last == " " { text.removeLast() }
      runs.removeLast()
      if !text.isEmpty {
        runs.append(Run(String(text), last.style))
        break
      }
    }
    return StyledText(runs)
  }
}
