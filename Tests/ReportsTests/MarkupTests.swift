import TestSupport
import Testing

@testable import Reports

@Suite struct MarkupTests {
  /// What breaks out of a page where it is written as it is: tags, quotes, ends of sections, signs with a mark behind
  /// them or one that joins before, controls, marks that turn the direction of reading, and what XML cannot say.
  static let hostile =
    "</style></td><script>alert('&amp;')</script>\" onload=\"x]]>--><\u{301}i>\u{600}<b>"
    + "\u{0}\u{7}\u{1B}[31m\r\u{85}\u{202E}\u{2066}\u{FFFE}\t."

  /// The same as a reader sees it.
  static let shown =
    "</style></td><script>alert('&amp;')</script>\" onload=\"x]]>--><\u{301}i>\u{600}<b>"
    + #"\x00\x07\x1B[31m\r\u0085\u202E\u2066"# + "\u{FFFD}    ."

  @Test func `a text is escaped wherever it comes in, and read back as it is shown`() throws {
    let markup = Markup.element("a", ["href": Self.hostile], Markup(Self.hostile), .element("b", "<'\">"))
    #expect(
      Array(markup.source.unicodeScalars)
        == Array(
          (#"<a href="&lt;/style&gt;&lt;/td&gt;&lt;script&gt;alert('&amp;amp;')&lt;/script&gt;&quot; "#
            + "onload=&quot;x]]&gt;--&gt;&lt;\u{301}i&gt;\u{600}&lt;b&gt;"
            + #"\x00\x07\x1B[31m\r\u0085\u202E\u2066"# + "\u{FFFD}    .\">"
            + "&lt;/style&gt;&lt;/td&gt;&lt;script&gt;alert(&#39;&amp;amp;&#39;)&lt;/script&gt;&quot; "
            + "onload=&quot;x]]&gt;--&gt;&lt;\u{301}i&gt;\u{600}&lt;b&gt;"
            + #"\x00\x07\x1B[31m\r\u0085\u202E\u2066"# + "\u{FFFD}    .<b>&lt;&#39;&quot;&gt;</b></a>")
            .unicodeScalars))
    let read = try XMLReading(markup.source)
    #expect(read.elements == ["a": 1, "b": 1])
    #expect(read.attributes == ["href": [Self.shown]])
    #expect(read.texts(of: "a") == [Self.shown] && read.texts(of: "b") == ["<'\">"])
  }

  @Test func `elements close what they open, and an attribute without a value is left out`() {
    let attributes: Markup.Attributes = ["x": "1", "y": nil, "class": ""]
    #expect(Markup.element("g", attributes, "a", "b").source == #"<g x="1" class="">ab</g>"#)
    #expect(Markup.element("g").source == "<g></g>")
    #expect(Markup.empty("g", attributes).source == #"<g x="1" class=""/>"#)
    #expect((Markup.open("g", attributes) + .line + .close("g")).source == "<g x=\"1\" class=\"\">\n</g>")
  }

  @Test func `parts are joined as they are`() {
    var whole: Markup = ["<", .element("i", ">"), Markup(verbatim: "<!-- -->")].joined(separator: .line)
    whole += "&"
    #expect(whole.source == "&lt;\n<i>&gt;</i>\n<!-- -->&amp;")
    #expect([Markup]().joined().isEmpty && !whole.isEmpty)
  }
}
