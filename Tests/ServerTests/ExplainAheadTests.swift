import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct ExplainAheadTests {
  private static func statement(_ number: Int) -> String {
    "SELECT * FROM orders WHERE customer_id = \(number) ORDER BY created_at DESC LIMIT 50"
  }
  private let questions = (1...6).map { PlanQuestion(statement($0)) }

  @Test(arguments: [false, true]) func `what was planned ahead is what would have been planned`(
    designed: Bool
  ) throws {
    let (database, session) = try ExplainerTests.orders()
    if designed { try session.add(1, "orders(customer_id, created_at desc)") }
    let alone = try questions.map { try session.explain($0) }
    var ahead: [Explanation] = []
    for index in questions.indices {
      session.explainAhead(Array(questions[index...]))
      ahead.append(try session.explain(questions[index], askingWhy: true))
    }
    #expect(ahead == alone)
    #expect(session.takesAhead)
    withExtendedLifetime(database) {}
  }

  @Test func `a statement that fails spoils none behind it`() throws {
    let (database, session) = try ExplainerTests.orders()
    let wrong = PlanQuestion("SELECT nothing FROM orders")
    let all = [questions[0], wrong, questions[1], wrong, questions[2]]
    var answers: [String] = []
    for index in all.indices {
      session.explainAhead(Array(all[index...]))
      do { answers.append(try session.explain(all[index]).statement) } catch {
        answers.append("\(error.message) at \(String(describing: error.position))")
      }
    }
    let failure = #"column "nothing" does not exist at Optional(Range(7..<14))"#
    #expect(answers == [Self.statement(1), failure, Self.statement(2), failure, Self.statement(3)])
    #expect(try session.value("SELECT 1") == "1")
    withExtendedLifetime(database) {}
  }

  @Test func `whatever else the session does comes first, and the plans follow it`() throws {
    let (database, session) = try ExplainerTests.orders()
    session.explainAhead(questions)
    try session.add(1, "orders(customer_id, created_at desc)")
    #expect(try session.explain(questions[0]).plan.usedDesigns == [ExplainerTests.design])
    try session.hypotheticals.reset()
    let before = try session.explain(questions[0]).plan
    session.explainAhead(questions)
    _ = try session.look("SET seq_page_cost = 1000")
    #expect(try session.explain(questions[0]).plan.totalCost > before.totalCost)
    withExtendedLifetime(database) {}
  }

  @Test func `what is asked for in another way is soon not planned ahead any more`() throws {
    let (database, session) = try ExplainerTests.orders()
    for _ in 0..<3 {
      #expect(session.takesAhead)
      session.explainAhead(questions)
      _ = try session.value("SELECT 1")
    }
    #expect(!session.takesAhead)
    #expect(try session.explain(questions[0]).statement == Self.statement(1))
    withExtendedLifetime(database) {}
  }

  @Test func `a backend that is lost with what was sent is replaced, and plans again`() throws {
    let (database, session) = try ExplainerTests.orders()
    try session.add(1, "orders(customer_id, created_at desc)")
    let before = try session.explain(questions[0])
    session.explainAhead(questions)
    #expect(try session.explain(questions[0]) == before)
    try database.terminate(session.facts.backendPID)
    let second = try session.explain(questions[1])
    #expect(second.plan.usedDesigns == [ExplainerTests.design])
    withExtendedLifetime(database) {}
  }

  @Test func `what is open, generic or inside another statement is not planned ahead`() throws {
    let (database, session) = try ExplainerTests.orders()
    let generic = PlanQuestion("SELECT * FROM orders WHERE customer_id = $1")
    let inner = PlanQuestion("DECLARE c CURSOR FOR SELECT * FROM orders WHERE customer_id = $1")
    session.explainAhead([generic, questions[0]])
    session.explainAhead([inner, questions[0]])
    #expect(try session.explain(generic).values == .generic(highest: 1))
    _ = try session.look("begin")
    session.explainAhead(questions)
    #expect(session.isInTransaction)
    #expect(try session.explain(questions[0]).statement == Self.statement(1))
    #expect(session.isInTransaction)
    withExtendedLifetime(database) {}
  }

  @Test func `a role whose work is counted has nothing left of what was ended`() throws {
    let (database, superuser) = try ExplainerTests.orders()
    let role = "ahead_\(database.name)"
    try database.script(
      "CREATE ROLE \(role) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role); "
        + "ALTER DATABASE \(database.name) SET pg_stat_statements.track = 'top'")
    defer { try? database.script("DROP OWNED BY \(role); DROP ROLE \(role)") }
    let session = try database.session(user: role)
    #expect(session.facts.ownCounting.leavesEntries)
    // Long enough to be cancelled in the midst of it.
    let dear = (1...7).map { number in
      PlanQuestion(
        "SELECT \(number) FROM " + (1...8).map { "orders o\($0)" }.joined(separator: ", ") + " WHERE "
          + (2...8).map { "o1.id = o\($0).id" }.joined(separator: " AND "))
    }
    _ = try session.explain(dear[0])
    session.explainAhead(dear)
    #expect(try session.explain(dear[0]).statement == dear[0].statement)
    session.explainAhead(Array(dear[1...]))
    #expect(try session.value("SELECT count(*) FROM pg_prepared_statements") == "0")
    #expect(try session.explain(dear[1]).statement == dear[1].statement)
    withExtendedLifetime(superuser) {}
  }
}
