internal import IndexDesign
internal import Postgres

/// A function that planning can run, although nothing is executed.
///
/// The planner asks a function that is not VOLATILE for its result where it knows the arguments.
/// Source: PostgreSQL's clauses.c, `eval_const_expressions` and `estimate_expression_value`.
public struct PlannedFunction: Equatable, Sendable {
  /// Its name with the types of its arguments, as the server writes it.
  public var signature: String
  /// The language that it is written in.
  public var language: String
  /// What a function of language SQL calls that hypo cannot vouch for; nil for one of another language.
  public var calls: String?

  /// What it is, after its name.
  var words: String {
    calls.map { "\(signature), which calls \($0)" } ?? "\(signature), a function of language \(language)"
  }
}

/// What is to be done when planning can run functions of which nobody knows what they do.
public enum PlannedFunctionRule: String, CaseIterable, Sendable {
  /// The plan is made, and they are named beside it.
  case warn
  /// Nothing is planned.
  case refuse
}

/// The functions that planning can run and that hypo cannot vouch for.
public struct PlannedFunctions: Equatable, Sendable {
  /// In the order of their names; never empty.
  public var functions: [PlannedFunction]

  /// What it means, as a sentence without a full stop.
  public var sentence: String {
    let rest = functions.count - Self.mostNames
    return
      "to make a plan the server can run \(functions.prefix(Self.mostNames).map(\.words).joined(separator: "; "))"
      + (rest > 0 ? "; and \(NumberText.counted(Int64(rest), "other function"))" : "")
  }

  /// What to do about it.
  public static let hint = "set plan_functions refuse plans no statement that calls such a function"

  private static let mostNames = 3
}

extension Session {
  /// The functions that planning a text can run and that are neither PostgreSQL's own, an extension's in C, nor SQL that
  /// calls only such ones; nil for none.
  ///
  /// What the tables and views behind the text use counts, too: defaults, constraints, policies, expressions of
  /// indexes. What was found to use none is not asked about again.
  ///
  /// - Parameter text: a statement, or the CREATE INDEX of a design.
  /// - Throws: `ServerError` when the person stops it or the connection is lost; of a text that hypo cannot read, too,
  ///   when such functions are refused.
  func plannedFunctions(in text: String) throws(ServerError) -> PlannedFunctions? {
    // Parsing takes a third of what a cheap plan takes.
    let shape = plannedFunctionRule == .warn ? StatementShape.text(of: text) : nil
    if let shape, shapesWithoutFunctions.contains(shape) { return nil }
    guard let called = StatementParser.functions(in: text),
      let operators = StatementParser.operators(in: text),
      let relations = StatementParser.relations(in: text)
    else {
      guard plannedFunctionRule == .refuse else { return nil }
      throw ServerError(
        .refused,
        "hypo cannot read this statement, so that it is unknown which functions the planner would run",
        hint: "set plan_functions warn plans it all the same")
    }
    let names = Set(
      called.map { "function \($0.sql)" } + operators.map { "operator \($0)" }
        + relations.map { "table \($0.sql)" })
    guard plannedFunctionRule == .refuse || !names.isSubset(of: namesWithoutFunctions) else {
      if let shape { shapesWithoutFunctions.insert(shape) }
      return nil
    }
    // Most databases have none at all, and a new backend plans that question in a tenth of the time.
    let some = try ifPossible { () throws(ServerError) in try read(Self.someFunctions) }
    if some?.value == "f" {
      namesWithoutFunctions.formUnion(names)
      if let shape { shapesWithoutFunctions.insert(shape) }
      return nil
    }
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(
        Self.functionsOfStatement,
        [
          Literal.array(of: called.filter { $0.schema == nil }.map(\.name)),
          Literal.array(of: called.compactMap { name in name.schema.map { "\($0).\(name.name)" } }),
          Literal.array(of: operators), Literal.array(of: relations.map(\.sql)),
        ])
    }
    guard let answer else {
      // What the server does not tell is unknown, and is asked again next time.
      guard plannedFunctionRule == .refuse else { return nil }
      throw ServerError(
        .refused, "the server does not tell which functions the planner would run",
        hint: "set plan_functions warn plans it all the same")
    }
    var found: [PlannedFunction] = []
    for row in answer.rows {
      let function = FunctionRow(row)
      guard function.language == "sql" else {
        found.append(PlannedFunction(signature: function.signature, language: function.language))
        continue
      }
      if let culprit = try culprit(in: function) {
        found.append(PlannedFunction(signature: function.signature, language: "sql", calls: culprit))
      }
    }
    if found.isEmpty {
      namesWithoutFunctions.formUnion(names)
      if let shape { shapesWithoutFunctions.insert(shape) }
    }
    return found.isEmpty ? nil : PlannedFunctions(functions: found)
  }

  /// Throws when a text may not be planned because of the functions that planning could run.
  ///
  /// - Parameter text: a statement, or the CREATE INDEX of a design.
  func refuseFunctions(in text: String) throws(ServerError) {
    guard plannedFunctionRule == .refuse, let found = try plannedFunctions(in: text) else { return }
    throw ServerError(.refused, found.sentence, hint: "set plan_functions warn plans it all the same")
  }

  /// What a function of language SQL calls that hypo cannot vouch for, itself or through others; nil for nothing.
  private func culprit(in function: FunctionRow) throws(ServerError) -> String? {
    var (bodies, seen) = ([function.body], [function.objectID])
    while let body = bodies.popLast() {
      guard let called = StatementParser.functions(in: body),
        let operators = StatementParser.operators(in: body)
      else { return "what hypo cannot read" }
      let answer = try ifPossible { () throws(ServerError) in
        try resolve(
          Self.functionsOfBody, [Literal.array(of: called.map(\.name)), Literal.array(of: operators)])
      }
      guard let answer else { return "what the server does not tell" }
      for row in answer.rows {
        let next = FunctionRow(row)
        guard !seen.contains(next.objectID) else { continue }
        seen.append(next.objectID)
        if OutsideEffect.disturbs(next.name) { return next.signature }
        guard !next.isTrusted else { continue }
        guard next.language == "sql" else { return "\(next.signature), of language \(next.language)" }
        bodies.append(next.body)
      }
    }
    return nil
  }

  private struct FunctionRow {
    let objectID: String
    let signature: String
    let name: String
    let language: String
    let body: String
    /// PostgreSQL's own, or an extension's in C.
    let isTrusted: Bool

    init(_ row: [String?]) {
      (objectID, signature, name) = (row[0] ?? "", row[1] ?? "", row[2] ?? "")
      (language, body, isTrusted) = (row[3] ?? "", row[4] ?? "", row[5] == "t")
    }
  }

  /// PostgreSQL 13 or later; for `pg_proc p` and `pg_language l`. Functions below 16384 come with the server, and so
  /// does what a function of language internal runs; C is written by whoever may install an extension.
  private static let columns = """
    p.oid, p.oid::pg_catalog.regprocedure::text, p.proname, l.lanname, CASE WHEN l.lanname <> 'sql' THEN '' \
    WHEN p.prosrc <> '' THEN p.prosrc ELSE pg_catalog.pg_get_functiondef(p.oid) END, \
    p.oid::bigint < 16384 OR l.lanname = 'internal' OR l.lanname = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_depend e \
    WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid AND e.deptype = 'e')
    """

  /// Whether the database has any such function at all; the languages internal, C and SQL have these object ids
  /// everywhere. Source: `pg_language.dat`.
  private static let someFunctions = """
    SELECT EXISTS (SELECT FROM pg_proc p WHERE p.oid::bigint >= 16384 AND p.provolatile <> 'v' AND p.prolang <> 12 \
    AND NOT (p.prolang = 13 AND EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass \
    AND e.objid = p.oid AND e.deptype = 'e')))
    """

  /// `$1` are names of functions on the search path, `$2` such with their schema, `$3` names of operators, `$4` of
  /// relations. What is VOLATILE is not run before the statement is.
  private static let functionsOfStatement = """
    WITH RECURSIVE reads(id) AS (SELECT pg_catalog.to_regclass(t)::oid FROM pg_catalog.unnest($4::text[]) t UNION \
    SELECT f.id FROM reads r, LATERAL (SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = r.id \
    UNION ALL SELECT d.refobjid FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d \
    ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = w.oid \
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass WHERE w.ev_class = r.id) f(id)), \
    parts(class, id) AS (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, r.id FROM reads r UNION ALL \
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid FROM reads r \
    JOIN pg_catalog.pg_index i ON i.indrelid = r.id UNION ALL \
    SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, w.oid FROM reads r \
    JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.id UNION ALL \
    SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, a.oid FROM reads r \
    JOIN pg_catalog.pg_attrdef a ON a.adrelid = r.id UNION ALL \
    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, c.oid FROM reads r \
    JOIN pg_catalog.pg_constraint c ON c.conrelid = r.id UNION ALL \
    SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, y.oid FROM reads r \
    JOIN pg_catalog.pg_policy y ON y.polrelid = r.id), \
    used(id) AS (SELECT p.oid FROM pg_catalog.pg_proc p WHERE p.proname = ANY ($1::text[]) \
    AND pg_catalog.pg_function_is_visible(p.oid) UNION SELECT p.oid FROM pg_catalog.pg_proc p \
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace \
    WHERE pg_catalog.concat(n.nspname, '.', p.proname) = ANY ($2::text[]) UNION \
    SELECT o.oprcode FROM pg_catalog.pg_operator o WHERE o.oprname = ANY ($3::text[]) UNION \
    SELECT coalesce(o.oprcode, d.refobjid) FROM parts t JOIN pg_catalog.pg_depend d \
    ON d.classid = t.class AND d.objid = t.id LEFT JOIN pg_catalog.pg_operator o \
    ON d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND o.oid = d.refobjid \
    WHERE d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, \
    'pg_catalog.pg_operator'::pg_catalog.regclass)) \
    SELECT * FROM (SELECT \(columns) FROM used u JOIN pg_catalog.pg_proc p ON p.oid = u.id \
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.provolatile <> 'v' AND p.oid::bigint >= 16384) \
    f(id, signature, name, language, body, is_trusted) WHERE NOT is_trusted ORDER BY signature
    """

  /// `$1` are names of functions, `$2` of operators, wherever they are: the search path of the one who calls counts.
  private static let functionsOfBody = """
    SELECT \(columns) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang \
    WHERE p.proname = ANY ($1::text[]) OR p.oid IN (SELECT o.oprcode FROM pg_catalog.pg_operator o \
    WHERE o.oprname = ANY ($2::text[])) ORDER BY 2
    """
}
