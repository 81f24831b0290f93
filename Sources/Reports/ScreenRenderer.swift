import IndexDesign
public import Terminal

/// Renders reports for a person: aligned tables, plan trees, sentences.
public struct ScreenRenderer: Sendable {
  /// The columns to fit into; nil when the output is no terminal.
  public var width: Int?
  /// Whether rows are shown as records, one line a value, even when they fit.
  public var expanded = false
  /// Whether rows that do not fit stay rows, in lines that are too long.
  public var staysTable = false

  /// For a screen of this width.
  public init(width: Int? = nil, expanded: Bool = false, staysTable: Bool = false) {
    self.width = width
    self.expanded = expanded
    self.staysTable = staysTable
  }

  /// The lines of a report, without line feeds.
  public func lines(_ report: Report) -> [StyledText] {
    var lines: [StyledText] = []
    var previous: Report.Block?
    for block in report.blocks {
      let rendered = self.lines(block, below: previous)
      if !rendered.isEmpty { previous = block }
      lines += rendered
    }
    return lines
  }

  /// The lines of a block below another one; nil when it is the first that shows.
  public func lines(_ block: Report.Block, below previous: Report.Block?) -> [StyledText] {
    let lines = lines(block)
    guard let previous, !lines.isEmpty, Self.separates(previous, block) else { return lines }
    return [StyledText()] + lines
  }

  /// How the rows of a table stand on this screen.
  func layout(_ columns: [TextTable.Column], for rows: [[StyledText]]) -> TextTableLayout {
    TextTableLayout(columns, for: rows, width: width, records: records)
  }

  private var records: TextTableLayout.Records {
    expanded ? .always : staysTable ? .never : .whenTooWide
  }

  /// Sentences that follow one another stand close together; everything else gets air.
  private static func separates(_ above: Report.Block, _ below: Report.Block) -> Bool {
    if case .note = above, case .note = below { return false }
    return true
  }

  private func lines(_ block: Report.Block) -> [StyledText] {
    switch block {
    case .fields(let fields): heading(fields.title) + self.lines(fields)
    case .table(let table): self.lines(table)
    case .rows, .answer: []
    case .plan(let block) where block.isToldInWords: []
    case .plan(let block): heading(block.title) + PlanTree(width: width, isWhole: expanded).lines(block.plan)
    case .statement("synopsis", let title, let usage):
      // Nobody copies a usage, so that it may go on in the next line.
      heading(title)
        + folded(StyledText(usage, .strong), behind: 4).enumerated().map {
          StyledText($0.offset == 0 ? "  " : "    ") + $0.element
        }
    case .statement(_, let title, let sql):
      heading(title)
        + sql.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
          width.map { StatementFolding.lines(of: String(line), within: $0 - 2) } ?? [String(line)]
        }.map { StyledText("  \($0)", .strong) }
    case .lines(_, let text):
      text.split(separator: "\n", omittingEmptySubsequences: false).map { StyledText(String($0)) }
    case .note(let note): width.map { self.line(note).folded(to: $0, indent: 4) } ?? [self.line(note)]
    }
  }

  private func heading(_ title: String?) -> [StyledText] { title.map { [StyledText($0, .heading)] } ?? [] }

  /// Names stand in a column of their own; one that is too long for it stands above its value.
  private func lines(_ fields: Report.Fields) -> [StyledText] {
    let limit = width.map { max(8, $0 / 2 - 2) } ?? .max
    let names = fields.values.map { DisplayWidth.of($0.name) }
    let widest = names.filter { $0 <= limit }.max() ?? 2
    let indent = StyledText(String(repeating: " ", count: widest + 2))
    return zip(fields.values, names).flatMap { field, nameWidth -> [StyledText] in
      let text = CellText.styled(field.value) + (field.remark.map { StyledText("  \($0)", .dim) } ?? "")
      let values = text.lines.flatMap { folded($0, behind: widest + 2) }
      let name = StyledText(field.name, .dim)
      if nameWidth > limit {
        return
          (width.map { width in
            name.folded(to: width, indent: 4).flatMap { $0.wrapped(to: width) }
          } ?? [name]) + values.map { indent + $0 }
      }
      return values.enumerated().map { ($0 == 0 ? name.padded(to: widest + 2) : indent) + $1 }
    }
  }

  private func folded(_ line: StyledText, behind column: Int) -> [StyledText] {
    guard let width else { return [line] }
    let room = max(8, width - column)
    return line.folded(to: room).flatMap { $0.wrapped(to: room) }
  }

  private func lines(_ table: Report.Table) -> [StyledText] {
    if table.rows.isEmpty, let empty = table.whenEmpty { return [StyledText(empty, .dim)] }
    var text = TextTable(
      columns: table.columns.enumerated().map { index, column in
        let isSQL = Self.isSQL(table.rows, index)
        // A statement may be cut, which its handle shows whole; a definition is what the row is about.
        let isDefinition = isSQL && column.name == "definition"
        return TextTable.Column(
          column.name, column.isNumber ? .right : .left, shrinks: isSQL && !isDefinition,
          wraps: isDefinition || (!isSQL && !column.isNumber),
          yieldsLast: !isDefinition && !Self.wraps(table.rows, index), keepsWords: isDefinition)
      })
    for row in table.rows { text.append(row.map(CellText.styled)) }
    return heading(table.title) + text.lines(width: width, records: records)
  }

  private static func isSQL(_ rows: [[Cell]], _ column: Int) -> Bool {
    rows.contains { if case .sql = $0[column] { true } else { false } }
  }

  /// Sentences and values go on in the next line: their ends matter. Names do so when nothing else helps.
  private static func wraps(_ rows: [[Cell]], _ column: Int) -> Bool {
    rows.contains {
      switch $0[column] {
      case .text, .value(_, isNumber: false): true
      default: false
      }
    }
  }

  private func line(_ note: Report.Note) -> StyledText {
    switch note.weight {
    case .information: StyledText(note.text)
    case .good: StyledText(note.text, .good)
    case .bad: StyledText(note.text, .bad)
    case .warning: StyledText("warning: ", .warning) + StyledText(note.text)
    case .hint: StyledText("hint: ", .dim) + StyledText(note.text)
    }
  }
}
