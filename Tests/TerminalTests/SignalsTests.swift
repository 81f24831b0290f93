import Glibc
import TestSupport
import Testing

@testable import Terminal

/// In a process of its own: the mask would be that of the tests' thread.
@Suite struct SignalsTests {
  func probe() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(BuiltProducts.path(of: "EditorProbe"), ["--signals"])
    try terminal.waitForOutput("= installed")
    return terminal
  }

  @Test func `each signal is told and none ends the process`() throws {
    let terminal = try probe()
    for (number, name) in [
      (SIGINT, "interrupt"), (SIGTERM, "terminate"), (SIGHUP, "hangUp"), (SIGWINCH, "windowChange"),
      (SIGCONT, "continued"), (SIGINT, "interrupt"),
    ] {
      terminal.signal(number)
      try terminal.waitForOutput("= \(name)\r\n")
    }
    // Ignored: it comes as an error of the writing.
    terminal.signal(SIGPIPE)
    terminal.signal(SIGTERM)
    try terminal.waitForOutput("= terminate\r\n")
    terminal.signal(SIGKILL)
    #expect(try terminal.waitForExit() == .signal(SIGKILL))
  }

  @Test func `the keys of the terminal arrive as signals`() throws {
    let terminal = try probe()
    try terminal.type("\u{3}")
    try terminal.waitForOutput("= interrupt\r\n")
    try terminal.resize(width: 40, height: 10)
    try terminal.waitForOutput("= windowChange\r\n")
  }
}
