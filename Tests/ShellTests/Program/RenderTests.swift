import Foundation
import Reports
import TestSupport
import Testing

@testable import Shell

/// `hypo render` as a program.
@Suite struct RenderTests {
  private let hypo: HypoProcess

  init() throws {
    hypo = try HypoProcess()
    try hypo.folder.write("#: hypo 1\n#: title T\n# a <b>\ntop\nexpect no regression\n", to: "n.hypo")
  }

  private static let unrecorded =
    "warning: n.hypo:4: no output is recorded from here on, so that commands have none\n"

  @Test func `a notebook becomes Markdown without any server`() throws {
    let run = try hypo.run(["render", "n.hypo", "-o", "n.md"])
    #expect(run == .init(errors: Self.unrecorded + "wrote n.md\n"))
    #expect(
      try hypo.folder.read("n.md") == "# T\n\na <b>\n\n```text\ntop\n```\n\n- ○ is to hold: `no regression`\n"
    )
  }

  @Test func `a notebook becomes a page, in place of the one before`() throws {
    try hypo.folder.write("old", to: "n.html")
    let run = try hypo.run(["render", "n.hypo", "--output", "n.html"])
    let raw = "warning: n.hypo:3: raw HTML is shown as text: <b>\n"
    #expect(run == .init(errors: raw + Self.unrecorded + "wrote n.html\n"))
    #expect(try hypo.folder.read("n.html").contains("<h1>T</h1>"))
  }

  @Test(arguments: [
    (
      "n.hypo", "n.pdf",
      "error: cannot render to \"n.pdf\": its ending names no form\nhint: a notebook has the forms .md .html\n"
    ),
    (
      "n.md", "./n.md",
      "error: cannot render to \"./n.md\": it is the notebook itself\nhint: name another file\n"
    ),
    (
      "n.hypo", "f.html", "error: could not write \"f.html\": it is a folder\nhint: name a file in it\n"
    ),
    (
      "none.hypo", "n.md",
      "error: could not read \"none.hypo\": there is no such file or folder\n"
        + "hint: the path counts from the folder in which hypo was started\n"
    ),
    (
      "open.hypo", "n.md",
      "open.hypo:1: error: a statement does not end before the end of the file\n"
        + "hint: end it with a semicolon; nothing was run\n"
    ),
  ])
  func `what cannot be rendered is told and nothing is written`(file: String, output: String, errors: String)
    throws
  {
    try hypo.folder.write("", to: "n.md")
    try hypo.folder.write("select 1\n", to: "open.hypo")
    try makeFolder("\(hypo.folder.path)/f.html")
    #expect(try hypo.run(["render", file, "-o", output]) == .init(errors: errors, status: 3))
    #expect(try hypo.folder.read("n.md") == "")
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}
