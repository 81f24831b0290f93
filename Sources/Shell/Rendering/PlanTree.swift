import IndexDesign
import Terminal

/// Draws a plan as a tree: what each node does on the left, what the planner expects on the right.
struct PlanTree {
  /// The columns to fit into; nil when the output is no terminal.
  var width: Int?

  /// The lines of the tree, the costliest node standing out.
  func lines(_ plan: ExecutionPlan) -> [StyledText] {
    let outline = plan.outline
    let costliest = outline.lines.count > 1 ? outline.costliestIndex : nil
    let titles = outline.lines.enumerated().map { index, line in
      StyledText(prefix(line), .dim) + StyledText(line.node.title, index == costliest ? .strong : .plain)
    }
    let titleWidths = titles.map(\.width)
    let costs = Figures(outline.lines.map { CellText.cost($0.node.totalCost) })
    let rows = Figures(outline.lines.map { CellText.plain(.rows($0.node.planRows)) })
    let widest = titleWidths.max() ?? 0
    let column = max(20, min(widest, width.map { $0 - costs.width - rows.width - 14 } ?? widest))
    var result: [StyledText] = []
    for (index, line) in outline.lines.enumerated() {
      var text = titleWidths[index] > column ? titles[index].truncated(to: column) : titles[index]
      let filling = String(repeating: " ", count: max(0, column - titleWidths[index]))
      let figures = "  cost \(costs[index])  rows \(rows[index])"
      text.append(filling)
      text.append(figures, index == costliest ? .strong : .plain)
      if index == costliest { text.append(mark(line, behind: column + figures.utf8.count), .warning) }
      result.append(text)
      result += details(line)
    }
    return result
  }

  /// The share of the costliest node, where the screen has room for it.
  private func mark(_ line: PlanOutline.Line, behind column: Int) -> String {
    let mark = "  ◀ \(CellText.percent(line.shareOfTotal))"
    return width.map { column + mark.count <= $0 } ?? true ? mark : ""
  }

  private func prefix(_ line: PlanOutline.Line) -> String {
    guard line.depth > 0 else { return "" }
    let above = line.siblingsFollow.dropLast().map { $0 ? "│  " : "   " }.joined()
    return above + (line.siblingsFollow.last == true ? "├─ " : "└─ ")
  }

  private func details(_ line: PlanOutline.Line) -> [StyledText] {
    let above = line.siblingsFollow.map { $0 ? "│  " : "   " }.joined()
    var facts = line.node.conditions.map { "\($0.label): \($0.text)" }
    if !line.node.sortKeys.isEmpty {
      facts.insert("Sort Key: " + line.node.sortKeys.joined(separator: ", "), at: 0)
    }
    if !line.node.groupKeys.isEmpty {
      facts.insert("Group Key: " + line.node.groupKeys.joined(separator: ", "), at: 0)
    }
    return facts.map { fact in
      let text = StyledText(above + "     " + fact, .dim)
      return width.map { text.truncated(to: $0) } ?? text
    }
  }
}

/// A column of numbers, which stand to the right.
private struct Figures {
  let width: Int
  private let texts: [String]

  init(_ texts: [String]) {
    self.texts = texts
    width = texts.map(\.count).max() ?? 0
  }

  subscript(index: Int) -> String {
    String(repeating: " ", count: width - texts[index].count) + texts[index]
  }
}
