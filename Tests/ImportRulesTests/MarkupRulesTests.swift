import Foundation
import Testing

/// Pages and pictures escape by type: whatever writes a tag does it through `Markup`.
@Suite struct MarkupRulesTests {
  /// The name of each file and its text without comments.
  private static func files() throws -> [(name: String, text: String)] {
    try SourceRoom.all().flatMap(\.swiftFiles).map { file in
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      return (file.lastPathComponent, lines.filter { !$0.contains(#/^ *\/\//#) }.joined(separator: "\n"))
    }
  }

  @Test func `a tag is written by Markup alone`() throws {
    // Behind a letter it is a type's argument: UnsafeMutablePointer<passwd>.
    let tag = #/[^A-Za-z]<(?:!DOCTYPE|\?xml|\/?[a-z][a-z0-9]*(?:>|\/>| [a-z:-]+=)|\/?\\\()/#
    let found = try Self.files().filter { $0.text.contains(tag) }.map(\.name)
    // MarkdownText: <br> is Markdown's line break in a table. Prose: tags that it looks for.
    #expect(found.sorted() == ["MarkdownText.swift", "Markup.swift", "Prose.swift"])
  }

  @Test func `markup from elsewhere comes in at known places`() throws {
    let found = try Self.files().filter { $0.text.contains(#/Markup\(\s*verbatim:/#) }
    #expect(
      found.map(\.name).sorted()
        == [
          // Style sheets.
          "HTMLPage.swift", "Markup.swift", "NotebookPageStyle.swift", "PlanPictureStyle.swift",
          // What cmark has written of a tree that was made safe, and what ReportWriter hands on of HTMLBlocks.
          "NotebookPageStep.swift", "Prose.swift",
        ].sorted())
  }
}
