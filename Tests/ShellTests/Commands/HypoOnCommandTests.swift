import Testing

@testable import Shell

/// `hypo on`
@Suite struct HypoOnCommandTests {
  @Test func `the planner sees the designs again`() throws {
    let trial = try CommandTrial.onShop()
    #expect(trial.screen(after: "hypo on") == "the planner sees: no design is hypothetical")
    try trial.enter("hypo add orders(note)", "hypo off")
    #expect(trial.screen(after: "hypo on") == "the planner sees: %1")
    #expect(
      trial.screen(after: "explain select 1 from orders where note = 'x';") == """
        the statement, estimated; not executed

        Without designs
                             cost  rows  width  own share
        Seq Scan on orders  398.0     1      4  ████████ 100 %
            Filter: (note = 'x'::text)

        With %1
                                            cost  rows  width  own share
        Index Only Scan using %1 on orders  4.05     1      4  ████████ 100 %
            Index Cond: (note = 'x'::text)

        design | used | how                                | definition
        -------+------+------------------------------------+--------------------
        %1     | yes  | Index Only Scan using %1 on orders | public.orders(note)

        hint: diff compares the two, with a verdict
        """)
    #expect(
      trial.screen(after: "hypo on now") == """
        error: unexpected "now"
          hypo on now
                  ^
        hint: usage: hypo on
        """)
  }

  @Test func `without a server there is nothing to see`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "hypo on") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }
}
