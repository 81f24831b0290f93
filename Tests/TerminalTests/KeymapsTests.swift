import TestSupport
import Testing

@testable import Terminal

/// Which of libedit's functions a key reaches, whatever `.editrc` says.
@Suite struct KeymapsTests {
  private func functions(_ settings: String) throws -> [String] {
    let home = try TemporaryFolder()
    try home.write(settings, to: ".editrc")
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), ["--editrc", "--functions"], environment: ["HOME": home.path],
      width: 4_000)
    try terminal.waitForReadiness()
    let row = terminal.screen.rows.first { $0.hasPrefix("= ") }
    return row?.split(separator: " ").dropFirst().map(String.init) ?? []
  }

  private static let emacs = [
    "ed-clear-screen", "ed-delete-next-char", "ed-delete-prev-word", "ed-digit",
    "ed-ignore", "ed-insert", "ed-kill-line", "ed-move-to-beg", "ed-move-to-end", "ed-newline",
    "ed-next-char",
    "ed-prev-char", "ed-prev-word", "ed-quoted-insert", "ed-sequence-lead-in", "ed-transpose-chars",
    "ed-unassigned", "em-capitol-case", "em-copy-prev-word", "em-copy-region", "em-delete-next-word",
    "em-delete-or-list", "em-delete-prev-char", "em-exchange-mark", "em-inc-search-prev", "em-kill-line",
    "em-lower-case", "em-next-word", "em-upper-case", "em-yank", "hypo-complete", "hypo-down",
    "hypo-interrupt",
    "hypo-newer", "hypo-older", "hypo-paste", "hypo-restore", "hypo-up",
  ]

  @Test func `emacs' keys reach what is wanted and nothing else`() throws {
    #expect(try functions("") == Self.emacs)
  }

  @Test func `vi's keys reach what is wanted and nothing else`() throws {
    let found = try functions("bind -v\n")
    #expect(found.filter { !EditingFunction.isWanted($0) } == [])
    #expect(
      found.filter { $0.hasPrefix("vi-") } == EditingFunction.all.keys.filter { $0.hasPrefix("vi-") }.sorted()
    )
  }

  @Test(arguments: [
    "bind ^G ed-command\n", "bind -a ^G ed-command\n", "bind \\ex ed-command\n", "bind ^X^G ed-command\n",
    "bind -s ^G \"\\exbind -v\\n\"\n", "bind -k up ed-command\n", "probe:bind ^G vi-histedit\n",
    "bind ^G no-such-function\n", "edit off\n", "history size 0\n", "settc co 0\n",
    "\"\n", "'\nbind ^G ed-command\n", "bind \"^G\n", "\\\n", ":\n", ": \"\n", "\t# \"\n", "bind\n",
    "bind -l\n",
    "bind ^ ed-insert\n",
  ])
  func `what .editrc may not do leaves the keys as they are`(settings: String) throws {
    #expect(try functions(settings) == Self.emacs)
  }

  @Test func `what .editrc may do is done`() throws {
    let found = try functions(
      "# mine\nprobe:bind \"^G\" em-toggle-overwrite\nother:bind ^] em-kill-region\nbind -r ^T\n")
    #expect(found == (Self.emacs + ["em-toggle-overwrite"]).filter { $0 != "ed-transpose-chars" }.sorted())
  }

  @Test(arguments: ["bind -r \\e\nbind -r ^X^X\n", "bind -v\nbind -a -r \\e\nbind -a -r O\nbind -a -r [\n"])
  func `keys that begin sequences may all be unbound`(settings: String) throws {
    let home = try TemporaryFolder()
    try home.write(settings, to: ".editrc")
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), ["--editrc"], environment: ["HOME": home.path])
    try terminal.waitForReadiness()
    try terminal.type("\u{1B}x\u{18}x\u{1B}[\u{1B}O\u{3}")
    try terminal.waitForReadiness()
    try terminal.type("ok\r")
    try terminal.waitForScreen("= line 2 ok")
  }
}
