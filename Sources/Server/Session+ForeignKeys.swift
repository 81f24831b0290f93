internal import IndexDesign
internal import Postgres

// The check of a foreign key is a query of its own, which the server runs for each row of the referenced table that is
// deleted or gets another key. It is in no plan.

extension Session {
  /// The designs that the checks of foreign keys would read for a statement, where no real index serves them yet.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func designsForForeignKeys(in explanation: Explanation) throws(ServerError) -> [UndecidedDesign] {
    let changing = explanation.plan.nodes.filter { ["Delete", "Update", "Merge"].contains($0.operation) }
    let changed = Set(changing.compactMap(\.relation)).sorted()
    guard !changed.isEmpty else { return [] }
    let columns = StatementParser.changedColumns(in: explanation.statement)
    var found: [UndecidedDesign] = []
    for design in hypotheticals.active where !explanation.plan.usedDesigns.contains(design.handle) {
      guard let definition = design.typed, case .column(let first)? = definition.keys.first?.term,
        ["btree", "hash"].contains(definition.accessMethod),
        // The check finds no NULL, and knows no other condition.
        definition.predicate.map({ $0.lowercased().contains("is not null") }) ?? true
      else { continue }
      let answer = try ifPossible { () throws(ServerError) in
        try resolve(
          Self.referenced,
          [definition.table.sql, Literal.array(of: changed), first, columns.map { Literal.array(of: $0) }])
      }
      guard let referenced = answer?.rows.first?[0] else { continue }
      found.append(
        UndecidedDesign(
          design: design.handle, reason: .foreignKey(reads: definition.table.name, referenced: referenced)))
    }
    return found
  }

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of the names of referenced ones, `$3` a column of a foreign key,
  /// `$4` an array of the referenced columns that change, NULL for any. The name of a referenced table whose rows are
  /// looked for by the column, where no index begins with it.
  private static let referenced = """
    SELECT r.relname FROM pg_catalog.pg_constraint f JOIN pg_catalog.pg_class r ON r.oid = f.confrelid \
    JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey) \
    WHERE f.contype = 'f' AND f.conrelid = pg_catalog.to_regclass($1)::pg_catalog.oid \
    AND r.relname = ANY ($2::pg_catalog.name[]) AND a.attname = $3::pg_catalog.name \
    AND ($4::pg_catalog.name[] IS NULL OR EXISTS (SELECT FROM pg_catalog.pg_attribute k \
    WHERE k.attrelid = f.confrelid AND k.attnum = ANY (f.confkey) AND k.attname = ANY ($4::pg_catalog.name[]))) \
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = f.conrelid AND i.indisvalid \
    AND i.indkey[0] = ANY (f.conkey) AND i.indpred IS NULL) ORDER BY 1 LIMIT 1
    """
}

extension StatementParser {
  /// The columns that an UPDATE sets; nil for all other statements.
  fileprivate static func changedColumns(in statement: String) -> [String]? {
    guard let parsed = try? parse(statement), parsed.count == 1, parsed[0].kind == "UpdateStmt" else {
      return nil
    }
    return parsed[0].tree["targetList"]?.array?.compactMap { $0["ResTarget"]?["name"]?.string }
  }
}
