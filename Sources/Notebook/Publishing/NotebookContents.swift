import Reports

/// The table of contents of a page: its three uppermost levels of headings.
struct NotebookContents {
  private let anchors: [Prose.Anchor]

  init(_ anchors: [Prose.Anchor]) { self.anchors = anchors.filter { $0.level <= 4 } }

  /// A single heading is found without a table.
  var isEmpty: Bool { anchors.count < 2 }

  /// The table; nothing when it would be empty.
  var html: String {
    guard !isEmpty else { return "" }
    let items = anchors.map { anchor in
      "<li class=\"level-\(anchor.level)\"><a href=\"#\(anchor.slug)\">\(SVG.escaped(anchor.text))</a></li>\n"
    }
    return "<nav aria-label=\"Contents\">\n<p>Contents</p>\n<ul>\n\(items.joined())</ul>\n</nav>\n"
  }
}
