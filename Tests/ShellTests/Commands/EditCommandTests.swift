import Notebook
import Reports
import TestSupport
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

  private func trial(editor: String, folderForFiles: String = "/tmp") throws -> CommandTrial {
    let trial = try CommandTrial(environment: ["VISUAL": editor, "TMPDIR": folderForFiles])
    trial.givePrompt()
    return trial
  }

  @Test func `without a prompt there is nothing to edit for`() throws {
    #expect(
      try CommandTrial().screen(after: "edit") == """
        error: edit needs a prompt for what was written to come back to
        hint: start hypo in a terminal; run FILE runs the commands of a file
        exit status 6
        """)
  }

  @Test func `what was written comes back to the prompt`() throws {
    let trial = try trial(editor: "sh -c 'echo top 7 >> \"$0\"'")
    #expect(trial.screen(after: "edit") == "" && trial.prefilled == "top 7")
    try trial.enter("show format")
    #expect(trial.screen(after: "edit") == "" && trial.prefilled == "show format\ntop 7")
    try trial.enter("query q = select 1;")
    #expect(trial.screen(after: "edit @q") == "" && trial.prefilled == "explain select 1;\ntop 7")
    try trial.folder.write("status\n", to: "mine.sql")
    #expect(trial.screen(after: "edit ~/mine.sql") == "" && trial.prefilled == "status\ntop 7")
    #expect(try trial.folder.read("mine.sql") == "status\ntop 7\n")
  }

  @Test func `an empty and an unchanged text are forgotten`() throws {
    let trial = try trial(editor: "true")
    #expect(trial.screen(after: "edit") == "the text is empty")
    try trial.enter("show format")
    #expect(trial.screen(after: "edit") == "the text is unchanged")
    #expect(trial.prefilled == nil)
  }

  @Test func `a handle and a file that there are not are told`() throws {
    let trial = try trial(editor: "true")
    #expect(
      trial.screen(after: "edit @q") == """
        error: there is no query @q
          edit @q
               ^
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    #expect(
      trial.screen(after: "edit ~/mine.sql") == """
        error: could not read "FOLDER/mine.sql": there is no such file or folder
        hint: the path counts from the folder in which hypo was started
        """)
  }

  @Test(arguments: [
    ("sh -c 'exit 3'", "error: sh ended with status 3: nothing was taken from it"),
    ("sh -c 'kill -9 $$'", "error: sh was ended by signal 9: nothing was taken from it"),
    (
      "/nowhere/ed",
      """
      error: could not find the program "ed"
      detail: /nowhere/ed is not an executable file
      hint: VISUAL or EDITOR names the editor
      exit status 1
      """
    ),
  ])
  func `an editor that fails gives nothing`(editor: String, message: String) throws {
    #expect(try trial(editor: editor).screen(after: "edit") == message)
  }

  @Test func `a text needs a place for its file`() throws {
    #expect(
      try trial(editor: "true", folderForFiles: "/nowhere").screen(after: "edit") == """
        error: could not make a temporary folder in "/nowhere": there is no such file or folder
        hint: check TMPDIR and its space
        """)
  }

  @Test func `without any editor it says how to name one`() throws {
    var hypo = try Shop.hypo()
    hypo.environment["PATH"] = "/nowhere"
    let terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("edit")
    let prompt = "hypo \(try Shop.database().name)>"
    #expect(
      terminal.screen.text.hasSuffix(
        """
        \(prompt) edit
        error: could not find the program "vi"
        detail: searched /nowhere
        hint: set VISUAL or EDITOR to your editor
        \(prompt)
        """), "\(terminal.screen.text)")
  }
}
