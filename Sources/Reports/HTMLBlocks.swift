import IndexDesign
import Mustache
import Terminal

/// The blocks of reports as parts of an HTML page. Every value is escaped before it comes into a template.
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
  private let fieldsTemplate: MustacheTemplate
  private let headTemplate: MustacheTemplate
  private let rowsTemplate: MustacheTemplate
  private let codeTemplate: MustacheTemplate
  private let noteTemplate: MustacheTemplate

  /// Reads the templates.
  ///
  /// - Throws: what the template engine finds wrong, which a test rules out.
  public init(_ surroundings: Surroundings = .page) throws {
    self.surroundings = surroundings
    let isPage = surroundings == .page
    let heading = isPage ? "<h2>{{{title}}}</h2>" : "<p class=\"title\">{{{title}}}</p>"
    let title = "{{#title}}\(heading)\n{{/title}}"
    let open = isPage ? "" : "<div class=\"scroll\">"
    let close = isPage ? "" : "</div>"
    foot = "</tbody>\n</table>\(close)\n"
    fieldsTemplate = try MustacheTemplate(
      string: """
        \(title)\(open)<table class="fields">
        {{#fields}}<tr><th scope="row">{{{name}}}</th><td class="{{class}}">{{{value}}}</td><td class="remark">{{{remark}}}</td></tr>
        {{/fields}}</table>\(close)

        """)
    headTemplate = try MustacheTemplate(
      string: """
        \(title)\(open)<table>
        <thead><tr>{{#columns}}<th scope="col" class="{{class}}">{{{name}}}</th>{{/columns}}</tr></thead>
        <tbody>

        """)
    rowsTemplate = try MustacheTemplate(
      string: """
        {{#rows}}<tr>{{#cells}}<td class="{{class}}">{{{text}}}</td>{{/cells}}</tr>
        {{/rows}}
        """)
    codeTemplate = try MustacheTemplate(
      string: """
        \(title)<pre class="{{class}}">{{{text}}}</pre>

        """)
    noteTemplate = try MustacheTemplate(string: "<p class=\"{{class}}\">{{{text}}}</p>\n")
  }

  /// A block that is there as a whole; empty for rows that the server has yet to give.
  ///
  /// - Parameter report: the report that it stands in, whose plans are drawn side by side.
  public func text(of block: Report.Block, in report: Report) -> String {
    switch block {
    case .fields(let fields): text(fields)
    case .table(let table): text(table)
    case .rows, .answer: ""
    case .plan: block == report.blocks.first(where: \.isPlan) ? plans(of: report) : ""
    case .statement(_, let title, let sql): code(title, sql, class: "sql")
    case .lines(_, let text): code("", text, class: "lines")
    case .note(let note): self.note(note)
    }
  }

  /// The beginning of a table, up to its rows.
  public func head(_ title: String?, _ columns: [Report.Column]) -> String {
    headTemplate.render(
      Self.titled(
        title,
        ["columns": columns.map { ["name": Self.escaped($0.name), "class": $0.isNumber ? "number" : ""] }]))
  }

  /// Rows of a table.
  public func rows(_ rows: [[Cell]]) -> String {
    rowsTemplate.render([
      "rows": rows.map { row in
        ["cells": row.map { ["text": Self.escaped(CellText.plain($0)), "class": Self.class($0)] }]
      }
    ])
  }

  /// The end of a table.
  public let foot: String

  private func text(_ table: Report.Table) -> String {
    if table.rows.isEmpty, let empty = table.whenEmpty {
      return note(.init(weight: .information, text: empty))
    }
    return head(table.title, table.columns) + rows(table.rows) + foot
  }

  private func text(_ fields: Report.Fields) -> String {
    let values = fields.values.map { field in
      [
        "name": Self.escaped(field.name), "value": Self.escaped(CellText.plain(field.value)),
        "class": Self.class(field.value), "remark": Self.escaped(field.remark ?? ""),
      ]
    }
    return fieldsTemplate.render(Self.titled(fields.title, ["fields": values]))
  }

  /// The picture of all plans of the report, and each as text, for those who search or listen.
  private func plans(of report: Report) -> String {
    let plans = report.blocks.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }
    let picture = PlanPicture.drawing(of: plans, hasStyle: surroundings == .page)
    let trees = plans.map { plan in
      code(
        plan.title, PlanTree(width: nil).lines(plan.plan).map(\.text).joined(separator: "\n"), class: "plan")
    }.joined()
    let width = "--width:\(SVG.number(picture.width))px"
    return """
      <figure style="\(width)">
      \(picture.svg)
      </figure>
      <details><summary>as text</summary>
      \(trees)</details>

      """
  }

  private func code(_ title: String, _ text: String, class name: String) -> String {
    codeTemplate.render(Self.titled(title, ["text": Self.escaped(text), "class": name]))
  }

  private func note(_ note: Report.Note) -> String {
    let label =
      switch note.weight {
      case .information, .good, .bad: ""
      case .warning: "warning: "
      case .hint: "hint: "
      }
    return noteTemplate.render([
      "text": Self.escaped(label + note.text), "class": "note \(note.weight.rawValue)",
    ])
  }

  private static func titled(_ title: String?, _ values: [String: Any]) -> [String: Any] {
    guard let title, !title.isEmpty else { return values }
    return values.merging(["title": escaped(title)]) { $1 }
  }

  /// The templates' own escaping looks at characters, and a mark that joins `<` makes another one of it.
  private static func escaped(_ text: String) -> String { SVG.escaped(text) }

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
