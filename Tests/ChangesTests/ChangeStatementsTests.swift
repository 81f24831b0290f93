import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

/// What the connections of a change send.
@Suite struct ChangeStatementsTests {
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
    _ = try shop.run(plan)
    let statements = shop.session.takeSentStatements()
    let changing = statements.filter { $0.connection == .change }.map(\.text)
    #expect(changing.contains(plan.steps[0].statement))
    #expect(changing.filter { $0.contains("CREATE INDEX") } == [plan.steps[0].statement])
    #expect(changing.contains("LOCK /* hypo:own */ TABLE ONLY public.orders IN SHARE UPDATE EXCLUSIVE MODE"))
    let looks = statements.filter { $0.text.contains("pg_stat_progress_create_index") }
    #expect(looks.allSatisfy { $0.connection == .watch })
    #expect(looks.contains { $0.times > 1 })
    #expect(looks.count < 4)
  }

  @Test func `a password is in no statement of a change`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    let session = try Session(target: database.conninfo + " password='open sesame'")
    session.keepsSentStatements = true
    let change = try ChangeConnection(session, name: "hypo promote")
    try change.run("SELECT 1")
    let statements = session.takeSentStatements()
    #expect(Set(statements.map(\.connection)) == [.change, .watch])
    #expect(
      statements.allSatisfy { statement in
        ([statement.text] + statement.values.compactMap { $0 }).allSatisfy { !$0.contains("sesame") }
      })
  }
}
