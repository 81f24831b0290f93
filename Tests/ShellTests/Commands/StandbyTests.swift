import Foundation
import TestSupport
import Testing

@testable import Shell

/// What a person finds on a streaming standby: all that looks and tries works there, nothing that changes.
@Suite struct StandbyTests {
  /// A primary and its standby; both end when the tests do.
  private static func standby() throws -> (TestDatabase, onStandby: TestDatabase) {
    let database = try TestCluster(["shared_buffers": "16MB"]).database(.orders)
    return (database, try TestCluster.standby(with: database))
  }

  @Test func `designs are tried there, and promoted on the primary`() throws {
    let (primary, standby) = try Self.standby()
    let trial = try CommandTrial(on: standby)
    #expect(trial.screen(after: "status").contains("\nrole                standby\n"))
    guard TestServer.hypopg(isAtLeast: "1.2") else { return refusesDesigns(trial) }
    #expect(
      trial.lastLines(4, after: "doctor") == """
        role                     | warning | standby

        hint: role: planning works here; promote needs the primary
        everything that hypo needs is there, but see the warnings above
        """)
    try trial.enter("hypo add orders(customer_id)")
    #expect(
      trial.screen(after: "explain select * from orders where customer_id = $1; with (42)") == """
        the statement with $1 = 42, estimated; not executed

        Without designs
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)

        With %1
                                     cost  rows  width  own share
        Bitmap Heap Scan on orders  115.2    56     34  ███████▊  96 % ◀
        │   Recheck Cond: (customer_id = 42)
        └─ Bitmap Index Scan on %1   4.46    56      0  ▎          4 %
               Index Cond: (customer_id = 42)

        design | used | how                     | definition
        -------+------+-------------------------+---------------------------
        %1     | yes  | Bitmap Index Scan on %1 | public.orders(customer_id)

        hint: diff compares the two, with a verdict
        """)
    #expect(
      trial.lastLines(1, after: "diff") == "better: estimated cost 398.0 → 115.2 (71.1 % lower), through %1")
    #expect(
      trial.lastLines(4, after: "promote %1") == """
        error: cannot promote on a standby
        detail: this server is a standby, which changes nothing
        hint: connect to the primary and promote there
        exit status 6
        """)
    #expect(trial.screen(after: "changes") == "nothing was changed through hypo yet")
    withExtendedLifetime(primary) {}
  }

  /// What an old HypoPG leaves: all but designs.
  private func refusesDesigns(_ trial: CommandTrial) {
    let hint =
      "try designs on the primary; HypoPG makes them on a standby from 1.2 on, with hypopg.use_real_oids off"
    #expect(
      trial.lastLines(4, after: "doctor") == """

        hint: HypoPG's functions: \(hint)
        hint: role: planning works here; promote needs the primary
        error: 1 of 9 checks failed
        """)
    #expect(
      trial.screen(after: "hypo add orders(customer_id)") == """
        error: could not create hypothetical index on "orders": cannot assign OIDs during recovery (XX000)
        hint: \(hint)
        """)
  }

  @Test func `a reading is counted there, by the standby's own counters`() throws {
    let (primary, standby) = try Self.standby()
    let trial = try CommandTrial(on: standby)
    for _ in 1...3 { try standby.execute("SELECT count(*) FROM orders WHERE customer_id = 7") }
    try primary.execute("SELECT count(*) FROM products")
    let top = trial.screen(after: "top 9 by calls")
    #expect(top.contains("SELECT count(*) FROM orders WHERE customer_id = $1"), "\(top)")
    #expect(!top.contains("products"), "\(top)")
  }

  @Test func `a notebook's guards tell it from a primary`() throws {
    let (primary, standby) = try Self.standby()
    let notebook = """
      #: hypo 1
      #: requires ROLE hypopg
      explain select * from orders where customer_id = 42;
      [standby] expect role standby
      [primary] expect role primary

      """
    for (server, role, other) in [(standby, "standby", "primary"), (primary, "primary", "standby")] {
      let hypo = try HypoProcess(server)
      try hypo.folder.write(notebook.replacing("ROLE", with: role), to: "n.hypo")
      let run = try hypo.run(["--yes", "replay", "n.hypo"])
      #expect(run.output.contains("guard: \(other) does not hold here"), "\(run)")
      try hypo.folder.write(notebook.replacing("ROLE", with: other), to: "n.hypo")
      let refused = try hypo.run(["--yes", "replay", "n.hypo"])
      #expect(refused.status == 3 && refused.errors.contains(other), "\(refused)")
    }
  }
}
