import Glibc
import Testing

@testable import Terminal

@Suite struct TerminalErrorTests {
  @Test func `the hint stands on a line of its own`() {
    #expect("\(TerminalError(.inputOutput, "could not read"))" == "could not read")
    #expect(
      "\(TerminalError(.inputOutput, "could not read", hint: "try again"))"
        == "could not read\nhint: try again")
  }

  @Test func `the system's reason ends the message`() {
    let error = TerminalError.system(.inputOutput, "could not open", number: ENOENT)
    #expect(error.message == "could not open: No such file or directory")
  }
}
