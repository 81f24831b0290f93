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
    /// Whether a column that wraps does so only when the others have given all they can: names, which are
    /// hard to read in pieces.
    public var yieldsLast: Bool
    /// Whether the rows become records rather than that a word of it is torn.
    public var keepsWords: Bool

    /// A column.
    public init(
      _ title: String, _ alignment: Alignment = .left, shrinks: Bool = false, wraps: Bool = false,
      yieldsLast: Bool = false, keepsWords: Bool = false
    ) {
      self.title = title
      self.alignment = alignment
      self.shrinks = shrinks
      self.wraps = wraps
      self.yieldsLast = yieldsLast
      self.keepsWords = keepsWords
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

  /// The table in at most `width` columns, or in record form when even a shrunk one does not fit.
  ///
  /// nil means as wide as it is. Cells with several lines make a row of several lines.
  public func lines(width: Int? = nil, records: TextTableLayout.Records = .whenTooWide) -> [StyledText] {
    let layout = TextTableLayout(columns, for: rows, width: width, records: records)
    return layout.head + rows.enumerated().flatMap { layout.lines(of: $1, number: $0 + 1) }
  }
}
