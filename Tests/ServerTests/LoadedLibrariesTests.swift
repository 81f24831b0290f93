import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// auto_explain and pg_hint_plan beside designs.
@Suite struct LoadedLibrariesTests {
  /// A shop where auto_explain is loaded for everybody, with settings of its own.
  private static func logging(_ settings: [String] = ["log_min_duration = 0"]) throws -> TestDatabase {
    let database = try TestCluster.shared.database(.orders)
    for setting in ["session_preload_libraries = 'auto_explain'"] + settings.map({ "auto_explain.\($0)" }) {
      try database.script("ALTER DATABASE \(database.name) SET \(setting)")
    }
    return database
  }

  private static func withRole(_ database: TestDatabase, _ body: (String) throws -> Void) throws {
    let role = "Logged in \(database.name)"
    try database.script(
      "CREATE ROLE \"\(role)\" LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"\(role)\"")
    defer { try? database.script("DROP OWNED BY \"\(role)\"; DROP ROLE \"\(role)\"") }
    try body(role)
  }

  private static func finding(_ name: String, _ session: Session) throws -> [String] {
    try PrerequisitesTests.lines(session.prerequisites()).filter { $0.hasPrefix(name) }
  }

  /// Plans with a design on the customer of an order.
  private static func plansWithDesign(_ session: Session) throws -> Bool {
    try session.add(1, "orders(customer_id)")
    let plan = try session.explain("SELECT * FROM orders WHERE customer_id = 42").plan
    return plan.usedDesigns == [DesignHandle(1)]
  }

  @Test func `where auto_explain logs every plan, a session that may switches it off for itself`() throws {
    let database = try Self.logging()
    let session = try database.session()
    #expect(try Self.plansWithDesign(session))
    #expect(session.facts.libraries == LoadedLibraries(row: ["-1", "1", nil]))
    #expect(
      try Self.finding("auto_explain", session) == ["auto_explain | ok | it logs nothing of this session | -"]
    )
    #expect(session.changedSettings == [:])
    try database.terminate(session.facts.backendPID)
    #expect(
      try session.explain("SELECT * FROM orders WHERE customer_id = 43").plan.usedDesigns == [DesignHandle(1)]
    )
    let planner = try WhatIfPlanner(beside: session)
    let design = try IndexDefinitionParser.parseShortForm("orders(customer_id)").definition
    let answer = try planner.answers(to: [
      CostRequest(PlannedStatement("SELECT * FROM orders WHERE customer_id = 42"), under: [design])
    ])[0]
    #expect(try answer.get().usedDesigns == [0])
  }

  @Test func `a role that may not switch auto_explain off learns what would`() throws {
    let database = try Self.logging()
    try Self.withRole(database) { role in
      let session = try database.session(user: role)
      let setting = "auto_explain.log_min_duration"
      let grants = TestServer.majorVersion >= 15
      let fix =
        "ALTER ROLE \"\(role)\" SET \(setting) = -1"
        + (grants ? " or GRANT SET ON PARAMETER \(setting) TO \"\(role)\"" : "") + ", then connect again"
      #expect(
        throws: ServerError(
          .refused, "auto_explain logs every plan, and cannot log one with a hypothetical index",
          detail:
            "auto_explain.log_min_duration is 0, and role \"\(role)\" may not change it for its session.",
          hint: fix)
      ) { try session.add(1, "orders(customer_id)") }
      #expect(
        try Self.finding("auto_explain", session) == [
          "auto_explain | failed | log_min_duration is 0: it logs every plan, and cannot log one with a "
            + "hypothetical index | \(fix); hypo add is refused until then"
        ])
      #expect(try session.explain("SELECT * FROM orders WHERE id = 1").plan.usedIndexes.count == 1)
      try database.script("ALTER ROLE \"\(role)\" SET \(setting) = -1")
      #expect(try Self.plansWithDesign(database.session(user: role)))
      guard grants else { return }
      try database.script(
        "ALTER ROLE \"\(role)\" RESET \(setting); GRANT SET ON PARAMETER \(setting) TO \"\(role)\"")
      #expect(try Self.plansWithDesign(database.session(user: role)))
    }
  }

  @Test(arguments: [["log_min_duration = '250ms'"], ["log_min_duration = 0", "sample_rate = 0"]])
  func `what does not reach a plan that is not executed is not in the way`(settings: [String]) throws {
    let database = try Self.logging(settings)
    try Self.withRole(database) { role in
      let session = try database.session(user: role)
      #expect(try Self.plansWithDesign(session))
      #expect(
        try Self.finding("auto_explain", session) == [
          "auto_explain | ok | it does not log what is only planned | -"
        ])
    }
  }

  @Test func `a design that a library looks for in the catalog is named`() throws {
    let database = try Self.logging()
    let session = try database.session()
    #expect(try Self.plansWithDesign(session))
    // As when a server reads its configuration anew and the role cannot hold against it.
    _ = try session.connection.query("SET auto_explain.log_min_duration = 0")
    let objectID = session.hypotheticals.active[0].objectID
    #expect(
      throws: ServerError(
        .statement,
        "a library of the server looks for %1 in the catalog: cache lookup failed for index \(objectID)",
        sqlState: "XX000",
        hint: "auto_explain with log_min_duration = 0 does; doctor says how to switch it off")
    ) { try session.explain("SELECT * FROM orders WHERE customer_id = 42") }
  }

  @Test func `hints are switched off, and statements that have some are planned without them`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script("ALTER DATABASE \(database.name) SET pg_hint_plan.enable_hint = 'on'")
    try Self.withRole(database) { role in
      for session in [try database.session(), try database.session(user: role)] {
        #expect(session.facts.libraries == LoadedLibraries(row: [nil, nil, "off"]))
        #expect(try Self.plansWithDesign(session))
        #expect(
          try Self.finding("pg_hint_plan", session) == [
            "pg_hint_plan | ok | its hints are off in this session: statements are planned without them | -"
          ])
        let hinted = try session.explain(
          PlanQuestion("/*+ SeqScan(orders) */ SELECT * FROM orders WHERE customer_id = 42"))
        #expect(
          hinted.premises == ["planned without its hints: pg_hint_plan is switched off in this session"])
        #expect(
          try session.explain(PlanQuestion("/* + */ SELECT * FROM orders WHERE id = 42")).premises == [])
      }
    }
    let plain = try TestCluster.shared.database(.orders)
    #expect(try plain.session().explain(PlanQuestion("/*+ SeqScan(orders) */ SELECT 1")).premises == [])
  }

  @Test func `hints that cannot be switched off are in the way`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script("ALTER DATABASE \(database.name) SET pg_hint_plan.enable_hint = 'on'")
    let pooler = try TestPooler()
    let session = try Session(target: pooler.conninfo(database: database.name))
    let fix = "ALTER ROLE hypo SET pg_hint_plan.enable_hint = off, then connect again"
    #expect(
      try Self.finding("pg_hint_plan", session) == [
        "pg_hint_plan | failed | it follows hints here; together with HypoPG it can crash the server | "
          + "\(fix); hypo add is refused until then"
      ])
    session.facts.isBehindPooler = false
    #expect(
      throws: ServerError(
        .refused,
        "pg_hint_plan follows hints in this session, and together with HypoPG it can crash the server",
        hint: fix)
    ) { try session.add(1, "orders(customer_id)") }
    withExtendedLifetime(pooler) {}
  }
}
