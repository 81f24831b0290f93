import Reports
import Terminal

/// A notebook as one HTML page that needs nothing else: contents, prose, commands, tables and pictures of plans.
public struct NotebookPage {
  /// What does not come onto the page as it was meant, by the line of the file.
  public let warnings: [NotebookWarning]
  private let document: NotebookDocument
  /// By the parts of the document; empty for steps.
  private let prose: [String]
  private let contents: NotebookContents
  private let steps: NotebookPageStep

  /// Reads the prose of a document.
  ///
  /// - Throws: what the template engine finds wrong, which a test rules out.
  public init(_ document: NotebookDocument) throws {
    self.document = document
    steps = try NotebookPageStep()
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
  /// - Parameter put: takes the next piece of text.
  /// - Throws: what `put` throws.
  public func write(to put: (String) throws -> Void) throws {
    let title = document.title ?? "Notebook"
    try put(HTMLPage.head(title: title, sheets: [PlanPictureStyle.sheet, NotebookPageStyle.sheet]))
    let kind = contents.isEmpty ? "notebook" : "notebook with-contents"
    try put("<div class=\"\(kind)\">\n<header>\n<h1>\(SVG.escaped(title))</h1>\n\(facts)</header>\n")
    try put(contents.html)
    try put("<main>\n")
    var number = 0
    for (place, part) in document.parts.enumerated() {
      switch part {
      case .prose: try put("<div class=\"prose\">\n\(prose[place])</div>\n")
      case .step(let step):
        if step.kind == .command { number += 1 }
        try steps.write(step, number: number, to: put)
      }
    }
    try put("</main>\n</div>\n" + HTMLPage.foot)
  }

  private var facts: String {
    guard !document.facts.isEmpty else { return "" }
    let items = document.facts.map {
      "<div><dt>\(SVG.escaped($0.name))</dt><dd>\(SVG.escaped($0.value))</dd></div>\n"
    }
    return "<dl>\n\(items.joined())</dl>\n"
  }
}
