import Foundation
import TestSupport
import Testing

/// A history file that fails, as a person at the prompt meets it.
@Suite struct HistoryFileTests {
  private let hypo: HypoProcess
  private let path: String

  init() throws {
    hypo = try Shop.hypo()
    path = "\(hypo.folder.path)/state/hypo/history"
  }

  private func shell() throws -> PseudoTerminal {
    let terminal = try hypo.onTerminal(width: 200)
    try terminal.waitForPrompt()
    return terminal
  }

  /// Puts a folder in the place of the file: neither can be read nor written as one, not even by root.
  private func obstruct() throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  @Test func `one that cannot be read is complained about once, and the shell remembers what is typed`()
    throws
  {
    try obstruct()
    let terminal = try shell()
    let complaint = "error: could not read the history \"\(path)\": it is a folder\n"
    #expect(terminal.screen.text.contains(complaint), "\(terminal.screen.text)")
    try terminal.enter("set timing")
    try terminal.enter("\u{1B}[A")
    let text = terminal.screen.text
    #expect(text.ranges(of: "> set timing\ntiming  off\n").count == 2, "\(text)")
    #expect(text.ranges(of: "error:").count == 1, "\(text)")
  }

  @Test func `an entry that cannot be written stops no command, and the next one is written`() throws {
    let terminal = try shell()
    try terminal.enter("set timing")
    #expect(try hypo.folder.read("state/hypo/history") == "set timing\n")
    try obstruct()
    try terminal.enter("set format")
    let complaint = "error: could not write the history \"\(path)\": it is a folder\nformat  aligned\n"
    #expect(terminal.screen.text.contains(complaint), "\(terminal.screen.text)")
    try FileManager.default.removeItem(atPath: path)
    try terminal.enter("set expanded")
    #expect(terminal.screen.text.contains("> set expanded\nexpanded  auto\n"), "\(terminal.screen.text)")
    #expect(try hypo.folder.read("state/hypo/history") == "set expanded\n")
  }
}
