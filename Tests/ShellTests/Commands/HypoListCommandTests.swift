import TestSupport
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
        %1     | hypothetical |         \(TestServer.estimate("912 kB", "680 kB")) | by_customer | public.orders(customer_id, created_at desc) as by_customer
        %2     | proposed     |              – | –           | public.orders(note) using gin
        %3     | proposed     |         \(TestServer.estimate("528 kB", "480 kB")) | –           | public.orders(total)
        """)
    try trial.enter("hypo off")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name        | definition
        -------+--------------+----------------+-------------+-----------------------------------------------------------
        %1     | hypothetical |         \(TestServer.estimate("912 kB", "680 kB")) | by_customer | public.orders(customer_id, created_at desc) as by_customer
        %2     | proposed     |              – | –           | public.orders(note) using gin
        %3     | proposed     |         \(TestServer.estimate("528 kB", "480 kB")) | –           | public.orders(total)

        hypothetical indexes are switched off; hypo on lets the planner see them
        """)
  }

  @Test func `a design whose table is gone is a proposal again, and of a table made again a design`() throws {
    let database = try TestCluster.shared.database(.extensions)
    let table =
      "CREATE TABLE d (id int, v int); INSERT INTO d SELECT g, g FROM generate_series(1, 30000) g; ANALYZE d;"
    try database.script(table)
    let trial = try CommandTrial(on: database)
    try trial.enter("hypo add d(id)")
    try database.script("DROP TABLE d")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+-------------
        %1     | proposed |         \(TestServer.estimate("760 kB", "680 kB")) | –    | public.d(id)
        warning: public.d does not exist any more: the design %1 is lost; hypo add %1 makes it again when the table is back
        """)
    try database.script(table)
    try trial.enter("hypo add %1")
    try database.script(
      "DROP TABLE d;" + table + "INSERT INTO d SELECT g, g FROM generate_series(1, 30000) g; ANALYZE d")
    #expect(
      trial.screen(after: "diff select * from d where id = 5;")
        .hasSuffix("\nwarning: public.d is a new table, made after the design: the design %1 was made again"))
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name | definition
        -------+--------------+----------------+------+-------------
        %1     | hypothetical |       \(TestServer.estimate("1,528 kB", "1,360 kB")) | –    | public.d(id)
        """)
    try database.script("ALTER TABLE d DROP COLUMN id")
    #expect(
      trial.screen(after: "diff select * from d where v = 5;") == """
        warning: columns of public.d have changed: the design %1 is lost: hypopg: column "id" does not exist
        error: no design is active, so there is nothing to compare
        hint: hypo add %1 makes it hypothetical, hypo add TABLE(COLUMNS) makes a new one
        """)
  }
}
