import Reports
import Terminal

/// Writes the steps of a notebook as parts of its page.
struct NotebookPageStep {
  private let blocks = HTMLBlocks(.step)

  /// Writes a step.
  ///
  /// - Parameter number: which of the notebook's commands it is, from 1; expectations and the like have none.
  func write(_ step: NotebookDocument.Step, number: Int, to put: (Markup) throws -> Void) throws {
    let conditions = step.conditions.map { Markup.element("span", ["class": "guard"], Markup($0)) + " " }
      .joined()
    let command = Markup.element("code", Markup(step.shownCommand))
    switch step.kind {
    case .command: try put(begin(command, conditions, number))
    case .expectation(let verdict):
      let sign = Markup.element("span", ["aria-hidden": "true"], Markup(verdict.sign))
      let predicate = Markup.element("code", Markup(step.predicate))
      try put(
        begin("line \(verdict)", conditions, .element("b", sign, " ", Markup(verdict.word)), " ", predicate))
    case .capture(let value):
      try put(begin("line", conditions, command, value.map(captured) ?? ""))
    case .pause(let text):
      try put(begin("pause", conditions, .element("b", "Pause."), " ", Markup(text)))
    case .direction: try put(begin("line", conditions, command))
    }
    if !step.results.isEmpty {
      try put(.open("div", ["class": "results"]) + .line)
      let writer = ReportWriter(ResultForm(blocks: blocks)) { _, _ in "" }
      for report in step.results { try writer.write(report) { try put(Markup(verbatim: $0)) } }
      try put(.close("div") + .line)
    }
    if let failure = step.failure { try put(self.failure(failure)) }
    try put(.close("section") + .line)
  }

  private func begin(_ style: String, _ content: Markup...) -> Markup {
    .open("section", ["class": style]) + content.joined() + .line
  }

  /// A name with a colon is none that a heading can have.
  private func begin(_ command: Markup, _ conditions: Markup, _ number: Int) -> Markup {
    let guards: Markup =
      conditions.isEmpty ? "" : .element("p", ["class": "guards"], conditions) + .line
    let place = Markup.element(
      "a", ["class": "place", "href": "#step:\(number)", "aria-label": "Step \(number)"], Markup("\(number)"))
    let typed = Markup.element(
      "div", ["class": "typed"], .element("pre", ["class": "command"], command), place)
    return .open("section", ["class": "step", "id": "step:\(number)"]) + .line + guards + typed + .line
  }

  private func captured(_ value: Cell) -> Markup {
    " " + .element("span", ["class": "value"], Markup("is \(CellText.plain(value))"))
  }

  private func failure(_ failure: Failure) -> Markup {
    let lines = ErrorText.lines(failure).map(\.text).joined(separator: "\n")
    let sign = Markup.element("span", ["aria-hidden": "true"], "✗")
    let words = Markup.element("p", .element("b", sign, " fails, as the next step expects"))
    return .element("div", ["class": "failure"], words, .line, .element("pre", Markup(lines))) + .line
  }
}

/// The blocks of recorded reports, without a page around them.
private struct ResultForm: ReportForm {
  let blocks: HTMLBlocks
  private var report = Report("")

  init(blocks: HTMLBlocks) { self.blocks = blocks }

  mutating func begin(_ report: Report) -> String {
    self.report = report
    return ""
  }

  func text(of block: Report.Block) -> String { blocks.markup(of: block, in: report).source }

  func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    blocks.head(nil, batch.columns.map(Report.Column.init)).source + text(of: batch)
  }

  func text(of batch: RowBatch) -> String { blocks.rows(batch.cells).source }

  func endRows() -> String { blocks.foot.source }
}
