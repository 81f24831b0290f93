import IndexDesign

/// Draws plans: boxes for steps, arrows for rows, before and after side by side.
///
/// The pictures stand alone: no scripts, no fonts or files of others, light and dark by the reader's wish, and
/// nothing is told by colour only. They hold no identifiers, so that several can stand on one page.
enum PlanPicture {
  /// A whole SVG document of a report's plans, with a line feed at its end; nil when it has none.
  static func svg(of report: Report) -> Markup? {
    var plans: [Report.PlanBlock] = []
    var verdict: Report.Note?
    for block in report.blocks {
      switch block {
      case .plan(let plan): plans.append(plan)
      case .note(let note) where !plans.isEmpty && note.weight != .hint: verdict = note
      default: break
      }
    }
    return plans.isEmpty ? nil : draw(plans, verdict, report.definedDesigns).svg + .line
  }

  /// An `<svg>` element for an HTML page, of one or more plans side by side.
  ///
  /// Two plans named `baseline` and `plan` are compared. Source: SVG 2, "Accessibility support".
  static func figure(of plans: [Report.PlanBlock]) -> Markup { drawing(of: plans, hasStyle: true).svg }

  /// An `<svg>` element as `figure` makes it, and how wide it is in pixels where it has all the room that it wants.
  ///
  /// - Parameter hasStyle: whether it brings its style sheet; a page with many pictures holds that once.
  static func drawing(of plans: [Report.PlanBlock], hasStyle: Bool) -> (svg: Markup, width: Double) {
    draw(plans, nil, hasStyle: hasStyle, isDocument: false)
  }

  private static let margin = 28.0
  private static let least = 640.0

  private static func draw(
    _ plans: [Report.PlanBlock], _ verdict: Report.Note?, _ definitions: [DesignHandle: String] = [:],
    hasStyle: Bool = true, isDocument: Bool = true
  ) -> (svg: Markup, width: Double) {
    let panels = self.panels(plans)
    let gap = 56.0
    let inner = max(least, panels.reduce(-gap) { $0 + $1.width + gap })
    var y = margin
    var parts: [Markup] = []
    if let statement = plans.compactMap(\.statement).first {
      parts += heading(statement, &y, inner)
    }
    if let verdict {
      for line in PictureFont.heading.folded(SVG.oneLine(verdict.text), to: inner, atMost: 3) {
        y += 19
        parts.append(SVG.text(line, margin, y, verdict.weight.rawValue))
      }
      y += 16
    }
    if y > margin { y += 10 }
    var x = margin
    for (place, panel) in panels.enumerated() {
      if place > 0 {
        let height = panels.map(\.height).max() ?? 0
        parts.append(
          SVG.path(
            "M\(SVG.number(x - gap / 2)) \(SVG.number(y))v\(SVG.number(height))", "rule", strokeWidth: 1))
      }
      parts.append(panel.svg(x, y))
      x += panel.width + gap
    }
    y += (panels.map(\.height).max() ?? 0) + 22
    let legend = PlanPictureLegend(panels).svg(margin, y, width: inner)
    parts.append(legend.svg)
    y += legend.height
    parts += self.definitions(definitions, &y, inner)
    let size = (width: inner + 2 * margin, height: y + margin)
    let titles: Markup =
      .element("title", Markup(name(of: plans))) + .line
      + .element("desc", Markup(description(plans, verdict))) + .line
    let style: Markup = hasStyle ? .element("style", PlanPictureStyle.sheet) + .line : ""
    let paper = SVG.box(0, 0, size.width, size.height, "paper")
    let content = titles + style + ([paper] + parts).joined(separator: .line)
    return (element(content, size, isDocument: isDocument), size.width)
  }

  /// What was planned: its name, and the beginning of its text.
  private static func heading(
    _ statement: Report.PlanBlock.Statement, _ y: inout Double, _ width: Double
  ) -> [Markup] {
    var parts = [
      SVG.text(PictureFont.title.cut(SVG.oneLine(statement.title), to: width), margin, y + 16, "title")
    ]
    y += 24
    let sql = SVG.oneLine(statement.sql)
    for line in PictureFont.code.folded(sql, to: width, atMost: 3) {
      y += 17
      parts.append(SVG.text(line, margin, y, "code"))
    }
    y += 12
    return [SVG.group(parts, hint: statement.sql)]
  }

  /// The designs and what they are, below the legend.
  private static func definitions(
    _ definitions: [DesignHandle: String], _ y: inout Double, _ width: Double
  ) -> [Markup] {
    definitions.sorted { $0.key < $1.key }.map { handle, sql in
      let lines = PictureFont.code.folded(SVG.oneLine("\(handle)  \(sql)"), to: width, atMost: 3)
      let texts = lines.map { line in
        y += 17
        return SVG.text(line, margin, y, "code")
      }
      return SVG.group(texts, hint: "\(handle) is \(sql)")
    }
  }

  private static func panels(_ plans: [Report.PlanBlock]) -> [PlanPicturePanel] {
    let diff = comparison(plans)
    return plans.enumerated().map { place, block in
      let rows = CellText.plain(.rows(block.plan.root.planRows))
      var remark =
        "cost \(NumberText.cost(block.plan.totalCost)), \(rows) \(rows == "1" ? "row" : "rows"), estimated"
      if place == 1, let change = diff?.costChange, change != 0 {
        remark += ", \(change > 0 ? "+" : "")\(NumberText.percent(change))"
      }
      return PlanPicturePanel(
        block.plan, heading: block.title, remark: remark,
        marks: (place == 0 ? diff?.marksBefore : diff?.marksAfter) ?? [:],
        onlyHere: place == 0 ? "gone" : "new")
    }
  }

  /// The difference of a pair; nil for all else.
  private static func comparison(_ plans: [Report.PlanBlock]) -> PlanDiff? {
    guard plans.map(\.name) == ["baseline", "plan"] else { return nil }
    return PlanDiff(before: plans[0].plan, after: plans[1].plan)
  }

  /// In HTML the element needs no namespace, and the page names no address at all.
  private static func element(
    _ content: Markup, _ size: (width: Double, height: Double), isDocument: Bool
  ) -> Markup {
    let (width, height) = (SVG.number(size.width), SVG.number(size.height))
    return .element(
      "svg",
      [
        "xmlns": isDocument ? "http://www.w3.org/2000/svg" : nil, "class": "hypo-plan", "role": "img",
        "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
        "style": "max-width:100%;height:auto",
      ], .line, content, .line)
  }

  private static func name(of plans: [Report.PlanBlock]) -> String {
    plans.compactMap(\.statement).first.map { "Plan of \($0.title)" } ?? "Plan"
  }

  /// The picture in words, for those who hear it.
  private static func description(_ plans: [Report.PlanBlock], _ verdict: Report.Note?) -> String {
    let sentences = plans.map { block in
      let steps = block.plan.outline.lines.map { line in
        let percent = PlanFigures.percent(line.shareOfTotal).drop { $0 == " " }
        return line.node.title + (percent.isEmpty ? "" : " \(percent)")
      }
      return
        "\(block.title): cost \(NumberText.cost(block.plan.totalCost)); \(steps.joined(separator: "; "))."
    }
    return ((verdict.map { [$0.text + "."] } ?? []) + sentences).joined(separator: "\n")
  }
}
