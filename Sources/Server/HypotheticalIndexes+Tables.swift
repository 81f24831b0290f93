internal import IndexDesign
internal import Postgres

// HypoPG knows a table by its object id and a column by its number and type. When the table is dropped, renamed or made
// again, or a column changes its type, a design is still there and serves nothing. From 1.4.4 on HypoPG gives a design up
// whenever the server tells its backend that the table was touched, be it by VACUUM, GRANT or a foreign key.

/// A table as a design knew it: which one it was, and what those of its columns were that the design names.
struct TableFooting: Equatable {
  /// The table's object id.
  var tableObjectID: String
  /// Number, name, type and collation of each column, in words that only compare.
  var columns: String
}

extension HypotheticalIndexes {
  /// The statement that asks what the tables of designs are now; nil when there is nothing to ask about.
  ///
  /// PostgreSQL 13 or later. One row for each design, in order: the table's object id, its columns, whether the role
  /// may look the table up at all, and whether HypoPG has given the design up.
  ///
  /// - Parameters:
  ///   - objectIDs: HypoPG's object ids of the designs; zeros when they are not made yet.
  ///   - schema: that of HypoPG, which knows what it has given up; nil when it gives nothing up.
  static func footingStep(
    of designs: [IndexDefinition], objectIDs: [String], givenUpIn schema: String?
  ) -> PipelineStep? {
    guard !designs.isEmpty else { return nil }
    // Values of their own, so that all designs are asked about in one text.
    let values = [
      designs.map { $0.table.schema ?? "" }, designs.map(\.table.sql),
      designs.map { Set($0.names).sorted().joined(separator: separator) }, objectIDs,
    ]
    let givenUp =
      schema.map {
        "NOT EXISTS (SELECT FROM \($0).hypopg() h WHERE h.indexrelid OPERATOR(pg_catalog.=) d.design AND NOT h.invalidated)"
      } ?? "false"
    return .query(
      Session.mark + """
        SELECT c.oid, (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.attname, a.atttypid, \
        a.atttypmod, a.attcollation), ',' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a \
        WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped \
        AND a.attname OPERATOR(pg_catalog.=) ANY (pg_catalog.string_to_array(d.names, E'\\x1F'))), \
        d.schema OPERATOR(pg_catalog.=) '' OR n.oid IS NULL OR pg_catalog.has_schema_privilege(n.oid, 'USAGE'), \
        \(givenUp) FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]), \
        pg_catalog.unnest($3::pg_catalog.text[]), pg_catalog.unnest($4::pg_catalog.oid[])) \
        WITH ORDINALITY d(schema, name, names, design, place) \
        LEFT JOIN pg_catalog.pg_namespace n ON n.nspname OPERATOR(pg_catalog.=) d.schema \
        LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) CASE WHEN d.schema OPERATOR(pg_catalog.=) '' \
        OR pg_catalog.has_schema_privilege(n.oid, 'USAGE') \
        THEN pg_catalog.to_regclass(d.name)::pg_catalog.oid END ORDER BY d.place
        """, values.map { Literal.array(of: $0) })
  }

  /// What stands between names; as good as no name holds it.
  private static let separator = "\u{1F}"

  /// The statement that asks about the active designs; nil when there is none.
  private var footingStep: PipelineStep? {
    Self.footingStep(
      of: typedDesigns.map(\.definition), objectIDs: typedDesigns.map(\.design.objectID),
      givenUpIn: session?.facts.givesUpIn)
  }

  private var typedDesigns: [(design: Active, definition: IndexDefinition)] {
    active.compactMap { design in design.typed.map { (design, $0) } }
  }

  /// The step that hides the designs for the rest of a transaction, and tells for a third of what a plan costs whether
  /// anything about their tables and columns is new, or HypoPG has given one up.
  var hidingStep: PipelineStep {
    if let knownHidingStep { return knownHidingStep }
    let designs = typedDesigns
    let tables = Set(designs.compactMap(\.design.footing?.tableObjectID)).sorted()
    let columns = Set(designs.flatMap(\.definition.names)).sorted().map { name in
      "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    let step = Session.setting(
      "hypopg.enabled", "off", glancingAt: "{\(tables.joined(separator: ","))}",
      columns: "{\(columns.joined(separator: ","))}", givenUpIn: session?.facts.givesUpIn)
    knownHidingStep = step
    return step
  }

  /// Looks closer when anything is new, and makes designs again or lets go of them.
  ///
  /// - Parameter answer: what `hidingStep` gave.
  /// - Returns: whether another plan has to be asked for.
  /// - Throws: `ServerError` as `renew` does.
  func isChanged(seeing answer: QueryResult) throws(ServerError) -> Bool {
    if answer.rows == glance { return false }
    let isChanged = try renew()
    // What was made again has other tables to look at.
    glance = isChanged ? nil : answer.rows
    return isChanged
  }

  /// Asks what the tables of the active designs are now, and makes designs again or lets go of them.
  ///
  /// - Returns: whether there were any.
  /// - Throws: `ServerError` when the person stops it or there is no connection.
  @discardableResult
  public func renew() throws(ServerError) -> Bool {
    guard let session, !session.isTransactionFailed, let step = footingStep,
      let answer = try session.results(of: [step])?[0]
    else { return false }
    return try renew(answer)
  }

  /// Makes designs again whose table is another one, whose columns have changed or which HypoPG has given up, and lets go
  /// of those that cannot be made any more. A person hears of each, but for one that is what it was.
  ///
  /// - Parameter answer: what `footingStep` gave.
  /// - Returns: whether there were any.
  private func renew(_ answer: QueryResult) throws(ServerError) -> Bool {
    let designs = typedDesigns
    guard answer.rows.count == designs.count else { return false }
    var isChanged = false
    // All of them then, so that they stay in their order: the planner takes the older one of two that cost the same.
    let isGivenUp = answer.rows.contains { $0[3] == "t" }
    for ((design, definition), row) in zip(designs, answer.rows) where row[2] == "t" {
      let now = TableFooting(row)
      guard let before = design.footing, now != before || isGivenUp else { continue }
      isChanged = true
      try renew(design, definition, before, now)
    }
    return isChanged
  }

  private func renew(
    _ design: Active, _ definition: IndexDefinition, _ before: TableFooting, _ now: TableFooting?
  ) throws(ServerError) {
    let table = definition.table.sql
    func tellOfLoss() {
      tell(
        "\(table) does not exist any more: the design \(design.handle) is lost; hypo add \(design.handle) makes it again "
          + "when the table is back")
    }
    try drop(design.handle)
    guard let now else { return tellOfLoss() }
    let what =
      now == before
      ? "\(table) was touched, and HypoPG gave the design up"
      : now.tableObjectID == before.tableObjectID
        ? "columns of \(table) have changed" : "\(table) is a new table, made after the design"
    do {
      guard let relation = try session?.relation(definition.table) else { return tellOfLoss() }
      try add(design.handle, definition, partitions: relation.partitions)
    } catch {
      guard error.isRefusal else {
        // As it was: the next plan finds out again that it has to be made.
        active.append(design)
        throw error
      }
      tell("\(what): the design \(design.handle) is lost: \(error.message)")
      return
    }
    if now != before { tell("\(what): the design \(design.handle) was made again") }
  }

  private func tell(_ message: String) { session?.tell(.notice(severity: "WARNING", message: message)) }
}

extension TableFooting {
  /// - Returns: nil when there is no table of that name.
  fileprivate init?(_ row: [String?]) {
    guard let objectID = row[0] else { return nil }
    self.init(tableObjectID: objectID, columns: row[1] ?? "")
  }
}

extension Session {
  /// What a design's table is now; nil when the server does not say.
  func footing(of definition: IndexDefinition) throws(ServerError) -> TableFooting? {
    guard
      let step = HypotheticalIndexes.footingStep(
        of: [definition], objectIDs: ["0"], givenUpIn: facts.givesUpIn)
    else { return nil }
    do { return TableFooting(try run([step])[0].rows[0]) } catch { throw ServerError(error.error) }
  }
}
