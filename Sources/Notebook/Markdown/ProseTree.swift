import CMarkGFM
import Glibc
import Synchronization

/// A text as cmark-gfm reads it: the one owner of its tree.
///
/// Source: cmark-gfm(3).
final class ProseTree {
  /// While it reads, cmark-gfm 0.29 changes tables that all its parsers share.
  private static let reading = Mutex(())
  private static let extensions = ["table", "strikethrough", "tasklist"]

  private let root: OpaquePointer
  private let parser: OpaquePointer

  /// Reads a text. Reading cannot fail: every text is Markdown.
  init(_ markdown: String) {
    (root, parser) = Self.reading.withLock { _ in
      cmark_gfm_core_extensions_ensure_registered()
      let parser = cmark_parser_new(CMARK_OPT_DEFAULT)!
      for name in Self.extensions {
        if let found = cmark_find_syntax_extension(name) {
          cmark_parser_attach_syntax_extension(parser, found)
        }
      }
      var markdown = markdown
      markdown.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
      }
      return (cmark_parser_finish(parser)!, parser)
    }
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  /// The headings, in order.
  var headings: [Prose.Heading] {
    nodes.filter { type(of: $0) == CMARK_NODE_HEADING }.map {
      .init(level: Int(cmark_node_get_heading_level($0)), text: text(below: $0))
    }
  }

  /// The tree as HTML. Without CMARK_OPT_UNSAFE cmark itself leaves out what `makeSafe` should have missed.
  func html() -> String {
    guard let html = cmark_render_html(root, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser))
    else { return "" }
    defer { free(html) }
    return String(cString: html)
  }

  /// Takes out of the tree what could load, run or lead astray, and says what that was.
  func makeSafe() -> [Prose.Remark] {
    var remarks: [Prose.Remark] = []
    for node in nodes {
      switch type(of: node) {
      case CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK:
        let html = literal(of: node)
        if !html.hasPrefix("<!--") {
          remarks.append(.init(kind: .rawHTML, line: line(of: node), text: Self.firstLine(html)))
          insert(text: html, before: node)
        }
        remove(node)
      case CMARK_NODE_IMAGE:
        remarks.append(.init(kind: .picture, line: line(of: node), text: address(of: node)))
        replaceWithChildren(node)
      case CMARK_NODE_LINK where !Self.mayBeLinked(address(of: node)):
        remarks.append(.init(kind: .link, line: line(of: node), text: address(of: node)))
        replaceWithChildren(node)
      default: break
      }
    }
    return remarks
  }

  /// Whether an address has no scheme, or one that only leads somewhere.
  static func mayBeLinked(_ address: String) -> Bool {
    let scheme = address.utf8.prefix { ![0x23, 0x2F, 0x3F].contains($0) }
    guard let end = scheme.firstIndex(of: UInt8(ascii: ":")) else { return true }
    return ["http", "https", "mailto"].contains(String(decoding: scheme[..<end], as: UTF8.self).lowercased())
  }

  /// The row of signs that would close the last block when that is a fence; nil when it is none.
  var openFence: String? {
    guard let last = cmark_node_last_child(root), type(of: last) == CMARK_NODE_CODE_BLOCK else { return nil }
    var length: CInt = 0
    var offset: CInt = 0
    var sign: CChar = 0
    guard cmark_node_get_fenced(last, &length, &offset, &sign) != 0 else { return nil }
    return String(repeating: String(UnicodeScalar(UInt8(bitPattern: sign))), count: Int(length))
  }

  /// Whether a paragraph behind the text would be a paragraph of its own.
  static func ends(_ markdown: String) -> Bool {
    let mark = "behind"
    let tree = ProseTree(markdown + "\n\n\(mark)\n")
    guard let last = cmark_node_last_child(tree.root), tree.type(of: last) == CMARK_NODE_PARAGRAPH else {
      return false
    }
    return tree.text(below: last) == mark
  }
}

extension ProseTree {
  /// All nodes, each before those below it.
  private var nodes: [OpaquePointer] { nodes(below: root) }

  private func nodes(below node: OpaquePointer) -> [OpaquePointer] {
    guard let walk = cmark_iter_new(node) else { return [] }
    defer { cmark_iter_free(walk) }
    var found: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(walk)
      if event == CMARK_EVENT_DONE { return found }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) { found.append(node) }
    }
  }

  private func type(of node: OpaquePointer) -> cmark_node_type { cmark_node_get_type(node) }

  private func literal(of node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  private func address(of node: OpaquePointer) -> String {
    cmark_node_get_url(node).map { String(cString: $0) } ?? ""
  }

  private func text(below node: OpaquePointer) -> String {
    nodes(below: node).map { node in
      switch type(of: node) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: literal(of: node)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: " "
      default: ""
      }
    }.joined()
  }

  /// Not every node knows its line; then the one around it does.
  private func line(of node: OpaquePointer) -> Int {
    var node: OpaquePointer? = node
    while let here = node {
      let line = Int(cmark_node_get_start_line(here))
      if line > 0 { return line }
      node = cmark_node_parent(here)
    }
    return 1
  }

  private static func firstLine(_ text: String) -> String {
    text.split(separator: "\n").first.map(String.init) ?? ""
  }

  private func insert(text: String, before node: OpaquePointer) {
    guard let new = cmark_node_new(CMARK_NODE_TEXT) else { return }
    cmark_node_set_literal(new, text)
    if type(of: node) == CMARK_NODE_HTML_BLOCK, let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) {
      cmark_node_append_child(paragraph, new)
      cmark_node_insert_before(node, paragraph)
    } else {
      cmark_node_insert_before(node, new)
    }
  }

  private func replaceWithChildren(_ node: OpaquePointer) {
    while let child = cmark_node_first_child(node) {
      guard cmark_node_insert_before(node, child) != 0 else { break }
    }
    remove(node)
  }

  private func remove(_ node: OpaquePointer) {
    cmark_node_unlink(node)
    cmark_node_free(node)
  }
}
