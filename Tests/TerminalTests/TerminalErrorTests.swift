import Glibc
import Testing

@testable import Terminal

@Suite struct TerminalErrorTests {
  @Test func `what the system refuses keeps the number of the call that failed`() {
    #expect(close(-1) == -1)
    #expect(
      TerminalError.system(.inputOutput, "could not close")
        == TerminalError(.inputOutput, "could not close", systemNumber: EBADF))
  }
}
