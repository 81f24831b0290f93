import TestSupport
import Testing

@testable import Shell

/// `hypo reset`
@Suite struct HypoResetCommandTests {
  @Test func `every design becomes a proposal`() throws {
    let trial = try CommandTrial.onShop()
    #expect(trial.screen(after: "hypo reset") == "no design was hypothetical")
    try trial.enter("hypo add orders(note)", "hypo add orders(total)")
    #expect(trial.screen(after: "hypo reset") == "now only proposed: %1 %2")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+---------------------
        %1     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        %2     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(total)
        """)
    #expect(
      trial.screen(after: "hypo reset now") == """
        error: unexpected "now"
          hypo reset now
                     ^
        hint: usage: hypo reset
        """)
  }
}
