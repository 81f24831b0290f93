import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct SentStatementTests {
  @Test func `a session keeps what it sends when it is asked to`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    let session = try database.session()
    #expect(!session.keepsSentStatements)
    _ = try session.look("SELECT 1;")
    #expect(session.takeSentStatements() == [])
    session.keepsSentStatements = true
    let start = Timestamp(secondsSinceEpoch: 1_700_000_000)
    _ = try session.look("SELECT 2;")
    let statements = session.takeSentStatements()
    #expect(
      statements.map(\.text) == [
        "/* hypo */ BEGIN READ ONLY", "/* hypo */ SELECT 1", "SELECT 2;", "/* hypo */ COMMIT",
      ])
    #expect(statements.allSatisfy { $0.connection == .analysis && $0.times == 1 && $0.sent > start })
    #expect(session.takeSentStatements() == [])
  }

  @Test func `what connecting sends is kept when the options say so`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    var options = SessionOptions()
    options.keepsSentStatements = true
    let session = try database.session(options: options)
    #expect(session.keepsSentStatements)
    let statements = session.takeSentStatements()
    #expect(statements.count == 5)
    #expect(statements.first?.values.prefix(2) == ["application_name", "hypo"])
    #expect(statements.last?.text == "/* hypo */ COMMIT")
  }

  @Test func `a change tells what its own connections send`() throws {
    let shop = try Shop()
    let plan = try shop.plan(PromotionTests.design, as: PromotionTests.name)
    shop.session.keepsSentStatements = true
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    // The build waits until it was watched a few times.
    var beats = 0
    shop.onProgress = { progress in
      if progress.phase == waitingForSnapshots { beats += 1 }
      if beats == 3 { _ = try? other.query("COMMIT") }
    }
    _ = try shop.promote(plan)
    let statements = shop.session.takeSentStatements()
    let changing = statements.filter { $0.connection == .change }.map(\.text)
    #expect(changing.contains(plan.statement))
    #expect(changing.filter { $0.contains("CREATE INDEX") } == [plan.statement])
    #expect(changing.contains("/* hypo */ LOCK TABLE ONLY public.orders IN SHARE UPDATE EXCLUSIVE MODE"))
    let looks = statements.filter { $0.text.contains("pg_stat_progress_create_index") }
    #expect(looks.allSatisfy { $0.connection == .watch })
    #expect(looks.contains { $0.times > 1 })
    #expect(looks.count < 4)
  }

  @Test func `a new backend in place of a lost one tells what it is given`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    let session = try database.session()
    _ = try session.look("SET work_mem = '5MB';")
    try database.terminate(session.facts.backendPID)
    session.keepsSentStatements = true
    _ = try session.look("SELECT 1;")
    let statements = session.takeSentStatements()
    #expect(
      statements.contains {
        $0.text == "/* hypo */ SELECT pg_catalog.set_config($1, $2, false)"
          && $0.values == ["work_mem", "5120"]
      })
    #expect(statements.last?.text == "/* hypo */ COMMIT")
  }

  @Test func `a password is in no statement`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    var options = SessionOptions()
    options.keepsSentStatements = true
    let session = try Session(
      target: database.conninfo + " password='open sesame'", options: options)
    try database.terminate(session.facts.backendPID)
    _ = try session.look("SELECT 1;")
    let change = try ChangeConnection(session, name: "hypo promote")
    try change.run("SELECT 1")
    let statements = session.takeSentStatements()
    #expect(Set(statements.map(\.connection)) == [.analysis, .change, .watch])
    #expect(
      statements.allSatisfy { statement in
        ([statement.text] + statement.values.compactMap { $0 }).allSatisfy { !$0.contains("sesame") }
      })
  }
}
