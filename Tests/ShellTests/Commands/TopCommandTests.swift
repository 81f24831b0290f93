import Foundation
import TestSupport
import Testing

@testable import Shell

/// `top`, the ranking of statements.
@Suite struct TopCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "top 0") == """
        error: the number of statements must be a whole number above 0
          top 0
              ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "top x") == """
        error: unexpected "x"
          top x
              ^
        hint: usage: top [N] [by total|mean|calls|rows|reads|writes|temp|wal] [on TABLE]
        """)
    #expect(
      trial.screen(after: "top by") == """
        error: by needs total, mean, calls, rows, reads, writes, temp or wal
          top by
                ^
        hint: usage: top [N] [by total|mean|calls|rows|reads|writes|temp|wal] [on TABLE]
        """)
    #expect(
      trial.screen(after: "top by cals") == """
        error: unexpected "cals"
          top by cals
                 ^
        hint: did you mean "calls"?
        """)
    #expect(
      trial.screen(after: "top by speed") == """
        error: unexpected "speed"
          top by speed
                 ^
        hint: one of: total, mean, calls, rows, reads, writes, temp, wal
        """)
    #expect(
      trial.screen(after: "top on") == """
        error: on needs a table
          top on
                ^
        hint: for example on orders
        """)
    #expect(
      trial.screen(after: "top on a.b.c") == """
        error: a name has at most two parts
          top on a.b.c
                 ^
        hint: write NAME or SCHEMA.NAME
        """)
    #expect(
      trial.screen(after: "top since") == """
        error: snapshots are not there yet
          top since
              ^
        hint: top without since ranks what was counted so far
        """)
  }

  @Test func `statements get handles in the order of the ranking, and keep them`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.database?.script(
      "select count(*) from products; select count(*) from products; select count(*) from products")
    try trial.database?.script(
      "select count(*) from orders where customer_id = 7; select count(*) from orders where customer_id = 8")
    try trial.database?.script("select sum(total) from orders")
    #expect(
      trial.screen(after: "top by calls") == """
        query | calls | total | mean | rows | share | text
        ------+-------+-------+------+------+-------+---------------------------------------------------
        @1    |     3 |     ~ |    ~ |    3 |     ~ | select count(*) from products
        @2    |     2 |     ~ |    ~ |    2 |     ~ | select count(*) from orders where customer_id = $1
        @3    |     1 |     ~ |    ~ |    1 |     ~ | select sum(total) from orders

        left out  nothing
        """)
    #expect(
      trial.screen(after: "top 1 by calls") == """
        query | calls | total | mean | rows | share | text
        ------+-------+-------+------+------+-------+------------------------------
        @1    |     3 |     ~ |    ~ |    3 |     ~ | select count(*) from products

        left out  nothing
        """)
    #expect(
      trial.screen(after: "top by calls on orders") == """
        query | calls | total | mean | rows | share | text
        ------+-------+-------+------+------+-------+---------------------------------------------------
        @2    |     2 |     ~ |    ~ |    2 |     ~ | select count(*) from orders where customer_id = $1
        @3    |     1 |     ~ |    ~ |    1 |     ~ | select sum(total) from orders

        left out  nothing
        """)
    #expect(
      trial.screen(after: "top on customers") == """
        no counted statement is known to reach public.customers

        left out  nothing
        """)
    #expect(
      trial.screen(after: "top on nowhere") == """
        error: relation "nowhere" does not exist (42P01)
          top on nowhere
                 ^
        hint: \\dt *.* lists the tables of all schemas
        """)
    #expect(
      trial.screen(after: "explain @1") == """
        @1, estimated; not executed

        Plan
                                 cost  rows  width  own share
        Aggregate                4.51     1      8  ▉         11 %
        └─ Seq Scan on products  4.00   200      0  ███████▏  89 % ◀
        """)
  }

  @Test(arguments: [
    ("reads", "blocks read"), ("writes", "blocks dirtied"), ("temp", "temp blocks"), ("wal", "WAL"),
  ])
  func `a ranking by something else adds its column`(ranking: String, column: String) throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.database?.script("select count(*) from products")
    let heading = trial.screen(after: "top by \(ranking)").split(separator: "\n")[0]
      .split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(heading == ["query", "calls", "total", "mean", "rows", column, "share", "text"])
  }

  @Test func `a role that sees only its own is told how many are hidden`() throws {
    _ = try Shop.database()
    let trial = try CommandTrial(on: TestCluster.shared.database(.orders), user: "shell_stranger")
    try trial.database?.script("select count(*) from products; select count(*) from orders")
    #expect(
      trial.screen(after: "top") == """
        none of the counted statements that the role may see has a plan

        left out  nothing

        warning: 2 statements of other roles are hidden: grant pg_read_all_stats to see them
        """)
  }

  @Test func `nothing counted yet is said only when it is so`() throws {
    let trial = try CommandTrial.onOwnShop()
    #expect(
      trial.screen(after: "top") == """
        pg_stat_statements has counted nothing in this database yet

        left out  nothing
        """)
    try trial.database?.script("set work_mem = '5MB'")
    #expect(
      trial.screen(after: "top") == """
        none of the counted statements has a plan

        left out  1 without a plan; 100.0 % of the time
        """)
  }

  @Test func `statements that run a plan are ranked, also those that reach a table by another name`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.database?.script("create view big as select * from orders where total > 100")
    try trial.database?.script(
      """
      create table kept as select * from orders where customer_id = 5; copy (select id from big) to '/dev/null';
      declare c cursor for select id from big; fetch 5 from c; close c;
      prepare q(int) as select id from orders where customer_id = $1; execute q(1); execute q(2)
      """)
    let screen = trial.screen(after: "top on orders")
    for text in [
      "| create table kept as select * from orders where customer_id = \(TestServer.counted("5", from16: "$1"))",
      "| copy (select id from big) to '…'",
      "| declare c cursor for select id from big", "| fetch 5 from c",
      "| prepare q(int) as select id from orders where customer_id = $1",
    ] { #expect(screen.contains(text), "\(screen)") }
    #expect(screen.contains("left out  2 without a plan; "))
  }
}
