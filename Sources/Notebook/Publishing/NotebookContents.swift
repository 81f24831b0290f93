import Reports

/// The table of contents of a page: its three uppermost levels of headings.
struct NotebookContents {
  private let anchors: [Prose.Anchor]

  init(_ anchors: [Prose.Anchor]) { self.anchors = anchors.filter { $0.level <= 4 } }

  /// A single heading is found without a table.
  var isEmpty: Bool { anchors.count < 2 }

  /// The table; nothing when it would be empty.
  var markup: Markup {
    guard !isEmpty else { return "" }
    let items = anchors.map { anchor in
      Markup.element(
        "li", ["class": "level-\(anchor.level)"],
        .element("a", ["href": "#\(anchor.slug)"], Markup(anchor.text))) + .line
    }
    return .element(
      "nav", ["aria-label": "Contents"], .line, .element("p", "Contents"), .line,
      .element("ul", .line, items.joined()), .line) + .line
  }
}
