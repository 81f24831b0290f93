import Foundation
import TestSupport
import Testing

/// `edit` and `history` at the prompt.
@Suite struct EditingTests {
  /// hypo with an editor that does what a script says; `$1` is what EDITOR says behind its name.
  private func hypo(editor script: String) throws -> HypoProcess {
    var hypo = try Shop.hypo()
    hypo.environment["VISUAL"] = try hypo.folder.writeProgram(script, to: "editor") + " --wait"
    return hypo
  }

  @Test func `what was saved comes back to the prompt and runs with Enter`() throws {
    let hypo = try hypo(
      editor: """
        ls -ld "$(dirname "$2")" "$2" | cut -c1-10 > "$HOME/modes"
        echo "$1 $(basename "$2")" > "$HOME/call"; dirname "$2" > "$HOME/where"; cp "$2" "$HOME/before"
        printf 'select 2\\n  as two;\\n\\n' > "$2"
        """)
    let terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("select 1 as one;")
    try terminal.enter("edit")
    let prompt = "hypo \(try Shop.database().name)>"
    #expect(!terminal.screen.text.contains("\ntwo\n"), "\(terminal.screen.text)")
    try terminal.enter("")
    #expect(
      terminal.screen.text.hasSuffix("\ntwo\n---\n  2\n\n(1 row)\n\(prompt)"), "\(terminal.screen.text)")
    #expect(try hypo.folder.read("call") == "--wait command.sql\n")
    #expect(try hypo.folder.read("before") == "select 1 as one;\n")
    #expect(try hypo.folder.read("modes") == "drwx------\n-rw-------\n")
    let folder = try hypo.folder.read("where").trimmingCharacters(in: .newlines)
    #expect(folder.hasPrefix("/") && !FileManager.default.fileExists(atPath: folder))
  }

  @Test(arguments: [
    ("exit 0", "the text is unchanged"), (": > \"$2\"", "the text is empty"),
    ("rm \"$2\"", "the text is empty"),
    ("exit 7", "error: editor ended with status 7: nothing was taken from it"),
  ])
  func `without a new text nothing comes back`(script: String, message: String) throws {
    let hypo = try hypo(editor: script)
    let terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("show format")
    try terminal.enter("\\e")
    let prompt = "hypo \(try Shop.database().name)>"
    #expect(terminal.screen.text.hasSuffix("\\e\n\(message)\n\(prompt)"), "\(terminal.screen.text)")
    withExtendedLifetime(hypo) {}
  }

  @Test func `a query and a file can be edited`() throws {
    let hypo = try hypo(editor: "cp \"$2\" \"$HOME/before\"; echo 'show timing' > \"$2\"")
    let terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("query q = select 42;")
    try terminal.enter("edit @q")
    try terminal.enter("")
    #expect(terminal.screen.text.contains("\ntiming  off\n"), "\(terminal.screen.text)")
    #expect(try hypo.folder.read("before") == "explain select 42;\n")
    try hypo.folder.write("show expanded\n", to: "own.sql")
    try terminal.enter("edit \(hypo.folder.path)/own.sql")
    #expect(try hypo.folder.read("before") == "show expanded\n")
    #expect(try hypo.folder.read("own.sql") == "show timing\n")
    try terminal.enter("")
    #expect(terminal.screen.rows.filter { $0 == "timing  off" }.count == 2, "\(terminal.screen.text)")
  }

  @Test func `history lists what was typed`() throws {
    let terminal = try Shop.hypo().onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("show format")
    try terminal.enter("show timing")
    try terminal.enter("\\s timing")
    let prompt = "hypo \(try Shop.database().name)>"
    #expect(
      terminal.screen.text.hasSuffix(
        "entry | text\n------+------------\n    2 | show timing\n    3 | \\s timing\n\(prompt)"),
      "\(terminal.screen.text)")
  }

  @Test func `what was typed last is run again`() throws {
    let terminal = try Shop.hypo().onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("show format")
    try terminal.enter("\\g")
    #expect(terminal.screen.rows.filter { $0 == "format  aligned" }.count == 2)
    try terminal.enter("set timing off")
    try terminal.enter("\\g")
    #expect(terminal.screen.text.contains("error: set cannot be repeated: it does more than look"))
  }
}
