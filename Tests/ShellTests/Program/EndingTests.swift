import Foundation
import Glibc
import TestSupport
import Testing

/// SIGTERM and SIGHUP sent to hypo alone, while another program has the terminal.
@Suite struct EndingTests {
  /// A program that shows a word and stays until a signal ends it.
  private static let stayer = "echo staying; while :; do read word </dev/tty; done"

  private func hypo() throws -> HypoProcess {
    var hypo = try Shop.hypo()
    for name in ["psql", "pager", "editor"] {
      try hypo.folder.writeProgram(Self.stayer, to: name)
    }
    hypo.environment["PATH"] = "\(hypo.folder.path):/usr/bin:/bin"
    hypo.environment["PAGER"] = "\(hypo.folder.path)/pager"
    hypo.environment["EDITOR"] = "\(hypo.folder.path)/editor"
    return hypo
  }

  @Test(
    arguments: [
      "\\d orders", "edit", "help", "select i from generate_series(1, 2000) i;",
    ], [SIGTERM, SIGHUP])
  func `what has the terminal is ended, and then hypo`(line: String, signal: Int32) throws {
    // Its folder is there as long as it is.
    let hypo = try hypo()
    defer { withExtendedLifetime(hypo) {} }
    let terminal = try hypo.onTerminal(height: 10)
    try terminal.waitForPrompt()
    try terminal.type(line + "\r")
    try terminal.waitForScreen("staying") { $0.rows.contains("staying") }
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .code(0))
  }
}
