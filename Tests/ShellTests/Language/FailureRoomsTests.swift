import Glibc
import Reports
import Storage
import Terminal
import Testing

@testable import Shell

@Suite struct FailureRoomsTests {
  @Test func `what the system refuses a terminal is worded as for files`() {
    #expect(
      Failure(TerminalError(.inputOutput, "could not read from the terminal", systemNumber: EACCES))
        == Failure(.ownFailure, "could not read from the terminal: permission denied"))
    #expect(
      Failure(TerminalError(.notATerminal, "there is no terminal", hint: "open one"))
        == Failure(.ownFailure, "there is no terminal", hint: "open one"))
  }
}
