internal import IndexDesign
internal import Postgres

extension Session {
  /// What a statement can name to reach a table: asked of the catalog in rounds, until nothing new is found.
  func reach(of table: Relation) throws(ServerError) -> TableReach {
    var reach = TableReach(RelationName(schema: table.schema, name: table.name))
    var found = FoundReach(try read(Self.family, [String(table.objectID)]).rows.compactMap { $0[0] })
    for row in try read(Self.namesOfRelations, [found.relations.asArray]).rows {
      reach.relations.insert(RelationName(schema: row[0], name: row[1] ?? ""))
    }
    // Views of views and functions that call functions are seldom deeper than a few.
    for _ in 0..<20 {
      let new = try read(
        Self.dependents,
        [
          found.relations.asArray, found.functions.asArray,
          (found.relations + found.materializedViews).asArray,
          Self.naming(reach.relations.union(reach.functions)),
        ]
      ).rows.filter { Self.isReal($0, reach) }
      guard !new.isEmpty else { break }
      for row in new { found.take(row, &reach) }
    }
    return reach
  }

  /// Whether a function of language SQL whose text holds one of the names really uses it; the catalog's own word
  /// needs no proof, and the text of another language gives none.
  private static func isReal(_ row: [String?], _ reach: TableReach) -> Bool {
    guard row[0] == "f", row[5] != "t", row[4] == "sql", let body = row[6] else { return true }
    return reach.isReached(by: body)
  }

  /// A regular expression for a body that holds one of the names as a word.
  private static func naming(_ names: Set<RelationName>) -> String {
    let words = Set(names.map(\.name)).sorted().map { name in
      name.map {
        $0.isLetter || $0.isNumber || $0 == "_"
          ? String($0) : "[\($0 == "\\" || $0 == "]" || $0 == "^" ? "\\" : "")\($0)]"
      }.joined()
    }
    return #"(^|[^\w$])("# + words.joined(separator: "|") + #")($|[^\w$])"#
  }

  /// The table with what it inherits from and what inherits from it, but not the other children of its parents.
  private static let family = """
    WITH RECURSIVE above(id) AS (SELECT $1::oid UNION \
    SELECT i.inhparent FROM above a JOIN pg_inherits i ON i.inhrelid = a.id), \
    below(id) AS (SELECT $1::oid UNION SELECT i.inhrelid FROM below b JOIN pg_inherits i ON i.inhparent = b.id) \
    SELECT id FROM above UNION SELECT id FROM below
    """

  private static let namesOfRelations = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.oid = ANY ($1::oid[])
    """

  /// What depends on the relations `$1` and the functions `$2` and is neither one of the relations `$3` nor of the
  /// functions; bodies as text match `$4`. PostgreSQL 13 or later.
  ///
  /// The kind (r or f), object id, schema, name, `relkind` or language, whether the catalog says so, and the body.
  private static let dependents = """
    SELECT 'r', c.oid, n.nspname, c.relname, c.relkind::text, true, NULL \
    FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.oid <> ALL ($3::oid[]) AND EXISTS (SELECT FROM pg_depend d \
    WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid \
    AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1::oid[]) \
    OR d.refclassid = 'pg_proc'::regclass AND d.refobjid = ANY ($2::oid[]))) \
    UNION SELECT 'f', p.oid, n.nspname, p.proname, l.lanname, d.is_known, p.prosrc \
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang, \
    LATERAL (SELECT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid \
    AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1::oid[]) \
    OR d.refclassid = 'pg_proc'::regclass AND d.refobjid = ANY ($2::oid[]))) OFFSET 0) d(is_known) \
    WHERE p.oid <> ALL ($2::oid[]) AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
    AND l.lanname NOT IN ('c', 'internal') AND (d.is_known OR p.prosrc ~* $4)
    """
}

/// Object ids of what is known to reach a table.
private struct FoundReach {
  var relations: [String]
  var functions: [String] = []
  var materializedViews: [String] = []

  init(_ relations: [String]) { self.relations = relations }

  mutating func take(_ row: [String?], _ reach: inout TableReach) {
    guard let id = row[1] else { return }
    let name = RelationName(schema: row[2], name: row[3] ?? "")
    switch (row[0], row[4]) {
    case ("f", _):
      functions.append(id)
      reach.functions.insert(name)
    case (_, "m"):
      materializedViews.append(id)
      reach.materializedViews.insert(name)
    default:
      relations.append(id)
      reach.relations.insert(name)
    }
  }
}

extension [String] {
  /// The array as PostgreSQL reads it.
  var asArray: String {
    "{"
      + map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }.joined(
        separator: ",")
      + "}"
  }
}
