import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

@Suite struct PlanSetupTests {
  @Test func `what the server offers and the database lacks can be installed, in this order`() throws {
    let database = try TestCluster.shared.database(.empty)
    let session = try database.session()
    let plan = try session.planSetup()
    #expect(
      plan.steps == [
        ChangeStep(
          .install(version: TestServer.statements), name: RelationName(name: "pg_stat_statements"),
          statement: "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
          reverse: "DROP EXTENSION IF EXISTS pg_stat_statements"),
        ChangeStep(
          .install(version: TestServer.hypopg), name: RelationName(name: "hypopg"),
          statement: "CREATE EXTENSION IF NOT EXISTS hypopg", reverse: "DROP EXTENSION IF EXISTS hypopg"),
      ])
    #expect(plan.confirmationWord == "setup")
    #expect(plan.refusal == nil)
    let journal = MemoryJournal()
    let finished = try ChangeRunner(on: session, journal: journal, context: Shop.context)
      .run(plan, by: try Shop.permit(plan), at: Shop.now)
    #expect(
      finished.map(\.outcome.result) == [
        .installed(version: TestServer.statements), .installed(version: TestServer.hypopg),
      ])
    #expect(finished.map(\.number) == [ChangeNumber(1), ChangeNumber(2)])
    #expect(journal.intents.map(\.kind) == [.setUp, .setUp])
    #expect(journal.intents.map(\.reverse) == plan.steps.map(\.reverse))
    #expect(try session.planSetup().steps == [])
  }

  @Test func `the first extension that cannot be installed ends the plan`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("CREATE SCHEMA taken; CREATE TABLE public.pg_stat_statements (a int)")
    let session = try database.session()
    let plan = try session.planSetup()
    let finished = try ChangeRunner(on: session, journal: MemoryJournal(), context: Shop.context)
      .run(plan, by: try Shop.permit(plan), at: Shop.now)
    #expect(
      finished.map(\.outcome.sentence) == [
        "failed: relation \"pg_stat_statements\" already exists (42P07)"
      ])
    #expect(finished.first?.error?.code == .statement)
    #expect(try session.planSetup().steps.count == 2)
  }

  @Test func `a second step that cannot be written down says what the first has done`() throws {
    let database = try TestCluster.shared.database(.empty)
    let session = try database.session()
    let journal = MemoryJournal()
    journal.onBegin = { _ in journal.failsToBegin = true }
    let runner = ChangeRunner(on: session, journal: journal, context: Shop.context)
    let plan = try session.planSetup()
    let permit = try Shop.permit(plan)
    var refusal: ServerError?
    do throws(ServerError) { _ = try runner.run(plan, by: permit, at: Shop.now) } catch { refusal = error }
    #expect(
      refusal
        == ServerError(
          .journal,
          "could not write the change down, so its statement was not run: the disk is full",
          detail: "Run before it: change 1: the extension was installed (version \(TestServer.statements)).",
          hint: "mend the ledger and try again"))
    #expect(try session.planSetup().steps.map(\.name.name) == ["hypopg"])
  }

  @Test func `a standby refuses before anybody is asked`() throws {
    let cluster = TestCluster()
    _ = try cluster.database(.empty)
    let standby = try cluster.standby()
    let session = try Session(ConnectionTarget(keywords: try standby.parameters()))
    #expect(
      try session.planSetup().refusal
        == ChangeFailure(
          message: "cannot install extensions on a standby",
          hint: "connect to the primary and run setup there"))
  }
}
