import TestSupport
import Testing

@testable import Shell

/// `hypo off`
@Suite struct HypoOffCommandTests {
  @Test func `the designs are kept, and the planner does not see them`() throws {
    let trial = try CommandTrial.onShop()
    #expect(trial.screen(after: "hypo off") == "hidden from the planner: no design is hypothetical")
    try trial.enter("hypo add orders(note)", "hypo add orders(total)")
    #expect(trial.screen(after: "hypo off") == "hidden from the planner: %1 %2")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name | definition
        -------+--------------+----------------+------+---------------------
        %1     | hypothetical |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        %2     | hypothetical |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(total)

        hypothetical indexes are switched off; hypo on lets the planner see them
        """)
    #expect(
      trial.screen(after: "hypo off now") == """
        error: unexpected "now"
          hypo off now
                   ^
        hint: usage: hypo off
        """)
  }
}
