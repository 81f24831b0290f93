import Reports
import Terminal

/// A notebook as Markdown that GitHub renders: prose as it is, commands and plans in fences, results as tables.
///
/// Of a server's text nothing becomes markup; see `MarkdownText`.
public struct NotebookMarkdown {
  private let document: NotebookDocument

  /// The Markdown of a document.
  public init(_ document: NotebookDocument) { self.document = document }

  /// Writes the text.
  ///
  /// - Parameter put: takes the next piece of text.
  /// - Throws: what `put` throws.
  public func write(to put: (String) throws -> Void) throws {
    try put(head)
    var isInList = false
    for (place, part) in document.parts.enumerated() {
      switch part {
      case .prose(let prose, _):
        try put((place > 0 || !head.isEmpty ? "\n" : "") + Self.prose(prose))
        isInList = false
      case .step(let step):
        // Items of one list stand together.
        let isItem = step.kind.isItem
        try put(isItem && isInList || place == 0 && head.isEmpty ? "" : "\n")
        try put(Self.text(step))
        isInList = isItem && step.results.isEmpty && step.failure == nil
        try Self.write(results: step, to: put)
      }
    }
  }

  private var head: String {
    let title = document.title.map { "# \(MarkdownText.prose($0))\n" } ?? ""
    let facts = document.facts.map {
      "- **\(MarkdownText.prose($0.name)):** \(MarkdownText.prose($0.value))\n"
    }
    return title + (title.isEmpty || facts.isEmpty ? "" : "\n") + facts.joined()
  }

  /// What the author left open must not swallow the steps behind it.
  private static func prose(_ text: String) -> String {
    let closing = Prose.closing(of: text)
    return text + (text.utf8.last == 0x0A ? "" : "\n") + (closing.isEmpty ? "" : closing + "\n")
  }

  private static func text(_ step: NotebookDocument.Step) -> String {
    let conditions = step.conditions.map(MarkdownText.prose).joined(separator: ", ")
    let label = conditions.isEmpty ? "" : "*\(conditions):* "
    func code(_ text: String) -> String { MarkdownText.code(CellText.oneLine(text), inTable: false) }
    switch step.kind {
    case .command:
      let fence = MarkdownText.fence(step.isSQL ? "sql" : "text", step.shownCommand)
      return (conditions.isEmpty ? "" : "*\(conditions):*\n\n") + fence
    case .expectation(let verdict):
      return "- \(label)\(verdict.sign) \(verdict.word): \(code(step.predicate))\n"
    case .capture(let value):
      return "- \(label)\(code(step.shownCommand))" + (value.map { " is \(MarkdownText.of($0))" } ?? "")
        + "\n"
    case .direction: return "- \(label)\(code(step.shownCommand))\n"
    case .pause(let text): return "> \(label)**Pause.** \(MarkdownText.prose(text))\n"
    }
  }

  private static func write(results step: NotebookDocument.Step, to put: (String) throws -> Void) throws {
    if !step.results.isEmpty {
      try put("\n")
      let writer = ReportWriter(ReportForms.markdown) { _, _ in "" }
      for report in step.results { try writer.write(report, to: put) }
    }
    if let failure = step.failure {
      let lines = ErrorText.lines(failure).map { VisibleText.of($0.text, keepingNewlines: true) }
      try put(
        "\n✗ fails, as the next step expects:\n\n"
          + MarkdownText.fence("text", lines.joined(separator: "\n")))
    }
  }
}

extension NotebookDocument.Kind {
  /// Whether it is an item of a list, rather than a block of its own.
  fileprivate var isItem: Bool {
    switch self {
    case .expectation, .capture, .direction: true
    case .command, .pause: false
    }
  }
}
