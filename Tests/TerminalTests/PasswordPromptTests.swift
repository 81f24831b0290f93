import Glibc
import TestSupport
import Testing

@testable import Terminal

@Suite struct PasswordPromptTests {
  /// `stty` afterwards shows whether the terminal echoes again.
  func ask(_ answer: (PseudoTerminal) throws -> Void) throws -> String {
    let terminal = try PseudoTerminal(
      "/bin/sh",
      [
        "-c", "\"$0\" --password < /dev/null; stty -a | grep -ow -e '-*echo' -e '-*icanon' -e '-*isig'",
        BuiltProducts.path(of: "EditorProbe"),
      ])
    try terminal.waitForScreen("Password:")
    try answer(terminal)
    _ = try terminal.waitForExit()
    return terminal.screen.text
  }

  let restored = "isig\nicanon\necho"

  @Test func `the answer is read and not shown`() throws {
    #expect(
      try ask {
        try $0.type("größe"); try $0.type("x\u{7F}\r")
      }
        == "Password:\n= password größe\n\(restored)")
  }

  @Test(arguments: ["abc\u{3}", "\u{4}"])
  func `giving up is no password and the terminal is as before`(keys: String) throws {
    #expect(try ask { try $0.type(keys) } == "Password:\n= no password\n\(restored)")
  }

  @Test func `keys edit what is not seen`() {
    func typed(_ text: String) -> PasswordLine.Step {
      var line = PasswordLine()
      return text.utf8.reduce(.more) { step, byte in step == .more ? line.add(byte) : step }
    }
    #expect(typed("abc\r") == .done("abc"))
    #expect(typed("ab") == .more)
    #expect(typed("aé\u{7F}\u{7F}\u{7F}b\n") == .done("b"))
    #expect(typed("abc\u{15}d\n") == .done("d"))
    #expect(typed("ab\u{4}") == .done("ab"))
    #expect(typed("\u{4}") == .done(nil))
    #expect(typed("ab\u{3}") == .done(nil))
  }
}
