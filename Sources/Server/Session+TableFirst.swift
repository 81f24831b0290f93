internal import IndexDesign
internal import Postgres

// HypoPG offers designs with an expression or a condition only for the first table of a statement. Where its joins may as
// well be written in another order, or a view or a partitioned table means nothing but one table, the planner is asked
// about the statement with the design's table in front.

extension Session {
  /// The plan of a statement, asked in that of its forms in which HypoPG can tell the most.
  ///
  /// - Parameter ask: explains a text with the active designs, or without any.
  /// - Returns: the explanation of a form; `statement` is that form.
  /// - Throws: `ServerError` about the statement as it is.
  func bestForm(
    of statement: String, asking ask: (_ text: String, _ withDesigns: Bool) throws(ServerError) -> Explanation
  ) throws(ServerError) -> Explanation {
    guard hypotheticals.isEnabled, !specialDesigns.isEmpty else { return try ask(statement, true) }
    var best: Explanation?
    var refusal: ServerError?
    do { best = try ask(statement, true) } catch {
      guard error.detail == CrashGuard.detail else { throw error }
      refusal = error
      // Where no design can change the plan, it is the one without them.
      let reach = try designReach(of: statement)
      if reach.isComplete {
        var asked = try ask(statement, false)
        asked.baseline = asked.plan
        asked.baselineDocument = asked.document
        asked.designs = hypotheticals.active.map(\.handle)
        asked.unnamedColumns = reach.unnamed
        return asked
      }
    }
    // Another table in front can matter.
    let first = firstTables(of: statement)
    if let best, best.unjudgedDesigns.isEmpty, first.isEmpty { return best }
    var plain = best?.baseline
    if plain == nil { plain = try ifPossible { () throws(ServerError) in try ask(statement, false) }?.plan }
    guard let plain else { throw refusal ?? ServerError(.refused, "the statement could not be planned") }
    for form in try standIns(in: statement, plain) + first {
      let answer = try ifPossible { () throws(ServerError) in try ask(form.text, true) }
      // Another cost without designs means that the planner does not take it for the same, as with join_collapse_limit.
      guard var asked = answer, let baseline = asked.baseline,
        Self.isSame(baseline.totalCost, plain.totalCost)
      else { continue }
      (asked.tableFirst, asked.formSentence) = (form.table, form.sentence)
      if best.map({ asked.tellsMore(than: $0) }) ?? true { best = asked }
    }
    if let best { return best }
    throw refusal ?? ServerError(.refused, "the statement could not be planned")
  }

  private static func isSame(_ a: PlannerCost, _ b: PlannerCost) -> Bool {
    abs(a.units - b.units) <= abs(b.units) * PlanVerdict.tolerance
  }

  /// Designs with an expression or a condition, which HypoPG does not offer for every table.
  private var specialDesigns: [HypotheticalIndexes.Active] {
    hypotheticals.active.filter {
      ($0.matching != .fails || !$0.partitions.isEmpty) && $0.definition?.hasExpressionOrCondition == true
    }
  }

  /// The statement with another table in front, for each table of a design that needs it.
  private func firstTables(of statement: String) -> [StatementForm] {
    let first = StatementParser.onlyFirstTable(of: statement)
    var tables: [RelationName] = []
    for table in specialDesigns.compactMap(\.definition?.table) where !table.isMeant(by: first) {
      if !tables.contains(table) { tables.append(table) }
    }
    return tables.prefix(Self.mostForms).compactMap { table in
      guard let form = FirstTableForm.of(statement, with: table),
        table.isMeant(by: StatementParser.onlyFirstTable(of: form))
      else { return nil }
      let way =
        FirstTableForm.turnsJoinRound(statement, with: table)
        ? " and the outer join turned round" : ", which inner joins allow"
      return StatementForm(text: form, table: table, way: "\(table.name) first in FROM\(way)")
    }
  }

  /// The statement with a table itself in front, where it is read through a view or as the only partition.
  ///
  /// - Parameter plan: the statement's, without designs.
  private func standIns(in statement: String, _ plan: ExecutionPlan) throws(ServerError) -> [StatementForm] {
    let read = Set(plan.nodes.filter(\.reads).compactMap(\.relation))
    guard let named = StatementParser.relations(in: statement) else { return [] }
    var forms: [StatementForm] = []
    for design in specialDesigns.prefix(Self.mostForms) {
      guard let table = design.definition?.table else { continue }
      let partitions = design.partitions.intersection(read)
      if partitions.count == 1, let only = partitions.first {
        guard let partition = try partition(only, of: table),
          let form = FirstTableForm.replacing(table, in: statement, by: partition)
        else { continue }
        forms += inFront(
          form, partition, "\(only) in the place of \(table.name), of which no other partition is read")
      } else if read.contains(table.name), !named.contains(where: { $0.name == table.name }) {
        // What is asked about a view is counted, where hypo's own statements are.
        for view in named where !read.contains(view.name) && !facts.ownCounting.leavesEntries {
          guard let form = try inlined(view, of: table, in: statement) else { continue }
          forms += inFront(
            form, table, "\(table.name) and the condition of \(view.name) in the place of that view")
        }
      }
    }
    return forms
  }

  /// A form with a table first; none when it cannot come there.
  private func inFront(_ form: String, _ table: RelationName, _ way: String) -> [StatementForm] {
    let first = StatementParser.onlyFirstTable(of: form)
    guard let text = table.isMeant(by: first) ? form : FirstTableForm.of(form, with: table),
      table.isMeant(by: StatementParser.onlyFirstTable(of: text))
    else { return [] }
    return [StatementForm(text: text, table: table, way: way)]
  }

  private func partition(_ name: String, of table: RelationName) throws(ServerError) -> RelationName? {
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(
        """
        SELECT n.nspname, c.relname FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1)) t \
        JOIN pg_catalog.pg_class c ON c.oid = t.relid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
        WHERE t.isleaf AND c.relname = $2
        """, [table.sql, name])
    }
    guard let rows = answer?.rows, rows.count == 1 else { return nil }
    return RelationName(schema: rows[0][0], name: name)
  }

  /// The statement with the table of a view in its place, and the view's condition in WHERE.
  ///
  /// - Returns: nil when the view is more than rows and columns of that one table, by their own names.
  private func inlined(
    _ view: RelationName, of table: RelationName, in statement: String
  ) throws(ServerError) -> String? {
    // Designs behind a view can crash the server.
    let settings = [
      "hypopg.enabled = off", "max_parallel_workers_per_gather = 0", "enable_indexscan = off",
      "enable_indexonlyscan = off", "enable_bitmapscan = off",
    ].map { PipelineStep.query(Self.mark + "SET LOCAL \($0)") }
    let columns = PipelineStep.query(
      Self.mark
        + """
        SELECT (SELECT pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(attname) FROM \
        pg_catalog.pg_attribute WHERE attrelid OPERATOR(pg_catalog.=) r AND attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2 \
        AND NOT attisdropped ORDER BY attnum), ' ')) \
        FROM pg_catalog.unnest(ARRAY[pg_catalog.to_regclass($1)::pg_catalog.oid, \
        pg_catalog.to_regclass($2)::pg_catalog.oid]) \
        WITH ORDINALITY u(r, n) ORDER BY n
        """, [view.sql, table.sql])
    let explain = "EXPLAIN (VERBOSE, FORMAT JSON) SELECT * FROM \(view.sql)"
    // What may leak is kept out of a view that is a barrier.
    let barrier = explain + " v WHERE pg_catalog.upper(v::pg_catalog.text) IS NOT NULL"
    let questions = [columns] + [explain, barrier].map { .query(Self.mark + $0) }
    guard let results = try results(of: settings + questions)?.suffix(questions.count).map({ $0 }),
      results[0].rows.count == 2,
      let scan = results[1].value.flatMap({ try? ExecutionPlan(explainJSON: $0).root }),
      let open = results[2].value.flatMap({ try? ExecutionPlan(explainJSON: $0).root }),
      open.nodeType == "Seq Scan", scan.nodeType == "Seq Scan", scan.relation == table.name,
      scan.schema == table.schema,
      let alias = scan.alias
    else { return nil }
    let (own, all) = (results[0].rows[0][0] ?? "", results[0].rows[1][0] ?? "")
    let shown = scan.output.map { SQLLexer($0).renamingTable(alias, to: "").replacing(".", with: "") }
    let lexer = SQLLexer(statement)
    // A star would mean other columns.
    let hasStar = lexer.tokens.indices.contains {
      lexer.text(of: lexer.tokens[$0].range) == "*" && !lexer.isMark("(", at: $0 - 1)
    }
    guard shown.joined(separator: " ") == own, !hasStar || own == all else { return nil }
    guard let filter = scan.condition("Filter") else {
      return FirstTableForm.replacing(view, in: statement, by: table)
    }
    let condition = SQLLexer(filter)
    guard !condition.names.contains("subplan"), !condition.tokens.contains(where: { $0.kind == .parameter })
    else {
      return nil
    }
    return FirstTableForm.replacing(view, in: statement, by: table) { condition.renamingTable(alias, to: $0) }
  }

  /// Each form is two plans more.
  private static let mostForms = 3
}

extension Explanation {
  /// Whether it is the better answer to the same question: the planner found something cheaper, or of more designs it is
  /// known that they are not used.
  fileprivate func tellsMore(than other: Explanation) -> Bool {
    let difference = plan.totalCost.units - other.plan.totalCost.units
    if abs(difference) > other.plan.totalCost.units * PlanVerdict.tolerance { return difference < 0 }
    return unjudgedDesigns.count < other.unjudgedDesigns.count
  }
}

/// A form of a statement that asks the same.
private struct StatementForm {
  var text: String
  /// The table in front.
  var table: RelationName
  /// What is done to the statement.
  var way: String

  var sentence: String {
    "planned with \(way): for the first table alone HypoPG offers partial and expression designs"
  }
}
