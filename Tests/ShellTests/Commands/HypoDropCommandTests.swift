import TestSupport
import Testing

@testable import Shell

/// `hypo drop`
@Suite struct HypoDropCommandTests {
  @Test func `what is no handle of a hypothetical design is told`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo drop") == """
        error: hypo drop needs a design handle or all
          hypo drop
                   ^
        hint: usage: hypo drop %n … | all
        """)
    #expect(
      trial.screen(after: "hypo drop x") == """
        error: unexpected "x"
          hypo drop x
                    ^
        hint: usage: hypo drop %n … | all
        """)
    #expect(
      trial.screen(after: "hypo drop all x") == """
        error: unexpected "x"
          hypo drop all x
                        ^
        hint: usage: hypo drop %n … | all
        """)
    #expect(
      trial.screen(after: "hypo drop %1") == """
        error: there is no design %1
          hypo drop %1
                    ^
        hint: hypo add makes one
        """)
    #expect(trial.screen(after: "hypo drop all") == "no design was hypothetical")
    try trial.enter("hypo add orders(note)", "hypo drop %1")
    #expect(
      trial.screen(after: "hypo drop %1") == """
        error: %1 is not hypothetical now
          hypo drop %1
                    ^
        hint: hypo list shows the states
        """)
    #expect(
      trial.screen(after: "hypo drop %12") == """
        error: there is no design %12
          hypo drop %12
                    ^
        hint: did you mean %1? designs: %1
        """)
  }

  @Test func `designs go from the planner's sight and stay as proposals`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("hypo add orders(note)", "hypo add orders(total)", "hypo add orders(status)")
    #expect(trial.screen(after: "hypo drop %2, %1 %2") == "now only proposed: %2 %1")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name | definition
        -------+--------------+----------------+------+----------------------
        %1     | proposed     |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        %2     | proposed     |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(total)
        %3     | hypothetical |         \(TestServer.estimate("608 kB", "560 kB")) | –    | public.orders(status)
        """)
    #expect(trial.screen(after: "hypo drop all") == "now only proposed: %3")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+----------------------
        %1     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        %2     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(total)
        %3     | proposed |         \(TestServer.estimate("608 kB", "560 kB")) | –    | public.orders(status)
        """)
  }
}
