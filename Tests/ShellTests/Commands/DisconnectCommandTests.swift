import TestSupport
import Testing

@testable import Shell

/// `disconnect`
@Suite struct DisconnectCommandTests {
  @Test func `it leaves the server and keeps the handles`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("query q = select 1;", "hypo add orders(note)")
    #expect(trial.screen(after: "disconnect") == "disconnected")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+--------------------
        %1     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        """)
    #expect(
      trial.screen(after: "query") == """
        query | text
        ------+---------
        @q    | select 1
        """)
    #expect(trial.screen(after: "disconnect") == "there was no connection")
    #expect(
      trial.screen(after: "disconnect now") == """
        error: unexpected "now"
          disconnect now
                     ^
        hint: usage: disconnect
        """)
  }
}
