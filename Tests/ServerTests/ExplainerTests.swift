import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct ExplainerTests {
  static func orders() throws -> (TestDatabase, Session) {
    let database = try TestCluster.shared.database(.orders)
    return (database, try database.session())
  }

  static let design = DesignHandle(1)

  @Test func `a statement without designs has one plan, and with them the pair`() throws {
    let (database, session) = try Self.orders()
    let text = "SELECT * FROM orders WHERE customer_id = 42 ORDER BY created_at DESC LIMIT 50"
    let alone = try session.explain(text)
    #expect(alone.statement == text && alone.values == .none && alone.baseline == nil)
    #expect(alone.plan.nodes.map(\.nodeType).contains("Seq Scan"))
    try session.add(1, "orders(customer_id, created_at desc)")
    let pair = try session.explain(text, values: .given(["42"]))
    #expect(pair.values == .given(["42"]))
    #expect(pair.baseline == alone.plan)
    #expect(pair.plan.usedDesigns == [Self.design])
    #expect(pair.plan.totalCost < alone.plan.totalCost)
    try session.hypotheticals.setEnabled(false)
    let off = try session.explain(text)
    #expect(off.plan == alone.plan && off.baseline == nil)
    withExtendedLifetime(database) {}
  }

  @Test func `both plans are kept as the server sent them, with what HypoPG's names stand for`() throws {
    let (database, session) = try Self.orders()
    let text = "SELECT * FROM orders WHERE customer_id = 42"
    let alone = try session.explain(text, options: ["SETTINGS"])
    #expect(
      alone.document
        == PlanDocument(text: try #require(try session.value("EXPLAIN (FORMAT JSON, SETTINGS) \(text)"))))
    #expect(alone.baselineDocument == nil)
    let design = try session.add(1, "orders(customer_id)")
    let pair = try session.explain(text, options: ["SETTINGS"])
    #expect(pair.baselineDocument == alone.document)
    #expect(pair.document.designs == [design.hypopgName: Self.design])
    #expect(pair.document.text.contains("\"Index Name\": \"\(design.hypopgName)\""))
    #expect(try pair.document.plan() == pair.plan)
    withExtendedLifetime(database) {}
  }

  @Test func `a generic plan sees a design that was made after an earlier generic plan`() throws {
    let (database, session) = try Self.orders()
    let text = "SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT $2"
    let before = try session.explainGeneric(text, parameterCount: 2)
    #expect(before.values == .generic(highest: 2) && before.baseline == nil && before.plan.usedDesigns == [])
    try session.add(1, "orders(customer_id, created_at desc)")
    let pair = try session.explainGeneric(text, parameterCount: 2)
    #expect(pair.plan.usedDesigns == [Self.design])
    #expect(pair.baseline == before.plan)
    try session.hypotheticals.drop(Self.design)
    #expect(try session.explainGeneric(text, parameterCount: 2).plan == before.plan)
    withExtendedLifetime(database) {}
  }

  @Test func `types that the server cannot infer are planned as text`() throws {
    let (database, session) = try Self.orders()
    for (text, count) in [
      ("SELECT $1, $2", 2), ("SELECT * FROM orders WHERE id = $3", 3),
      ("SELECT count(*) FROM orders WHERE $1 IS NULL OR status = $2", 2),
      ("SELECT concat($1, $2, $4) FROM orders WHERE customer_id = $3 + 1", 4),
      ("INSERT INTO products VALUES ($1, $2, $3, $4, $5, $6)", 6),
      ("UPDATE orders SET note = $1 WHERE id = ANY ($2)", 2),
    ] {
      #expect(throws: Never.self, "\(text)") { try session.explainGeneric(text, parameterCount: count) }
      #expect(try session.value("SELECT count(*) FROM pg_prepared_statements") == "0")
    }
    #expect(try database.execute("SELECT count(*) FROM orders WHERE note IS NULL").value == "19600")
  }

  @Test func `a parameter where the grammar wants a constant is told with what to do`() throws {
    let (database, session) = try Self.orders()
    let text = "SELECT * FROM orders WHERE created_at > now() - interval $1 LIMIT $2"
    #expect(
      throws: ServerError(
        .statement, "syntax error at or near \"$1\"", sqlState: "42601",
        hint: "a constant is needed there: give values, with (VALUE, …)", position: 57..<59)
    ) { try session.explainGeneric(text, parameterCount: 2) }
    let filled = try StatementParameters(text).substituting(["'1 day'", "5"])
    #expect(try session.explain(filled).plan.root.nodeType == "Limit")
    #expect(
      throws: ServerError(
        .statement, "syntax error at or near \"id\"", sqlState: "42601", position: 26..<28)
    ) { try session.explainGeneric("SELECT * FROM orders WHER id = $1", parameterCount: 1) }
    withExtendedLifetime(database) {}
  }

  @Test func `what was assumed of types is said, and known when the statement is planned again`() throws {
    let (database, session) = try Self.orders()
    #expect(
      try session.explain(PlanQuestion("SELECT to_jsonb($1)")).assumptions == [
        .type(number: 1, name: "integer")
      ])
    let question = PlanQuestion(
      "SELECT $1 + $2 FROM orders WHERE ($3 IS NULL OR customer_id = $3) AND created_at > timestamptz $4")
    session.keepsSentStatements = true
    let first = try session.explain(question)
    #expect(
      ParameterAssumption.sentence(of: first.assumptions) == "assumed: $1 is integer, $3 is integer")
    #expect(
      session.takeSentStatements().filter { $0.text.contains("timestamptz") || $0.text.contains("$1 + $2") }
        .count == 5)
    let second = try session.explain(question)
    #expect(second == first)
    #expect(session.takeSentStatements().filter { $0.text.contains("$1 + $2") }.count == 1)
    try database.script(
      "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey, ALTER customer_id TYPE text")
    #expect(
      try session.explain(question).assumptions
        == [.type(number: 1, name: "integer"), .type(number: 3, name: "text")])
    withExtendedLifetime(database) {}
  }

  @Test func `types are assumed inside a transaction of the person, too, which goes on`() throws {
    let (database, session) = try Self.orders()
    _ = try session.look("begin;")
    #expect(try session.explain(PlanQuestion("SELECT $1 + $2 FROM orders")).assumptions.count == 1)
    #expect(throws: ServerError.self) { try session.explain(PlanQuestion("SELECT $1 + $2 FROM nowhere")) }
    #expect(session.isInTransaction && !session.isTransactionFailed)
    #expect(try session.value("SELECT count(*) FROM pg_prepared_statements") == "0")
    withExtendedLifetime(database) {}
  }

  @Test(arguments: [
    (
      "DECLARE c CURSOR FOR SELECT * FROM orders WHERE id = nope($1)", [],
      "function nope(unknown) does not exist",
      "42883", "the type of a parameter may be unclear: give values, with (VALUE, …)"
    ),
    (
      "SELECT $1 + $2 FROM orders WHERE created_at > date $3 AND nope", [], "column \"nope\" does not exist",
      "42703",
      "Perhaps you meant to reference the column \"orders.note\"."
    ),
    (
      "CREATE TABLE x AS SELECT total * $1, created_at > date $2, nope FROM orders", ["2", "'2024-01-01'"],
      "column \"nope\" does not exist", "42703",
      "Perhaps you meant to reference the column \"orders.note\"."
    ),
  ])
  func `what still cannot be planned says why, at its place in what was typed`(
    text: String, values: [String], message: String, state: String, hint: String?
  ) throws {
    let (database, session) = try Self.orders()
    let place = try #require(text.ranges(of: "nope").first)
    let start = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
    let question = values.isEmpty ? PlanQuestion(text) : try PlanQuestion(text, values: values)
    #expect(
      throws: ServerError(.statement, message, sqlState: state, hint: hint, position: start..<start + 4)
    ) { try session.explain(question) }
    withExtendedLifetime(database) {}
  }

  @Test func `of a materialized view the query is planned`() throws {
    let (database, session) = try Self.orders()
    try database.script("CREATE MATERIALIZED VIEW \"Big\" AS SELECT * FROM orders WHERE total > 900;")
    let explanation = try session.explain(PlanQuestion("REFRESH MATERIALIZED VIEW \"Big\""))
    #expect(explanation.plan == (try session.explain("SELECT * FROM orders WHERE total > 900")).plan)
    #expect(explanation.wrapper == .refresh(RelationName(name: "Big")))
    #expect(throws: ServerError(.notFound, "there is no materialized view \"nope\"", sqlState: "42P01")) {
      try session.explain(PlanQuestion("REFRESH MATERIALIZED VIEW nope"))
    }
    #expect(
      throws: ServerError(
        .refused, "\"orders\" is not a materialized view", hint: "only these have a query to refresh them by")
    ) { try session.explain(PlanQuestion("REFRESH MATERIALIZED VIEW orders")) }
  }

  @Test func `a parameter number beyond the protocol's is refused at once`() throws {
    let (database, session) = try Self.orders()
    #expect(
      throws: ServerError(
        .statement, "there is no parameter $2000000000: a statement has at most 65,535", sqlState: "42P02")
    ) { try session.explainGeneric("SELECT $2000000000", parameterCount: 2_000_000_000) }
    #expect(try session.explainGeneric("SELECT 1", parameterCount: 0).plan.root.nodeType == "Result")
    withExtendedLifetime(database) {}
  }

  @Test func `positions are exact behind characters of several bytes`() throws {
    let (database, session) = try Self.orders()
    let text = "SELECT '€ü', nothing FROM orders WHERE customer_id = "
    let expected = ServerError(
      .statement, "column \"nothing\" does not exist", sqlState: "42703", position: 16..<23)
    #expect(throws: expected) { try session.explain(text + "1") }
    #expect(throws: expected) { try session.explainGeneric(text + "$1", parameterCount: 1) }
    #expect(throws: expected) { try session.look(text + "1;") }
    #expect(
      throws: ServerError(
        .statement, "relation \"nowhere\" does not exist", sqlState: "42P01", position: 14..<21)
    ) { try session.explain("SELECT\n* FROM\nnowhere") }
    withExtendedLifetime(database) {}
  }

  @Test func `an error while planning does not spoil what follows, and nothing stays prepared`() throws {
    let (database, session) = try Self.orders()
    try session.add(1, "orders(customer_id)")
    let text = "SELECT * FROM orders WHERE customer_id = 1/0"
    for _ in 0..<3 {
      #expect(throws: ServerError(.statement, "division by zero", sqlState: "22012")) {
        try session.explain(text)
      }
      #expect(try session.look("SELECT count(*) FROM orders WHERE customer_id = 1;").rows[0][0] != nil)
      #expect(throws: ServerError(.statement, "division by zero", sqlState: "22012")) {
        try session.explainGeneric(text + " AND id = $1", parameterCount: 1)
      }
      #expect(try session.look("SELECT count(*) FROM orders WHERE customer_id = 1;").rows[0][0] != nil)
      #expect(try session.value("SELECT count(*) FROM pg_prepared_statements") == "0")
      #expect(
        try session.explain("SELECT * FROM orders WHERE customer_id = 1").plan.usedDesigns == [Self.design])
      #expect(try session.indexes(of: session.relation(RelationName(name: "orders"))).count == 2)
    }
    _ = try session.look("begin;")
    #expect(throws: ServerError.self) { try session.explain(text) }
    #expect(try session.look("SELECT count(*) FROM orders WHERE customer_id = 1;").rows[0][0] != nil)
    withExtendedLifetime(database) {}
  }

  @Test func `what is explained is never executed`() throws {
    let (database, session) = try Self.orders()
    try database.script(
      "CREATE FUNCTION note_it() RETURNS int LANGUAGE plpgsql AS "
        + "$$BEGIN RAISE 'executed'; END$$")
    let before = try SessionRawSQLTests.state(of: database)
    for text in [
      "UPDATE orders SET total = 0", "DELETE FROM order_lines", "INSERT INTO products SELECT * FROM products",
      "CREATE TABLE made AS SELECT * FROM orders", "SELECT note_it()",
      "WITH gone AS (DELETE FROM order_lines RETURNING *) SELECT count(*) FROM gone",
    ] {
      #expect(throws: Never.self, "\(text)") { try session.explain(text) }
      #expect(throws: Never.self, "\(text)") { try session.explainGeneric(text, parameterCount: 0) }
    }
    #expect(
      try session.explainGeneric("UPDATE orders SET total = $1", parameterCount: 1).plan.root.nodeType
        == "ModifyTable")
    #expect(try SessionRawSQLTests.state(of: database) == before)
  }

  @Test func `a text cannot close the options, nor bring a second statement`() throws {
    let (database, session) = try Self.orders()
    let before = try SessionRawSQLTests.state(of: database)
    for text in [
      "ANALYZE) DELETE FROM orders", "ANALYZE DELETE FROM order_lines", "(ANALYZE) DELETE FROM order_lines",
      "ANALYZE true) DELETE FROM order_lines --", "SELECT 1; DROP TABLE order_lines",
      "; DROP TABLE order_lines", "*/ DELETE FROM order_lines", "DROP TABLE order_lines",
      "EXPLAIN ANALYZE DELETE FROM order_lines", "EXECUTE p", "CALL p()", "COPY orders TO PROGRAM 'true'",
      "SELECT 1) ; DELETE FROM order_lines; (SELECT 1",
    ] {
      #expect(throws: ServerError.self, "\(text)") { try session.explain(text) }
      #expect(throws: ServerError.self, "\(text)") { try session.explainGeneric(text, parameterCount: 0) }
      #expect(throws: ServerError.self, "\(text)") { try session.explainGeneric(text, parameterCount: 1) }
    }
    #expect(try SessionRawSQLTests.state(of: database) == before)
    #expect(try session.value("SELECT count(*) FROM pg_prepared_statements") == "0")
  }

  @Test func `options go to the server, but for those that would execute or cannot be read`() throws {
    let (database, session) = try Self.orders()
    let plan = try session.explain("SELECT id FROM orders", options: ["VERBOSE", "SETTINGS on"]).plan
    #expect(plan.root.output == ["id"])
    #expect(plan.root.schema == "public")
    for (option, word) in [
      ("ANALYZE", "ANALYZE"), ("analyze on", "ANALYZE"), ("\"analyze\"", "ANALYZE"), (" AnalySe", "ANALYSE"),
      ("FORMAT TEXT", "FORMAT"),
    ] {
      let error = ServerError(.refused, "explain does not take \(word)", hint: "leave the option out")
      #expect(throws: error) { try session.explain("SELECT id FROM orders", options: [option]) }
      #expect(throws: error) {
        try session.explainGeneric("SELECT $1", parameterCount: 1, options: [option])
      }
    }
    let unknown = #expect(throws: ServerError.self) { try session.explain("SELECT 1", options: ["colour"]) }
    #expect(unknown?.message == "unrecognized EXPLAIN option \"colour\"")
    #expect(unknown?.position == nil, "the place is not in the statement")
    withExtendedLifetime(database) {}
  }
}
