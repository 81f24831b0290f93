import Reports
import Testing

@testable import Shell

@Suite struct EditCommandTests {
  @Test(arguments: [
    ("vi", ["vi"]), ("  code  -w ", ["code", "-w"]), ("\"/my tools/ed\" '-x y'", ["/my tools/ed", "-x y"]),
    ("a''b ''", ["ab", ""]), ("e $HOME;x", ["e", "$HOME;x"]), ("", []),
  ])
  func `an editor's variable is parted into words and nothing else`(text: String, words: [String]) {
    #expect(EditCommand.words(text) == words)
  }

  @Test func `VISUAL comes before EDITOR, an empty one does not count, and vi is the last`() throws {
    #expect(try EditCommand.editor(["VISUAL": "/a -b", "EDITOR": "/c"]) == ("/a", ["-b"]))
    #expect(try EditCommand.editor(["VISUAL": " ", "EDITOR": "/c"]) == ("/c", []))
    #expect(try EditCommand.editor([:]).path.hasSuffix("/vi"))
    let failure = caught { _ = try EditCommand.editor(["EDITOR": "no-such-editor -x"]) }
    #expect(failure?.message == "could not find the program \"no-such-editor\"")
    #expect(failure?.hint == "EDITOR names the editor")
  }

  @Test func `without a prompt there is nothing to edit for`() throws {
    let command = try EditCommand(reading: "edit", from: 4)
    let loop = Loop(console: SilentConsole(), environment: [:])
    #expect(
      caught { _ = try command.run(in: loop.workspace, by: loop) }?.message
        == "edit needs a prompt for what was written to come back to")
  }
}
