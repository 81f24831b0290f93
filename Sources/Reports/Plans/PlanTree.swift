import IndexDesign
import Terminal

/// Draws a plan as a tree: what each node does on the left, what the planner expects on the right.
struct PlanTree {
  /// The columns to fit into; nil when the output is no terminal.
  var width: Int?
  /// Whether long conditions are shown to their end.
  var isWhole = false

  /// The most lines of a condition when it is not shown to its end.
  private static let mostLines = 3

  /// The lines of the tree, the costliest node standing out.
  func lines(_ plan: ExecutionPlan) -> [StyledText] {
    let outline = plan.outline
    let costliest = outline.lines.count > 1 ? outline.costliestIndex : nil
    let rules = TreeRules(outline, width: width)
    let places = outline.lines.indices
    let titles = places.map { Self.title(outline.lines[$0].node) }
    let joints = places.map { rules.joint(outline.lines[$0]) }
    let indents = joints.map { DisplayWidth.of($0) }
    let widest = places.reduce(0) { max($0, indents[$1] + titles[$1].width) }
    let figures = PlanFigures(outline, costliest: costliest, titles: widest, width: width)
    var result = [figures.heading]
    var isCut = false
    for index in places {
      let below = rules.below(outline.lines[index])
      let folded = Self.fold(
        titles[index].emphasised(index == costliest ? .strong : .plain),
        first: figures.titleWidth - indents[index],
        rest: width.map { $0 - DisplayWidth.of(below) - 2 })
      let first = StyledText(joints[index], .dim) + folded[0]
      result.append(first.padded(to: figures.titleWidth) + figures.cells(index))
      result += folded.dropFirst().map { StyledText(below + "  ", .dim) + $0 }
      for fact in Self.loops(outline.lines[index]) + outline.lines[index].node.particulars {
        let lines = self.fact(fact, below: below)
        isCut = isCut || lines.last?.text.hasSuffix("…") == true && !fact.text.hasSuffix("…")
        result += lines
      }
    }
    for fact in plan.particulars { result += whole("\(fact.label): \(fact.text)") }
    result += settings(plan)
    let hint = StyledText("… stands for the rest of a condition; set expanded on shows it", .dim)
    return result + (isCut ? hint.folded(to: width ?? .max, indent: 2) : [])
  }

  /// The name of a subplan in front of the step's title, and the design where it can be seen.
  private static func title(_ node: PlanNode) -> StyledText {
    var title = StyledText(node.subplanName.map { VisibleText.of($0) + ": " } ?? "", .dim)
    let words = VisibleText.of(node.qualifiedTitle)
    guard case .design(let handle)? = node.index else { return title + StyledText(words) }
    for (place, word) in words.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if place > 0 { title.append(" ") }
      title.append(String(word), word == handle.description ? .accent : .plain)
    }
    return title
  }

  /// What a step costs that is executed again and again, where this begins: its column has the cost of one loop.
  private static func loops(_ line: PlanOutline.Line) -> [PlanCondition] {
    guard line.cost.isRepeated, ["Inner", "SubPlan"].contains(line.node.parentRelationship ?? "") else {
      return []
    }
    let total = NumberText.cost(line.cost.total)
    return [
      PlanCondition(
        label: "Loops", text: "\(NumberText.whole(line.cost.loops)), cost in all of them \(total)")
    ]
  }

  /// Names go on in the next line rather than being cut: which index it is matters.
  private static func fold(_ title: StyledText, first: Int, rest: Int?) -> [StyledText] {
    guard title.width > first else { return [title] }
    var lines = [StyledText()]
    var left = first
    for run in title.runs {
      for (place, word) in run.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        let gap = place > 0 && !lines[lines.count - 1].isEmpty ? " " : ""
        let own = DisplayWidth.of(word + gap)
        if own > left, !word.isEmpty, !lines[lines.count - 1].isEmpty {
          lines.append(StyledText())
          left = rest ?? .max
        }
        let room = max(1, lines[lines.count - 1].isEmpty ? left : left - gap.count)
        let text =
          (lines[lines.count - 1].isEmpty ? "" : gap) + DisplayWidth.truncated(String(word), to: room)
        lines[lines.count - 1].append(text, run.style)
        left -= DisplayWidth.of(text)
      }
    }
    return lines
  }

  private func fact(_ fact: PlanCondition, below rules: String) -> [StyledText] {
    let text = VisibleText.of("\(fact.label): \(fact.text)")
    let indent = rules + "  "
    guard let width else { return [StyledText(indent + text, .dim)] }
    let room = Double(max(8, width - DisplayWidth.of(indent)))
    let lines = LineFolding.lines(
      of: text, fitting: room, then: room - 2, atMost: isWhole ? nil : Self.mostLines,
      measure: { Double(DisplayWidth.of(String($0))) })
    return lines.enumerated().map { StyledText(indent + ($0 > 0 ? "  " : "") + $1, .dim) }
  }

  /// What was set differently from the server's defaults, for plans that were asked for with SETTINGS.
  private func settings(_ plan: ExecutionPlan) -> [StyledText] {
    guard !plan.settings.isEmpty else { return [] }
    let list = plan.settings.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    return whole("Settings: \(list)")
  }

  private func whole(_ text: String) -> [StyledText] {
    StyledText(VisibleText.of(text), .dim).folded(to: width ?? .max, indent: 2)
  }
}

extension StyledText {
  /// It with its plain parts in another style.
  fileprivate func emphasised(_ style: Style) -> StyledText {
    StyledText(runs.map { Run($0.text, $0.style == .plain ? style : $0.style) })
  }
}

/// The lines between a tree's nodes, closer together where the screen is narrow or the tree deep.
private struct TreeRules {
  private let step: Int
  private let most: Int

  init(_ outline: PlanOutline, width: Int?) {
    let deepest = outline.lines.map(\.depth).max() ?? 0
    step = width.map { width in [3, 2].first { deepest * $0 <= width / 3 } ?? 1 } ?? 3
    most = width.map { max(2, $0 / 3) } ?? .max
  }

  /// What stands before a node's title.
  func joint(_ line: PlanOutline.Line) -> String {
    guard let last = line.siblingsFollow.last else { return "" }
    return limited(through(line.siblingsFollow.dropLast()) + ["└─ ", "├─ "][last ? 1 : 0].suited(to: step))
  }

  /// What stands before the lines that belong to a node, below its title.
  func below(_ line: PlanOutline.Line) -> String {
    let own = line.node.children.isEmpty ? "  " : "│ "
    return limited(through(line.siblingsFollow[...])) + own
  }

  private func through(_ siblingsFollow: ArraySlice<Bool>) -> String {
    siblingsFollow.map { ($0 ? "│  " : "   ").suited(to: step) }.joined()
  }

  /// Of a tree that is deeper than the screen is wide only the innermost lines are drawn.
  private func limited(_ rules: String) -> String {
    rules.count > most ? "…" + rules.suffix(most - 1) : rules
  }
}

extension String {
  /// A piece of a tree's rules for a narrower step: the line first, then its gap.
  fileprivate func suited(to step: Int) -> String {
    step == 3 ? self : step == 2 ? prefix(1) + " " : String(prefix(1))
  }
}
