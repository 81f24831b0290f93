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
    let costs = outline.lines.map { CellText.cost($0.node.totalCost) }
    let rows = outline.lines.map { CellText.plain(.rows($0.node.planRows)) }
    let costWidth = costs.map(DisplayWidth.of).max() ?? 0
    let rowWidth = rows.map(DisplayWidth.of).max() ?? 0
    let widest = titles.map(\.width).max() ?? 0
    let column = max(20, min(widest, width.map { $0 - costWidth - rowWidth - 14 } ?? widest))
    var result: [StyledText] = []
    for (index, line) in outline.lines.enumerated() {
      let isCostliest = index == costliest
      let figures =
        "  cost " + DisplayWidth.padded(costs[index], to: costWidth, onLeft: true) + "  rows "
        + DisplayWidth.padded(rows[index], to: rowWidth, onLeft: true)
      var text = titles[index].truncated(to: column).padded(to: column)
      text.append(figures, isCostliest ? .strong : .plain)
      let mark = "  ◀ \(CellText.percent(line.shareOfTotal))"
      if isCostliest, width.map({ text.width + DisplayWidth.of(mark) <= $0 }) ?? true {
        text.append(mark, .warning)
      }
      result.append(text)
      result += details(line)
    }
    return result
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
