import Glibc
import TestSupport
import Testing

/// Keys of every kind at the prompt of the real program: whatever they do, a shell is there afterwards.
@Suite struct KeysTests {
  /// The keys of a mode, and how it is chosen.
  enum Mode: String, CaseIterable {
    case emacs = ""
    case vi = "bind -v\n"
  }

  private func hypo(_ settings: String) throws -> (HypoProcess, PseudoTerminal) {
    let hypo = try Shop.hypo()
    try hypo.folder.write(settings, to: ".editrc")
    let terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    return (hypo, terminal)
  }

  private func expectAnswer(_ terminal: PseudoTerminal) throws {
    // What was typed before may still be worked off, and have its own prompts.
    for _ in 0..<10 where !terminal.screen.rows.contains("timing  off") {
      try terminal.type("\u{3}")
      try terminal.waitForPrompt()
      try terminal.enter("show timing")
    }
    try terminal.waitForScreen("timing  off")
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.type("\u{4}")
    #expect(try terminal.waitForExit() == .code(0))
  }

  @Test(
    arguments: ["\u{1B}x", "\u{1B}X", "\u{1B}:", "\u{1B}v", "\u{1B}@a", "\u{1B}G", "\u{1B}_", "\u{1B}#"],
    Mode.allCases)
  func `no key opens a prompt of the editor's own`(keys: String, mode: Mode) throws {
    for rest in ["\"\r", "'\r", "bind -v\r", "settc co 0\r"] {
      let (hypo, terminal) = try hypo(mode.rawValue)
      try terminal.type(keys + rest)
      try terminal.waitForPrompt()
      try expectAnswer(terminal)
      withExtendedLifetime(hypo) {}
    }
  }

  /// Ctrl-C, Ctrl-D, Ctrl-Q, Ctrl-S, Ctrl-Z and Ctrl-\ are the terminal's or end the input.
  private static let keys = (UInt8(1)...126).filter { ![3, 4, 17, 19, 26, 28].contains($0) }

  @Test(
    arguments: [
      [], [0x1B], [0x18], [0x16], [0x1B, 0x1B], [0x1B, 0x5B], [0x1B, 0x34], [0x12], [0x1B, 0x64],
      [0x1B, 0x2F],
    ],
    Mode.allCases)
  func `every key behind every prefix leaves a shell that answers`(prefix: [UInt8], mode: Mode) throws {
    let (hypo, terminal) = try hypo(mode.rawValue)
    for key in Self.keys {
      // Two: the first one may end a search, or be a character.
      try terminal.send(prefix + [key] + Array("x\"\r\r".utf8))
      try terminal.waitForPrompt()
    }
    try expectAnswer(terminal)
    withExtendedLifetime(hypo) {}
  }

  @Test(arguments: ["$", "\u{5}"])
  func `vi's way to the end of an empty line ends nothing`(key: String) throws {
    let (hypo, terminal) = try hypo(Mode.vi.rawValue)
    for _ in 0..<40 {
      try terminal.type("\u{1B}\(key)xPip\r")
      try terminal.waitForPrompt()
    }
    try expectAnswer(terminal)
    withExtendedLifetime(hypo) {}
  }

  @Test(arguments: Mode.allCases)
  func `another size in the middle of any key leaves a shell that answers`(mode: Mode) throws {
    let (hypo, terminal) = try hypo(mode.rawValue)
    for (index, key) in Self.keys.enumerated() {
      try terminal.send([0x1B, key])
      try terminal.resize(width: 20 + index % 60, height: 5 + index % 20)
      try terminal.send(Array("select 'a long line that wraps' \"\r\r".utf8))
      try terminal.waitForPrompt()
    }
    try terminal.resize(width: 80, height: 24)
    try expectAnswer(terminal)
    withExtendedLifetime(hypo) {}
  }

  @Test(arguments: ["a", " ", "~", "p", "l", "R", "x9", "\u{19}", "\u{14}"], Mode.allCases)
  func `the largest count leaves a shell that answers`(key: String, mode: Mode) throws {
    let (hypo, terminal) = try hypo(mode.rawValue)
    try terminal.type("abc\u{1B}9999999\(key)\r")
    try terminal.waitForPrompt()
    #expect(terminal.output.count < 10_000, "nothing was repeated as often")
    try expectAnswer(terminal)
    withExtendedLifetime(hypo) {}
  }
}
