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
    let (cost, rows, rowWidth, bars, shares) = Self.columns(outline, costliest)
    // A bar goes first, then the width of rows, then their number; costs stay whole on any screen.
    let choices: [([Column], least: Int)] = [
      ([cost, rows, rowWidth, bars], 34), ([cost, rows, rowWidth, shares], 28), ([cost, rows, shares], 22),
      ([cost, shares], 12), ([cost], 0),
    ]
    let chosen = choices.first { choice, least in
      width.map { $0 - Self.width(of: choice) >= min(titles, least) } ?? true
    }
    let shown = chosen?.0 ?? []
    titleWidth = max(8, min(titles, width.map { $0 - Self.width(of: shown) } ?? titles))
    heading =
      shown.reduce(StyledText(String(repeating: " ", count: titleWidth))) {
        $0 + "  " + StyledText($1.name, .dim).padded(to: $1.width, onLeft: $1.isNumber)
      }.withoutTrailingSpaces
    lines = outline.lines.indices.map { index in
      shown.reduce(StyledText()) {
        $0 + "  " + $1.cells[index].padded(to: $1.width, onLeft: $1.isNumber)
      }.withoutTrailingSpaces
    }
  }

  /// A column with its cells from top to bottom.
  private struct Column {
    let name: String
    let cells: [StyledText]
    let isNumber: Bool
    let width: Int

    init(name: String, cells: [StyledText], isNumber: Bool = true) {
      (self.name, self.cells, self.isNumber) = (name, cells, isNumber)
      width = cells.reduce(DisplayWidth.of(name)) { max($0, $1.width) }
    }
  }

  private static func width(of columns: [Column]) -> Int { columns.reduce(0) { $0 + $1.width + 2 } }

  private static func columns(_ outline: PlanOutline, _ costliest: Int?)
    -> (cost: Column, rows: Column, width: Column, bars: Column, shares: Column)
  {
    func column(_ name: String, _ text: (PlanNode) -> String) -> Column {
      Column(
        name: name,
        cells: outline.lines.enumerated().map {
          StyledText(text($1.node), $0 == costliest ? .strong : .plain)
        })
    }
    func share(_ name: String, _ text: (Double) -> String) -> Column {
      Column(
        name: name,
        cells: outline.lines.enumerated().map { index, line in
          StyledText(
            text(line.shareOfTotal) + (index == costliest ? " ◀" : ""),
            index == costliest ? .warning : .plain)
        }, isNumber: false)
    }
    return (
      column("cost") { CellText.cost($0.totalCost) },
      column("rows") { CellText.plain(.rows($0.planRows)) },
      column("width") { String($0.planWidth) },
      share("own share") { DisplayWidth.padded(bar($0), to: 9) + percent($0) },
      share("own", percent)
    )
  }

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
