import Foundation
import IndexDesign
import TestSupport
import Testing

@testable import Reports
@testable import Notebook

/// Pages of notebooks. `HYPO_PAGES=DIR` keeps the walkthrough there, for eyes to judge.
@Suite struct NotebookPageTests {
  static func page(_ document: NotebookDocument) throws -> String {
    var text = ""
    try NotebookPage(document).write { text += $0 }
    return text
  }

  @Test func `the walkthrough is kept where somebody wants to see it`() throws {
    guard let folder = ProcessInfo.processInfo.environment["HYPO_PAGES"] else { return }
    try Self.page(Walkthrough.document).write(
      toFile: "\(folder)/walkthrough.html", atomically: true, encoding: .utf8)
    var markdown = ""
    try NotebookMarkdown(Walkthrough.document).write { markdown += $0 }
    try markdown.write(toFile: "\(folder)/walkthrough.md", atomically: true, encoding: .utf8)
  }

  /// What stands between the page's head and its end.
  private func body(_ document: NotebookDocument) throws -> String {
    let page = try Self.page(document)
    let start = try #require(page.firstRange(of: "<body>\n")?.upperBound)
    #expect(page.hasSuffix("</body>\n</html>\n"))
    return String(page[start...].dropLast("</body>\n</html>\n".count))
  }

  @Test func `a page has title, facts, contents, prose, commands and expectations`() throws {
    let document = NotebookDocument(
      title: "A & B", facts: [.init(name: "ticket", value: "CHG-1")],
      parts: [
        .prose("# One\n\ntext", line: 3),
        .step(
          .init(
            command: "hypo list\n  more", guards: ["aurora", "!standby"],
            results: [Report("x", [Walkthrough.table, Walkthrough.warning])])),
        .prose("## One", line: 9),
        .step(.init(command: "expect no regression", kind: .expectation(.held))),
        .step(.init(command: "let n = cost @1", kind: .capture(.cost(PlannerCost(21.9))))),
        .step(.init(command: "pause \"go?\"", kind: .pause("go?"))),
        .step(.init(command: "on-fail stop", kind: .direction)),
        .step(.init(command: "top", failure: Failure(.script, "no", hint: "yes"))),
      ])
    #expect(
      try body(document) == """
        <div class="notebook with-contents">
        <header>
        <h1>A &amp; B</h1>
        <dl>
        <div><dt>ticket</dt><dd>CHG-1</dd></div>
        </dl>
        </header>
        <nav aria-label="Contents">
        <p>Contents</p>
        <ul>
        <li class="level-2"><a href="#one">One</a></li>
        <li class="level-3"><a href="#one-1">One</a></li>
        </ul>
        </nav>
        <main>
        <div class="prose">
        <h2 id="one">One</h2>
        <p>text</p>
        </div>
        <section class="step" id="step:1">
        <p class="guards"><span class="guard">if aurora</span> <span class="guard">unless standby</span> </p>
        <div class="typed"><pre class="command"><code>hypo list
          more</code></pre><a class="place" href="#step:1" aria-label="Step 1">1</a></div>
        <div class="results">
        <p class="title">Rows</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col" class="">query</th><th scope="col" class="number">total|time</th><th scope="col" class="">text</th></tr></thead>
        <tbody>
        <tr><td class="handle">@1</td><td class="number">1.2 s</td><td class="sql">SELECT &#39;a|b&#39;, &quot;x&quot; &lt;b&gt;</td></tr>
        <tr><td class="handle">@2</td><td class="missing">–</td><td class="text">*a* _b_ c_d @team x@y.z</td></tr>
        </tbody>
        </table></div>
        <p class="note warning">warning: look &lt;out&gt;</p>
        </div>
        </section>
        <div class="prose">
        <h3 id="one-1">One</h3>
        </div>
        <section class="line held"><b><span aria-hidden="true">✓</span> holds</b> <code>no regression</code>
        </section>
        <section class="line"><code>let n = cost @1</code> <span class="value">is 21.90</span>
        </section>
        <section class="pause"><b>Pause.</b> go?
        </section>
        <section class="line"><code>on-fail stop</code>
        </section>
        <section class="step" id="step:2">
        <div class="typed"><pre class="command"><code>top</code></pre><a class="place" href="#step:2" aria-label="Step 2">2</a></div>
        <div class="failure"><p><b><span aria-hidden="true">✗</span> fails, as the next step expects</b></p>
        <pre>error: no
        hint: yes</pre></div>
        </section>
        </main>
        </div>

        """)
  }

  @Test func `plans are pictures in a figure that knows its width, and text; their style stands once`() throws
  {
    let page = try Self.page(
      NotebookDocument(parts: [
        .step(.init(command: "diff", results: [Report("diff", MadePlans.pair)])),
        .step(.init(command: "diff", results: [Report("diff", MadePlans.pair)])),
      ]))
    let width = PlanPicture.drawing(
      of: MadePlans.pair.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }, hasStyle: false
    ).width
    #expect(page.ranges(of: "<figure style=\"--width:\(SVG.number(width))px\">\n<svg").count == 2)
    #expect(page.ranges(of: "<p class=\"title\">Without designs</p>\n<pre class=\"plan\">").count == 2)
    #expect(page.ranges(of: "<style>").count == 1)
    #expect(page.ranges(of: ".hypo-plan .paper{").count == 1)
  }

  private static let hostile =
    "</style></code></pre><script>alert(1)</script>]]>--><img src=x onerror=alert(1)><\u{301}script \"'>\u{7}\u{202E}\u{85}"

  @Test func `nothing of a notebook or a server becomes markup`() throws {
    let text = Self.hostile
    var plan = MadePlans.slow
    plan.root.relation = text
    let page = try Self.page(
      NotebookDocument(
        title: text, facts: [.init(name: text, value: text)],
        parts: [
          .prose("# \(text)\n\n\(text)\n\n[x](javascript:alert(1)) ![p](http://a/p.png)\n\n# two", line: 1),
          .step(
            .init(
              command: text, guards: [text],
              results: [
                Report(
                  text,
                  [
                    .fields(.init(name: text, title: text, values: [.init(text, .text(text), remark: text)])),
                    .table(.init(name: text, title: text, columns: [.init(text)], rows: [[.sql(text)]])),
                    .answer(
                      .init(name: text, columns: [.init(name: text, kind: .text)], rows: [[text]], tag: text)),
                    .plan(
                      .init(
                        name: text, title: text, plan: plan, statement: .init(title: text, sql: text))),
                    .statement(name: text, title: text, sql: text), .lines(name: text, text: text),
                    .note(.init(weight: .bad, text: text)),
                  ])
              ], failure: Failure(.script, text, detail: text, hint: text))),
          .step(.init(command: "expect \(text)", kind: .expectation(.failed))),
          .step(.init(command: text, kind: .capture(.text(text)))),
          .step(.init(command: text, kind: .pause(text))), .step(.init(command: text, kind: .direction)),
        ]))
    #expect(page.contains("alert(1)"))
    let scalars = page.unicodeScalars
    for markup in ["<script", "<img", "<\u{301}", "javascript:", "]]>", "-->"] {
      #expect(!scalars.contains(Array(markup.unicodeScalars)), "\(markup)")
    }
    #expect(page.ranges(of: "</style>").count == 1)
    #expect(scalars.allSatisfy { !["\u{7}", "\u{202E}", "\u{85}"].contains($0) })
    let start = try #require(page.firstRange(of: "<body>")?.lowerBound)
    let read = try XMLReading(String(page[start...].dropLast("</html>\n".count)))
    #expect(
      Set(read.elements.keys) == [
        "body", "div", "header", "h1", "dl", "dt", "dd", "nav", "p", "ul", "li", "a", "main", "h2", "section",
        "pre", "code", "table", "thead", "tbody", "tr", "th", "td", "figure", "svg", "title", "desc", "rect",
        "text", "path", "g", "details", "summary", "b", "span",
      ])
    #expect(
      Set(read.attributes.keys) == [
        "class", "id", "href", "aria-label", "aria-hidden", "scope", "style", "role", "viewBox", "width",
        "height", "x", "y", "rx", "text-anchor", "d", "stroke-width",
      ])
    #expect(read.attributes["href"]?.allSatisfy { $0.hasPrefix("#") } == true)
    #expect(page.ranges(of: "http").map { page[$0.lowerBound...].prefix(10) } == ["http-equiv"])
  }

  @Test func `passwords are not shown`() throws {
    let page = try Self.page(
      NotebookDocument(parts: [.step(.init(command: "connect postgresql://dba:secret@db/shop"))]))
    #expect(!page.contains("secret") && page.contains("… (not shown: it holds a password)"))
  }

  @Test func `what is changed for safety and what is not recorded is told with its line`() throws {
    let document = NotebookDocument(parts: [
      .prose("one\n\n<b>x ![p](q.png)", line: 10), .step(.init(command: "top", line: 13)),
      .step(.init(command: "diff", line: 14, results: [Report("diff")])),
      .step(.init(command: "expect no regression", line: 15, kind: .expectation(.unknown))),
    ])
    #expect(
      NotebookPage(document).warnings == [
        .init(line: 12, "raw HTML is shown as text: <b>"),
        .init(line: 12, "a picture is not loaded, its words take its place: q.png"),
      ])
    #expect(document.unrecordedSteps == [.init(line: 13, "no output is recorded of this command")])
  }

  @Test func `five thousand steps are five thousand times the work of one`() throws {
    func work(_ count: Int) throws -> (puts: Int, bytes: Int) {
      var work = (puts: 0, bytes: 0)
      let parts = (1...count).flatMap { _ -> [NotebookDocument.Part] in
        [.prose("# Step", line: 1), Walkthrough.step("top", [Report("top", [Walkthrough.table])])]
      }
      try NotebookPage(NotebookDocument(parts: parts)).write {
        work.puts += 1
        work.bytes += $0.utf8.count
      }
      return work
    }
    let (one, many) = (try work(50), try work(5_000))
    #expect(many.puts < one.puts * 100 + 1)
    // Only the numbers of steps become longer.
    #expect(many.bytes < one.bytes * 101)
  }
}
