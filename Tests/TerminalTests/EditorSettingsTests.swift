import Testing

@testable import Terminal

@Suite struct EditorSettingsTests {
  @Test(arguments: [
    "bind -v", "bind -e", "hypo:bind -v", "bind ^G ed-move-to-beg", "bind -a q vi-zero", "bind -r ^T",
    "bind -a -r x", "bind ^P ed-prev-history", "bind ^P hypo-older", "bind ^G ed-insert",
  ])
  func `a mode and keys for wanted functions are taken`(line: String) {
    #expect(EditorSettings.accept(line.split(separator: " ").map(String.init)))
  }

  @Test(arguments: [
    "", "edit off", "edit on", "hypo:edit off", "settc co 0", "setty -d -echo", "echotc bl", "telltc",
    "history size 0", "bind", "bind -l", "bind ^G", "bind -s ^G ^G", "bind -k up ed-prev-history",
    "bind ^G ed-command", "bind -a : ed-command", "bind ^G vi-histedit", "bind ^G em-meta-next",
    "bind ^G no-such-function", "bind ^G ed-insert more", "bind -r", "bind -r ^G ed-insert", "bind -",
    "bind -ar ^G", ":bind -v:", "unbind -v", "hypo:",
  ])
  func `what changes the terminal or leads elsewhere is not`(line: String) {
    #expect(!EditorSettings.accept(line.split(separator: " ").map(String.init)))
  }

  @Test func `a function is kept, replaced by one of ours, or bound to no key`() {
    #expect(EditingFunction.all["ed-newline"] == .kept("Enter"))
    #expect(
      EditingFunction.all["ed-prev-history"]
        == .replaced(by: "hypo-up", "libedit's keeps only 1,023 characters of a line that it leaves"))
    #expect(EditingFunction.all["ed-command"] == nil)
    for case .replaced(let own, _) in EditingFunction.all.values {
      #expect(EditingFunction.own.contains(own))
    }
  }

  @Test func `keys are written as octal numbers for libedit`() {
    #expect(EditorListing.notation([0, 0x1B, 0x2D, 0x5E, 0xFF]) == #"\000\033\055\136\377"#)
  }
}
