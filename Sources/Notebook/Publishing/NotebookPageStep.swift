import Reports
import Terminal

/// Writes the steps of a notebook as parts of its page.
struct NotebookPageStep {
  private let blocks: HTMLBlocks

  /// - Throws: what the template engine finds wrong, which a test rules out.
  init() throws { blocks = try HTMLBlocks(.step) }

  /// Writes a step.
  ///
  /// - Parameter number: which of the notebook's commands it is, from 1; expectations and the like have none.
  func write(_ step: NotebookDocument.Step, number: Int, to put: (String) throws -> Void) throws {
    switch step.kind {
    case .command: try put(command(step, number))
    case .expectation(let verdict): try put(expectation(step, verdict))
    case .capture(let value): try put(capture(step, value))
    case .pause(let text):
      try put("<section class=\"pause\">\(conditions(step))<b>Pause.</b> \(SVG.escaped(text))\n")
    case .direction:
      try put("<section class=\"line\">\(conditions(step))<code>\(SVG.escaped(step.shownCommand))</code>\n")
    }
    if !step.results.isEmpty {
      try put("<div class=\"results\">\n")
      let writer = ReportWriter(ResultForm(blocks: blocks)) { _, _ in "" }
      for report in step.results { try writer.write(report, to: put) }
      try put("</div>\n")
    }
    if let failure = step.failure { try put(self.failure(failure)) }
    try put("</section>\n")
  }

  /// A name with a colon is none that a heading can have.
  private func command(_ step: NotebookDocument.Step, _ number: Int) -> String {
    let conditions = conditions(step)
    return """
      <section class="step" id="step:\(number)">
      \(conditions.isEmpty ? "" : "<p class=\"guards\">\(conditions)</p>\n")<div class="typed">\
      <pre class="command"><code>\(SVG.escaped(step.shownCommand))</code></pre>\
      <a class="place" href="#step:\(number)" aria-label="Step \(number)">\(number)</a></div>

      """
  }

  private func expectation(_ step: NotebookDocument.Step, _ verdict: NotebookDocument.Verdict) -> String {
    """
    <section class="line \(verdict)">\(conditions(step))<b><span aria-hidden="true">\(verdict.sign)</span> \
    \(verdict.word)</b> <code>\(SVG.escaped(step.predicate))</code>

    """
  }

  private func capture(_ step: NotebookDocument.Step, _ value: Cell?) -> String {
    let value = value.map { " <span class=\"value\">is \(SVG.escaped(CellText.plain($0)))</span>" } ?? ""
    return """
      <section class="line">\(conditions(step))<code>\(SVG.escaped(step.shownCommand))</code>\(value)

      """
  }

  private func failure(_ failure: Failure) -> String {
    let lines = ErrorText.lines(failure).map(\.text).joined(separator: "\n")
    return """
      <div class="failure"><p><b><span aria-hidden="true">✗</span> fails, as the next step expects</b></p>
      <pre>\(SVG.escaped(lines))</pre></div>

      """
  }

  private func conditions(_ step: NotebookDocument.Step) -> String {
    step.conditions.map { "<span class=\"guard\">\(SVG.escaped($0))</span> " }.joined()
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

  func text(of block: Report.Block) -> String { blocks.text(of: block, in: report) }

  func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    blocks.head(nil, batch.columns.map(Report.Column.init)) + text(of: batch)
  }

  func text(of batch: RowBatch) -> String { blocks.rows(batch.cells) }

  func endRows() -> String { blocks.foot }
}
