import Foundation
import Reports
import TestSupport
import Testing

@testable import Notebook

/// Pages as a browser shows them.
@Suite struct BrowserTests {
  private static let policy =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"

  /// A page that shows another in frames of several widths and says of each how wide its content is.
  private func frames(_ page: String, widths: [Int]) throws -> String {
    try #require(page.contains(Self.policy))
    let source = Markup(page.replacing(Self.policy, with: "")).source
    let frames = widths.map { "<iframe width=\"\($0)\" height=\"800\" srcdoc=\"\(source)\"></iframe>\n" }
      .joined()
    return """
      <!DOCTYPE html><meta charset="utf-8"><body>\(frames)<p id="found"></p><script>
      onload = () => found.textContent = [...document.querySelectorAll("iframe")].map(frame => {
        const page = frame.contentDocument.documentElement;
        return page.scrollWidth + "/" + frame.contentWindow.innerWidth;
      }).join(" ");
      </script></body>
      """
  }

  @Test func `a page stays within narrow, middling and wide windows`() throws {
    let page = try NotebookPageTests.page(Walkthrough.document)
    let answer = try Chromium().run(["--dump-dom"], page: frames(page, widths: [360, 800, 1_600]))
    #expect(answer.output.contains("<p id=\"found\">360/360 800/800 1600/1600</p>"), "\(answer.errors)")
  }

  @Test func `a page is read as it was written, and loads nothing`() throws {
    let answer = try Chromium().run(["--dump-dom"], page: NotebookPageTests.page(Walkthrough.document))
    let dom = answer.output
    for text in [
      "<h1>Orders of a customer: from a slow list to an index, and back</h1>", "HypoPG's estimate",
      "<td class=\"text\">&lt;b&gt;&amp;amp;&lt;/b&gt;</td>", "dimension_table_9", "Parallel Seq Scan",
    ] {
      #expect(dom.contains(text), "\(text)")
    }
    #expect(!dom.contains(" src=") && !dom.contains("<link") && !dom.contains("url("))
    for failure in ["ERR_", "Refused to", "Content Security Policy"] {
      #expect(!answer.errors.contains(failure), "\(answer.errors)")
    }
  }

  @Test func `a page prints`() throws {
    let chromium = try Chromium()
    let file = "\(chromium.folder.path)/page.pdf"
    let page = try NotebookPageTests.page(Walkthrough.document)
    _ = try chromium.run(["--no-pdf-header-footer", "--print-to-pdf=\(file)"], page: page)
    let written = try Data(contentsOf: URL(filePath: file))
    #expect(written.starts(with: Data("%PDF-".utf8)))
    #expect(written.count > 50_000)
  }
}
