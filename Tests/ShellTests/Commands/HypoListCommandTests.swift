import Testing

@testable import Shell

/// `hypo list`
@Suite struct HypoListCommandTests {
  @Test func `without a design it says how to make one`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "hypo list") == "no design yet; hypo add makes one")
    #expect(
      trial.screen(after: "hypo list all") == """
        error: unexpected "all"
          hypo list all
                    ^
        hint: usage: hypo list
        """)
  }

  @Test func `each design stands with its state`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "hypo add orders(customer_id, created_at desc) as by_customer",
      "hypo add orders(note) using gin",
      "hypo add orders(total)",
      "hypo drop %3")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name        | definition
        -------+--------------+----------------+-------------+-----------------------------------------------------------
        %1     | hypothetical |         912 kB | by_customer | public.orders(customer_id, created_at desc) as by_customer
        %2     | proposed     |              – | –           | public.orders(note) using gin
        %3     | proposed     |         528 kB | –           | public.orders(total)
        """)
    try trial.enter("hypo off")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name        | definition
        -------+--------------+----------------+-------------+-----------------------------------------------------------
        %1     | hypothetical |         912 kB | by_customer | public.orders(customer_id, created_at desc) as by_customer
        %2     | proposed     |              – | –           | public.orders(note) using gin
        %3     | proposed     |         528 kB | –           | public.orders(total)

        hypothetical indexes are switched off; hypo on lets the planner see them
        """)
  }
}
