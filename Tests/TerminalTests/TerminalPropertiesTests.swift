import Glibc
import Terminal
import TestSupport
import Testing

@Suite struct TerminalPropertiesTests {
  /// Never a terminal.
  func pipe(_ variables: [String: String]) -> TerminalProperties {
    TerminalProperties(fileDescriptor: -1) { variables[$0] }
  }

  @Test func `without a terminal COLUMNS and LINES tell the size`() {
    #expect(pipe(["COLUMNS": "132", "LINES": "50"]).width == 132)
    #expect(pipe(["COLUMNS": "132", "LINES": "50"]).height == 50)
    #expect(pipe(["COLUMNS": "wide", "LINES": "-1"]).width == 80)
    #expect(pipe(["COLUMNS": "wide", "LINES": "-1"]).height == 24)
    #expect(pipe([:]).isTerminal == false)
  }

  @Test func `a pipe has colour only when it is forced`() {
    #expect(pipe(["TERM": "xterm"]).usesColour(.auto) == false)
    #expect(pipe(["TERM": "xterm"]).usesColour(.always) == true)
    #expect(pipe(["TERM": "xterm"]).usesColour(.never) == false)
  }

  @Test(arguments: [
    (["TERM": "xterm"], true), (["TERM": "xterm", "NO_COLOR": "1"], false),
    (["TERM": "xterm", "NO_COLOR": ""], true), (["TERM": "dumb"], false), (["TERM": ""], false), ([:], false),
  ])
  func `a terminal has colour unless it cannot or must not`(variables: [String: String], expected: Bool)
    throws
  {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    defer { close(terminal) }
    let properties = TerminalProperties(fileDescriptor: terminal) { variables[$0] }
    #expect(properties.isTerminal)
    #expect(properties.usesColour(.auto) == expected)
    #expect(properties.usesColour(.always) == true)
    #expect(properties.usesColour(.never) == false)
  }
}
