import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// What is left in pg_stat_statements by a session of hypo's own.
@Suite struct OwnCountingTests {
  /// The texts that role `user` has left in a database, and how often each was called.
  private func entries(_ database: TestDatabase, of user: String) throws -> [String: Int] {
    let rows = try database.execute(
      """
      SELECT query, sum(calls) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid \
      WHERE r.rolname = $1 AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY query
      """, [user]
    ).rows
    return Dictionary(rows.map { ($0[0] ?? "", $0[1].flatMap { Int($0) } ?? 0) }, uniquingKeysWith: +)
  }

  private func ordinary(_ database: TestDatabase, tracking: String = "top") throws -> String {
    let role = "ordinary_\(database.name)"
    try database.script(
      """
      CREATE ROLE \(role) LOGIN; GRANT pg_monitor TO \(role); GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role);
      ALTER DATABASE \(database.name) SET pg_stat_statements.track = '\(tracking)'
      """)
    return role
  }

  private func remove(_ role: String, _ database: TestDatabase) {
    try? database.script("DROP OWNED BY \(role); DROP ROLE \(role)")
  }

  /// Explains statements of all kinds, with and without designs and values.
  private func explain(in session: Session) throws {
    try session.add(1, "orders(customer_id)")
    for number in 1...40 {
      let list = (0..<number % 7).map { "\($0)" }.joined(separator: ", ")
      _ = try session.explain(
        "SELECT id\(list.isEmpty ? "" : ", " + list) FROM orders WHERE customer_id = \(number)")
      let conditions = (1...number).map { "id <> $\($0)" }.joined(separator: " AND ")
      _ = try session.explainGeneric("SELECT id FROM customers WHERE \(conditions)", parameterCount: number)
    }
    _ = try session.explain("SELECT id FROM orders WHERE note = 'a'", askingWhy: true)
    _ = try session.explain(PlanQuestion("DECLARE c CURSOR FOR SELECT id FROM orders WHERE id = 3"))
    #expect(throws: ServerError.self) { try session.explain("SELECT nothing FROM orders") }
    #expect(throws: ServerError.self) { try session.explain("SELECT 1 / 0 FROM orders") }
    _ = try session.explain("SELECT id FROM orders WHERE customer_id = 7")
  }

  @Test(arguments: ["top", "all"]) func `a superuser's session leaves nothing of its own`(tracking: String)
    throws
  {
    let database = try TestCluster.shared.database(.orders)
    let role = try ordinary(database, tracking: tracking)
    defer { remove(role, database) }
    try database.script("ALTER ROLE \(role) SUPERUSER")
    let session = try database.session(user: role)
    #expect(session.facts.ownCounting == OwnCounting(row: [tracking, "none"]))
    try explain(in: session)
    _ = try session.prerequisites()
    session.close()
    let left = try entries(database, of: role)
    // Not even the statement that switches it off: it is counted when it ends.
    #expect(left == [:])
  }

  @Test func `whoever may set the parameter need not be a superuser`() throws {
    let database = try TestCluster.shared.database(.orders)
    let role = try ordinary(database, tracking: "all")
    defer { remove(role, database) }
    // Before PostgreSQL 15 nobody but a superuser may.
    let grants = TestServer.majorVersion >= 15
    if grants { try database.script("GRANT SET ON PARAMETER pg_stat_statements.track TO \(role)") }
    let session = try database.session(user: role)
    #expect(session.facts.ownCounting.isSwitchedOff == grants)
    guard grants else { return }
    try explain(in: session)
    #expect(try entries(database, of: role) == [:])
  }

  @Test func `an ordinary role leaves at most five entries for any number of explains`() throws {
    let database = try TestCluster.shared.database(.orders)
    let role = try ordinary(database)
    defer { remove(role, database) }
    let session = try database.session(user: role)
    #expect(session.facts.ownCounting.leavesEntries)
    try session.add(1, "orders(customer_id)")
    let before = Set(try entries(database, of: role).keys)
    for number in 1...60 {
      _ = try session.explain(
        "SELECT \(Array(repeating: "id", count: 1 + number % 9).joined(separator: ", ")) FROM orders WHERE id = \(number)"
      )
      _ = try session.explainGeneric("SELECT id FROM orders WHERE id = $1 AND total = $2", parameterCount: 2)
    }
    let left = Set(try entries(database, of: role).keys).subtracting(before)
    let nulls = Array(repeating: "NULL", count: 20).joined(separator: ", ")
    // Settings and the look at the designs' tables are one text.
    guard
      case .query(let setting, _) = Session.setting(
        "", "", glancingAt: "", columns: "", givenUpIn: session.facts.givesUpIn)
    else { return }
    var wanted: Set = [
      "EXPLAIN /* hypo:own */ (FORMAT JSON) EXECUTE hypo_statement(\(nulls))",
      setting.replacing("$2, true)", with: "$2, $5)"),
    ]
    // Not counted before.
    if TestServer.majorVersion >= 17 { wanted.insert("DEALLOCATE /* hypo:own */ $1") }
    #expect(left == wanted)
  }

  @Test func `an ordinary role gets the same plans and the same errors`() throws {
    let database = try TestCluster.shared.database(.orders)
    let role = try ordinary(database)
    defer { remove(role, database) }
    let (counted, uncounted) = (try database.session(user: role), try database.session())
    try explain(in: counted)
    try uncounted.add(1, "orders(customer_id)")
    for statement in [
      "SELECT id FROM orders WHERE customer_id = 7",
      "SELECT count(*) FROM orders JOIN customers c ON c.id = customer_id",
      "WITH a AS (SELECT * FROM orders WHERE note LIKE 'a%') SELECT * FROM a ORDER BY total LIMIT 5",
      "VALUES (1)",
    ] {
      let (one, other) = (try counted.explain(statement), try uncounted.explain(statement))
      #expect(one.plan == other.plan && one.baseline == other.baseline, "\(statement)")
    }
    for statement in [
      "SELECT nothing FROM orders", "SELECT 'ä', nothing", "SELECT 1 / 0", "SELECT FROM WHERE",
      "SELECT 1; SELECT 2",
    ] {
      let one = #expect(throws: ServerError.self) { try counted.explain(statement) }
      let other = #expect(throws: ServerError.self) { try uncounted.explain(statement) }
      #expect(one == other, "\(statement)")
    }
  }

  @Test(arguments: [(true, true), (true, false), (false, false)])
  func `under all no explain is a call of the workload`(
    isOrdinary: Bool, isSharedRole: Bool
  ) throws {
    let database = try TestCluster.shared.database(.orders)
    let role = try ordinary(database, tracking: "all")
    defer { remove(role, database) }
    let text = "SELECT count(*), 'of one' FROM orders WHERE customer_id = 7"
    _ = try database.connect(user: isSharedRole ? role : nil).query(text)
    let session = try database.session(user: isOrdinary ? role : nil)
    for _ in 1...9 { _ = try session.explain(text) }
    // Before 14 nothing tells apart what one role has run and what it has had explained.
    let calls: Int64 = isSharedRole && isOrdinary && TestServer.majorVersion < 14 ? 10 : 1
    let found = try session.statementRanking(by: .calls, limit: 1_000).statements.map(\.statement)
      .filter { $0.text.contains("count(*), $1 FROM orders") }
    #expect(found.map(\.calls) == [calls])
    #expect(found.allSatisfy { $0.meanTimeInMilliseconds * Double(calls) == $0.totalTimeInMilliseconds })
    let counted = try session.statements(on: session.relation(RelationName(name: "orders")))
      .filter { $0.text.contains("count(*), $1 FROM orders") }
    #expect(counted.map(\.calls) == [calls])
  }

  @Test func `what a person types is counted, in a transaction of theirs too`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    _ = try session.look("SELECT 'alone';")
    _ = try session.look("begin;")
    _ = try session.look("SELECT 'inside', 1;")
    _ = try session.explain("SELECT 'explained', 1, 2")
    #expect(throws: ServerError.self) { try session.look("SELECT nothing;") }
    _ = try session.look("rollback;")
    _ = try session.look("SELECT 'behind', 1, 2, 3;")
    #expect(session.changedSettings[OwnCounting.setting] == nil)
    let found = Set(try session.statementRanking(by: .calls, limit: 1_000).statements.map(\.statement.text))
    for text in ["SELECT $1", "SELECT $1, $2", "SELECT $1, $2, $3, $4"] {
      #expect(found.contains(text), "\(text)")
    }
    #expect(!found.contains("SELECT $1, $2, $3"))
  }

  @Test func `a new backend counts nothing either`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try database.terminate(session.facts.backendPID)
    _ = try session.explain("SELECT 1 FROM orders")
    #expect(session.facts.ownCounting.isSwitchedOff)
    #expect(try session.look("SHOW pg_stat_statements.track;").rows == [["top"]])
  }

  @Test func `the mark stands behind the first word`() {
    #expect(Session.mark + "SELECT 1" == "SELECT /* hypo:own */ 1")
    #expect(Session.mark + "COMMIT" == "COMMIT /* hypo:own */")
    #expect(StatementMark.explained(in: "EXPLAIN /* hypo:own */ (FORMAT JSON) SELECT 1") == "SELECT 1")
    #expect(StatementMark.explained(in: "/* hypo */ EXPLAIN (FORMAT JSON) SELECT 1") == "SELECT 1")
    #expect(StatementMark.explained(in: "EXPLAIN (FORMAT JSON) SELECT 1") == nil)
  }
}
