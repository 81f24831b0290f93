import Reports
import Testing

@testable import Notebook

@Suite struct ProseTests {
  private func html(_ markdown: String, shift: Int = 0) -> String {
    var slugs = HeadingSlugs()
    return Prose(markdown).html(shift: shift, slugs: &slugs).html.source
  }

  @Test func `paragraphs, lists, code, tables and struck words become HTML`() {
    #expect(
      html(
        """
        One *two* **three** `a < b` ~~four~~

        - [x] done
        - open

        | a | n |
        | --- | --: |
        | 1 | 2 |

        ```sql
        SELECT 1 < 2;
        ```
        """)
          == """
          <p>One <em>two</em> <strong>three</strong> <code>a &lt; b</code> <del>four</del></p>
          <ul>
          <li><input type="checkbox" checked="" disabled="" /> done</li>
          <li>open</li>
          </ul>
          <table>
          <thead>
          <tr>
          <th>a</th>
          <th align="right">n</th>
          </tr>
          </thead>
          <tbody>
          <tr>
          <td>1</td>
          <td align="right">2</td>
          </tr>
          </tbody>
          </table>
          <pre><code class="language-sql">SELECT 1 &lt; 2;
          </code></pre>

          """)
  }

  @Test func `headings are moved, named and listed`() {
    var slugs = HeadingSlugs()
    let prose = Prose("# Is `it` *slow*?\n\ntext\n\nIs it slow?\n---\n\n> ##### deep & <low>\n")
    let page = prose.html(shift: 2, slugs: &slugs)
    #expect(
      page.html.source == """
        <h3 id="is-it-slow">Is <code>it</code> <em>slow</em>?</h3>
        <p>text</p>
        <h4 id="is-it-slow-1">Is it slow?</h4>
        <blockquote>
        <h6 id="deep--low">deep &amp; &lt;low&gt;</h6>
        </blockquote>

        """)
    #expect(
      page.anchors == [
        .init(level: 3, text: "Is it slow?", slug: "is-it-slow"),
        .init(level: 4, text: "Is it slow?", slug: "is-it-slow-1"),
        .init(level: 6, text: "deep & <low>", slug: "deep--low"),
      ])
  }

  @Test func `raw HTML stands as text and comments are left out`() {
    let prose = Prose("a <b onclick=x>c</b> <!-- no -->\n\n<script>\nalert(1)\n</script>\n\n<!-- x -->\n")
    var slugs = HeadingSlugs()
    #expect(
      prose.html(shift: 0, slugs: &slugs).html.source == """
        <p>a &lt;b onclick=x&gt;c&lt;/b&gt; </p>
        <p>&lt;script&gt;
        alert(1)
        &lt;/script&gt;
        </p>

        """)
    #expect(
      prose.remarks == [
        .init(kind: .rawHTML, line: 1, text: "<b onclick=x>"), .init(kind: .rawHTML, line: 1, text: "</b>"),
        .init(kind: .rawHTML, line: 3, text: "<script>"),
      ])
  }

  @Test func `a heading's tag in a text is no heading`() {
    #expect(
      html("<h1>x</h1>\n\n# y `<h2>`\n")
        == "<p>&lt;h1&gt;x&lt;/h1&gt;\n</p>\n<h1 id=\"y-h2\">y <code>&lt;h2&gt;</code></h1>\n")
  }

  @Test func `pictures become their words`() {
    let prose = Prose("see ![the *plan*](https://example.org/p.png) and ![](x.png)")
    var slugs = HeadingSlugs()
    #expect(prose.html(shift: 0, slugs: &slugs).html.source == "<p>see the <em>plan</em> and </p>\n")
    #expect(prose.remarks.map(\.text) == ["https://example.org/p.png", "x.png"])
    #expect(prose.remarks.allSatisfy { $0.kind == .picture })
  }

  @Test(arguments: [
    "https://example.org/?a=1&b=2", "http://x", "mailto:dba@example.org", "#what-is-slow", "other.hypo",
    "a/b:c",
    "?q=a:b", "",
  ])
  func `a link may lead there`(address: String) {
    #expect(ProseTree.mayBeLinked(address))
    #expect(html("[x](<\(address)>)").hasPrefix("<p><a href=\""))
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)", "&#1;javascript:x",
    "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "javascript&colon;alert(1)", "&#32;javascript:x", "x:y", "blob:x",
  ])
  func `a link may not lead there`(address: String) {
    #expect(html("[*x*](<\(address)>)") == "<p><em>x</em></p>\n")
    #expect(Prose("[x](<\(address)>)").remarks.map(\.kind) == [.link])
  }

  @Test func `an address in angle brackets is a link, a bare one is not`() {
    #expect(
      html("<https://a.example> https://b.example www.c.example")
        == "<p><a href=\"https://a.example\">https://a.example</a> https://b.example www.c.example</p>\n")
  }

  @Test func `quotes in an address and a title do not end them`() {
    #expect(
      html("[x](https://a.example/\"onclick=\"y 'a\" onclick=\"b')")
        == "<p><a href=\"https://a.example/%22onclick=%22y\" title=\"a&quot; onclick=&quot;b\">x</a></p>\n")
  }

  @Test func `a mark behind a sign does not hide it`() {
    #expect(
      html("a <\u{301}script>").unicodeScalars.elementsEqual(
        "<p>a &lt;\u{301}script&gt;</p>\n".unicodeScalars))
  }

  @Test(arguments: [
    ("text", ""), ("```sql\nselect 1;\n```", ""), ("```\nopen", "```"), ("~~~~ x\n~~~\n", "~~~~"),
    ("<!-- open", "-->"), ("<!-- shut -->", ""), ("<pre>\nx", "</pre>"), ("<script>\n\nx", "</pre>"),
    ("- a\n  ```\n  in a list", ""), ("a < b `c`", ""), ("<?x", "?>"), ("<![CDATA[ x", "]]>"),
  ])
  func `what a text leaves open is known`(markdown: String, closing: String) {
    #expect(Prose.closing(of: markdown) == closing)
  }

  @Test func `texts are read on many threads at once`() async {
    let wanted = html("~~a~~ | b\n\n# c")
    let all = await withTaskGroup(of: String.self) { group in
      for _ in 1...200 {
        group.addTask {
          var slugs = HeadingSlugs()
          return Prose("~~a~~ | b\n\n# c").html(shift: 0, slugs: &slugs).html.source
        }
      }
      return await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(all == Array(repeating: wanted, count: 200))
  }
}
