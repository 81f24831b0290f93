import Reports
import Terminal

/// A notebook as one HTML page that needs nothing else: contents, prose, commands, tables and pictures of plans.
public struct NotebookPage {
  /// What does not come onto the page as it was meant, by the line of the file.
  public let warnings: [NotebookWarning]
  private let document: NotebookDocument
  /// By the parts of the document; empty for steps.
  private let prose: [Markup]
  private let contents: NotebookContents
  private let steps = NotebookPageStep()

  /// Reads the prose of a document.
  public init(_ document: NotebookDocument) {
    self.document = document
    let read = document.parts.map { part -> (prose: Prose, line: Int)? in
      guard case .prose(let text, let line) = part else { return nil }
      return (Prose(VisibleText.of(text, keepingNewlines: true)), line)
    }
    // The page's own title is its only heading of the first level.
    let uppermost = read.lazy.compactMap { $0?.prose.headings.map(\.level).min() }.min() ?? 2
    var slugs = HeadingSlugs()
    var anchors: [Prose.Anchor] = []
    prose = read.map { part in
      guard let part else { return "" }
      let page = part.prose.html(shift: 2 - uppermost, slugs: &slugs)
      anchors += page.anchors
      return page.html
    }
    contents = NotebookContents(anchors)
    warnings = read.compactMap(\.self).flatMap { part in
      part.prose.remarks.map { NotebookWarning($0, proseLine: part.line) }
    }
  }

  /// Writes the page.
  ///
  /// - Parameter write: takes the next piece of text.
  /// - Throws: what `write` throws.
  public func write(to write: (String) throws -> Void) throws {
    func put(_ markup: Markup) throws { try write(markup.source) }
    let title = document.title ?? "Notebook"
    try put(HTMLPage.head(title: title, sheets: [PlanPictureStyle.sheet, NotebookPageStyle.sheet]))
    try put(.open("div", ["class": contents.isEmpty ? "notebook" : "notebook with-contents"]) + .line)
    try put(.element("header", .line, .element("h1", Markup(title)), .line, facts) + .line)
    try put(contents.markup)
    try put(.open("main") + .line)
    var number = 0
    for (place, part) in document.parts.enumerated() {
      switch part {
      case .prose: try put(.element("div", ["class": "prose"], .line, prose[place]) + .line)
      case .step(let step):
        if step.kind == .command { number += 1 }
        try steps.write(step, number: number, to: put)
      }
    }
    try put(.close("main") + .line + .close("div") + .line + HTMLPage.foot)
  }

  private var facts: Markup {
    guard !document.facts.isEmpty else { return "" }
    let items = document.facts.map {
      Markup.element("div", .element("dt", Markup($0.name)), .element("dd", Markup($0.value))) + .line
    }
    return .element("dl", .line, items.joined()) + .line
  }
}
