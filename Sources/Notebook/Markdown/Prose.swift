import Reports

/// A part of a text in GitHub-flavoured Markdown, read and made safe for a page.
///
/// Its HTML loads nothing and runs nothing: raw HTML stands as text, comments are left out, pictures become the words
/// that stand for them, and a link leads to http, https, mailto or a relative address, else it is plain text.
///
///     let prose = Prose("## What is *slow*?")
///     var slugs = HeadingSlugs()
///     prose.html(shift: 0, slugs: &slugs).html.source    // <h2 id="what-is-slow">What is <em>slow</em>?</h2>
struct Prose: Sendable {
  /// A heading of the text.
  struct Heading: Equatable, Sendable {
    /// From 1, the uppermost, to 6.
    var level: Int
    /// Its words without markup.
    var text: String
  }

  /// A heading on the page.
  struct Anchor: Equatable, Sendable {
    /// From 1, the uppermost, to 6.
    var level: Int
    /// Its words without markup.
    var text: String
    /// The name by which links reach it.
    var slug: String
  }

  /// What of the text does not come onto the page as its author may have meant it.
  struct Remark: Equatable, Sendable {
    /// What happened to it.
    enum Kind: Equatable, Sendable {
      /// Raw HTML stands as text.
      case rawHTML
      /// A picture is replaced by its words.
      case picture
      /// A link to where no link may lead is plain text.
      case link
    }
    /// What happened to it.
    var kind: Kind
    /// The line of the text, from 1.
    var line: Int
    /// The tag or the address.
    var text: String
  }

  /// The headings, in order.
  let headings: [Heading]
  /// What was changed for safety, in order.
  let remarks: [Remark]
  private let plainHTML: String

  /// Reads a text.
  init(_ markdown: String) {
    let tree = ProseTree(markdown)
    remarks = tree.makeSafe()
    headings = tree.headings
    plainHTML = tree.html()
  }

  /// The text as HTML blocks, each heading with its name.
  ///
  /// - Parameters:
  ///   - shift: what is added to the level of each heading; levels stay within 1 to 6.
  ///   - slugs: the names that the page has given so far.
  func html(shift: Int, slugs: inout HeadingSlugs) -> (html: Markup, anchors: [Anchor]) {
    let anchors = headings.map {
      Anchor(level: min(6, max(1, $0.level + shift)), text: $0.text, slug: slugs.slug(for: $0.text))
    }
    guard !anchors.isEmpty else { return (Markup(verbatim: plainHTML), []) }
    var result: [UInt8] = []
    var next = anchors[...]
    let bytes = Array(plainHTML.utf8)
    var at = 0
    while at < bytes.count {
      // All text is escaped, so that what looks like the tag of a heading is one.
      if let tag = Self.headingTag(bytes[at...]), let anchor = next.first {
        if tag.closes { next.removeFirst() }
        let name = Self.headingTags[anchor.level - 1]
        let moved = tag.closes ? Markup.close(name) : .open(name, ["id": anchor.slug])
        result += Array(moved.source.utf8)
        at += tag.length
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return (Markup(verbatim: String(decoding: result, as: UTF8.self)), anchors)
  }

  private static let headingTags: [StaticString] = ["h1", "h2", "h3", "h4", "h5", "h6"]

  /// `<h1>` to `<h6>` or `</h1>` to `</h6>` at the beginning of some bytes.
  private static func headingTag(_ bytes: ArraySlice<UInt8>) -> (closes: Bool, length: Int)? {
    guard bytes.first == UInt8(ascii: "<") else { return nil }
    var rest = bytes.dropFirst()
    let closes = rest.first == UInt8(ascii: "/")
    if closes { rest = rest.dropFirst() }
    let tag = Array(rest.prefix(3))
    guard tag.count == 3, tag[0] == UInt8(ascii: "h"), (0x31...0x36).contains(tag[1]),
      tag[2] == UInt8(ascii: ">")
    else { return nil }
    return (closes, closes ? 5 : 4)
  }

  /// What has to follow a text, as lines of their own, so that nothing behind it is taken for a part of it: the end of
  /// a fence or of a comment that was left open. Empty for nearly all texts.
  static func closing(of markdown: String) -> String {
    guard markdown.utf8.contains(where: { [0x60, 0x7E, 0x3C].contains($0) }) else { return "" }
    // Blocks of HTML such as <pre> and <script> end with the end tag of any of them.
    let candidates =
      [""] + (ProseTree(markdown).openFence.map { [$0] } ?? [])
      + ["-->", "</pre>", "?>", "]]>", ">"]
    return candidates.first { ProseTree.ends(markdown + "\n" + $0) } ?? ""
  }
}
