import IndexDesign
import Terminal

/// The blocks of reports as parts of an HTML page.
public struct HTMLBlocks {
  /// What the blocks are parts of.
  public enum Surroundings {
    /// A page of reports: their titles are its headings.
    case page
    /// A step of a notebook, whose headings are its author's; wide tables scroll alone, and the page has the style of
    /// pictures.
    case step
  }

  private let surroundings: Surroundings

  /// Blocks for their surroundings.
  public init(_ surroundings: Surroundings = .page) { self.surroundings = surroundings }

  /// A block that is there as a whole; empty for rows that the server has yet to give.
  ///
  /// - Parameter report: the report that it stands in, whose plans are drawn side by side.
  public func markup(of block: Report.Block, in report: Report) -> Markup {
    switch block {
    case .fields(let fields): self.fields(fields)
    case .table(let table): self.table(table)
    case .rows, .answer: ""
    case .plan: block == report.blocks.first(where: \.isPlan) ? plans(of: report) : ""
    case .statement(_, let title, let sql): code(title, sql, class: "sql")
    case .lines(_, let text): code("", text, class: "lines")
    case .note(let note): self.note(note)
    }
  }

  /// The beginning of a table, up to its rows.
  public func head(_ title: String?, _ columns: [Report.Column]) -> Markup {
    let cells = columns.map {
      Markup.element("th", ["scope": "col", "class": $0.isNumber ? "number" : ""], Markup($0.name))
    }
    let lines: [Markup] = [
      scrollStart + .open("table"), .element("thead", .element("tr", cells.joined())), .open("tbody"), "",
    ]
    return heading(title) + lines.joined(separator: .line)
  }

  /// Rows of a table.
  public func rows(_ rows: [[Cell]]) -> Markup {
    rows.map { row in
      let cells = row.map { Markup.element("td", ["class": Self.class($0)], Markup(CellText.plain($0))) }
      return .element("tr", cells.joined()) + .line
    }.joined()
  }

  /// The end of a table.
  public var foot: Markup { .close("tbody") + .line + .close("table") + scrollEnd + .line }

  private var scrollStart: Markup { surroundings == .step ? .open("div", ["class": "scroll"]) : "" }
  private var scrollEnd: Markup { surroundings == .step ? .close("div") : "" }

  private func table(_ table: Report.Table) -> Markup {
    if table.rows.isEmpty, let empty = table.whenEmpty {
      return note(.init(weight: .information, text: empty))
    }
    return head(table.title, table.columns) + rows(table.rows) + foot
  }

  private func fields(_ fields: Report.Fields) -> Markup {
    let rows = fields.values.map { field in
      Markup.element(
        "tr", .element("th", ["scope": "row"], Markup(field.name)),
        .element("td", ["class": Self.class(field.value)], Markup(CellText.plain(field.value))),
        .element("td", ["class": "remark"], Markup(field.remark ?? ""))) + .line
    }
    let table = Markup.element("table", ["class": "fields"], .line, rows.joined())
    return heading(fields.title) + scrollStart + table + scrollEnd + .line
  }

  /// The picture of all plans of the report, and each as text, for those who search or listen.
  private func plans(of report: Report) -> Markup {
    let plans = report.blocks.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }
    let picture = PlanPicture.drawing(of: plans, hasStyle: surroundings == .page)
    let trees = plans.map { plan in
      code(
        plan.title, PlanTree(width: nil).lines(plan.plan).map(\.text).joined(separator: "\n"), class: "plan")
    }
    let width = "--width:\(SVG.number(picture.width))px"
    return .element("figure", ["style": width], .line, picture.svg, .line) + .line
      + .element("details", .element("summary", "as text"), .line, trees.joined()) + .line
  }

  private func code(_ title: String, _ text: String, class name: String) -> Markup {
    heading(title) + .element("pre", ["class": name], Markup(text)) + .line
  }

  private func note(_ note: Report.Note) -> Markup {
    let label =
      switch note.weight {
      case .information, .good, .bad: ""
      case .warning: "warning: "
      case .hint: "hint: "
      }
    return .element("p", ["class": "note \(note.weight.rawValue)"], Markup(label + note.text)) + .line
  }

  private func heading(_ title: String?) -> Markup {
    guard let title, !title.isEmpty else { return "" }
    switch surroundings {
    case .page: return .element("h2", Markup(title)) + .line
    case .step: return .element("p", ["class": "title"], Markup(title)) + .line
    }
  }

  /// What the page's style knows the value by.
  private static func `class`(_ cell: Cell) -> String {
    switch cell {
    case .missing: "missing"
    case .sql: "sql"
    case .handle: "handle"
    case .integer, .number, .cost, .rows, .bytes, .milliseconds, .share, .value(_, isNumber: true): "number"
    case .outcome(.ok): "good"
    case .outcome(.stop): "bad"
    case .outcome(.warning), .outcome(.lookYourself): "warning"
    case .outcome(.notApplicable): "missing"
    case .text, .identifier, .boolean, .timestamp, .flag, .value(_, isNumber: false): "text"
    }
  }
}
