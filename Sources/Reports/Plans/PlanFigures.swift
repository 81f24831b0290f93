import IndexDesign
import Terminal

/// The numbers beside a plan's tree: as many columns as the screen has room for.
struct PlanFigures {
  /// The columns of the tree itself.
  let titleWidth: Int
  /// The names above the columns.
  let heading: StyledText
  private let lines: [StyledText]

  /// What stands behind the title of a step, by its place in the outline.
  func cells(_ index: Int) -> StyledText { lines[index] }

  /// Chooses the columns.
  ///
  /// - Parameters:
  ///   - costliest: the place of the step that stands out; nil for none.
  ///   - titles: the columns that the widest title takes, the tree's lines included.
  ///   - width: the columns of the screen; nil for as many as it takes.
  init(_ outline: PlanOutline, costliest: Int?, titles: Int, width: Int?) {
    let cost = Column("cost", outline) { NumberText.cost($0.node.totalCost) }
    let rows = Column("rows", outline) { CellText.plain(.rows($0.node.planRows)) }
    let rowWidth = Column("width", outline) { String($0.node.planWidth) }
    func share(_ name: String, _ text: (Double) -> String) -> Column {
      var cells = outline.lines.map { text($0.shareOfTotal) }
      if let costliest { cells[costliest] += " ◀" }
      return Column(name: name, cells: cells, isNumber: false)
    }
    // A bar goes first, then the width of rows, then their number; costs stay whole on any screen.
    let choices: [(columns: () -> [Column], least: Int)] = [
      (
        {
          [
            cost, rows, rowWidth,
            share("own share") { DisplayWidth.padded(Self.bar($0), to: 9) + Self.percent($0) },
          ]
        }, 34
      ),
      ({ [cost, rows, rowWidth, share("own", Self.percent)] }, 28),
      ({ [cost, rows, share("own", Self.percent)] }, 22),
      ({ [cost, share("own", Self.percent)] }, 12), ({ [cost] }, 0),
    ]
    let chosen = choices.lazy.map { ($0.columns(), $0.least) }.first { columns, least in
      width.map { $0 - Self.width(of: columns) >= min(titles, least) } ?? true
    }
    let shown = chosen?.0 ?? []
    titleWidth = max(8, min(titles, width.map { $0 - Self.width(of: shown) } ?? titles))
    var heading = StyledText(String(repeating: " ", count: titleWidth))
    for column in shown { column.append(column.name, .dim, to: &heading) }
    self.heading = heading.withoutTrailingSpaces
    lines = outline.lines.indices.map { index in
      var line = StyledText()
      for column in shown {
        let emphasis: Style = column.isNumber ? .strong : .warning
        column.append(column.cells[index], index == costliest ? emphasis : .plain, to: &line)
      }
      return line.withoutTrailingSpaces
    }
  }

  /// A column with its cells from top to bottom.
  private struct Column {
    let name: String
    let cells: [String]
    let isNumber: Bool
    let width: Int

    init(name: String, cells: [String], isNumber: Bool) {
      (self.name, self.cells, self.isNumber) = (name, cells, isNumber)
      width = cells.reduce(DisplayWidth.of(name)) { max($0, DisplayWidth.of($1)) }
    }

    init(_ name: String, _ outline: PlanOutline, _ text: (PlanOutline.Line) -> String) {
      self.init(name: name, cells: outline.lines.map(text), isNumber: true)
    }

    /// Adds a text of the column with the space before it, and around it up to the column's width.
    func append(_ text: String, _ style: Style, to line: inout StyledText) {
      let filling = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
      line.append(isNumber ? "  " + filling : "  ")
      line.append(text, style)
      if !isNumber { line.append(filling) }
    }
  }

  private static func width(of columns: [Column]) -> Int { columns.reduce(0) { $0 + $1.width + 2 } }

  /// A share of the cost in whole per cent; nothing when it rounds to none.
  static func percent(_ share: Double) -> String {
    let whole = Int((share * 100).rounded())
    return whole < 1 ? "" : String(repeating: " ", count: whole < 10 ? 2 : whole < 100 ? 1 : 0) + "\(whole) %"
  }

  /// A share as a bar of up to eight characters, in steps of an eighth of one.
  static func bar(_ share: Double) -> String {
    let eighths = Int((max(0, min(1, share)) * 64).rounded())
    let rest = eighths % 8
    return String(repeating: "█", count: eighths / 8) + (rest > 0 ? String("▏▎▍▌▋▊▉"[rest - 1]) : "")
  }
}

extension String {
  fileprivate subscript(place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
