public import IndexDesign
internal import Postgres
public import Server

extension Session {
  /// Compares the server with a record before the change is undone; changes nothing.
  ///
  /// A missing or another index is no error but a finding: the plan then writes it down and runs nothing.
  /// - Throws: `ServerError` with code `.refused` for a change that left nothing to undo, a record that hypo would not
  ///   have written, another server, an open transaction, a standby, a renamed index or a missing right.
  public func planRollback(of record: ChangeRecord) throws(ServerError) -> ChangePlan {
    guard let objectID = record.leftIndex, record.intent.kind == .promote, record.rolledBackBy == nil else {
      throw ServerError(
        .refused, "cannot roll back \(record.number): it is \(record.state)",
        hint: "changes lists those that can be rolled back")
    }
    try refuseChange("roll back", on: record.intent.server)
    let rebuilt: (statement: String, reverse: String)
    do { rebuilt = try record.intent.rebuilt() } catch {
      throw ServerError(
        .refused, "cannot roll back \(record.number): \(error.message)", detail: error.detail,
        hint: error.hint)
    }
    let server = try fingerprint()
    guard !facts.isInRecovery else {
      throw ServerError(
        .refused, "cannot roll back on a \(facts.role)",
        hint: "connect to the \(facts.isAurora ? "writer" : "primary") and roll back there")
    }
    let table = try changedTable(of: record)
    try refuseRunning(record, indexObjectID: objectID)
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    let rows = try resolve(NamedRelation.queryByObjectID, [String(objectID)]).rows
    let found = try RolledBackIndex(
      named: try namedRelation(name), byObjectID: NamedRelation(rows: rows), record: record,
      objectID: objectID)
    // What is run is made of the name that was looked up: a text in a file is no statement to trust.
    let step = ChangeStep(
      found.work, name: name, table: ChangedTable(table), statement: ChangeStep.dropStatement(of: name),
      reverse: rebuilt.statement, lock: .shareUpdateExclusive)
    return ChangePlan(
      kind: .rollback(of: record.number), server: server, steps: [step], findings: [found.finding],
      undoes: record)
  }

  private func changedTable(of record: ChangeRecord) throws(ServerError) -> Relation {
    let table: Relation
    do {
      table = try relation(RelationName(schema: record.intent.tableSchema, name: record.intent.tableName))
    } catch  where error.code == .notFound {
      throw ServerError(
        .refused, "cannot roll back \(record.number): \(error.message)",
        detail: "the table of the index is gone under this name, and its indexes with it", hint: error.hint)
    }
    guard table.isOwned else {
      throw ServerError(
        .refused,
        "cannot roll back \(record.number): role \"\(facts.user)\" does not own "
          + Session.inQuotes(table.qualifiedName.sql),
        sqlState: "42501", hint: "connect as \"\(table.owner)\" or as a member of it")
    }
    return table
  }

  /// A build without an ending may still be at work: another shell's, or one that outlived its shell.
  ///
  /// PostgreSQL 12 or later; other roles' builds are hidden from a role without `pg_read_all_stats`.
  private func refuseRunning(_ record: ChangeRecord, indexObjectID: UInt32) throws(ServerError) {
    guard record.state == .started || record.state == .interrupted else { return }
    let query = "SELECT pid FROM pg_catalog.pg_stat_progress_create_index WHERE index_relid = $1::oid"
    guard let pid = try resolve(query, [String(indexObjectID)]).rows.first?[0] else { return }
    throw ServerError(
      .refused, "cannot roll back \(record.number): its build still runs (backend \(pid))",
      hint: "wait for it, or end it with psql: SELECT pg_cancel_backend(\(pid))")
  }
}

/// What is on the server in the place of a recorded index.
enum RolledBackIndex: Equatable {
  /// The recorded index: its name, object id and definition are the record's.
  case recorded(CatalogIndex)
  /// Nothing of that name: there is nothing to drop.
  case missing
  /// Another index of that name, which stays.
  case another(CatalogIndex)

  /// Judges what stands under the recorded name and what has the recorded object id.
  init(
    named: NamedRelation?, byObjectID: NamedRelation?, record: ChangeRecord, objectID: UInt32
  ) throws(ServerError) {
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    if let renamed = byObjectID?.index, renamed.qualifiedName != name, record.describes(renamed) {
      throw ServerError(
        .refused, "cannot roll back \(record.number): its index is now called \(renamed.qualifiedName)",
        hint:
          "rename it back: ALTER INDEX \(renamed.qualifiedName.sql) RENAME TO \(Identifier.quoted(name.name))"
      )
    }
    guard let named else {
      self = .missing
      return
    }
    guard let index = named.index else {
      throw ServerError(
        .refused,
        "cannot roll back \(record.number): \(name) is a \(named.kind?.words ?? "relation") now",
        hint: "the index is gone; there is nothing to drop")
    }
    self = named.objectID == objectID && record.describes(index) ? .recorded(index) : .another(index)
  }

  var work: ChangeStep.Work {
    switch self {
    case .recorded(let index): .drop(objectID: index.objectID)
    case .missing: .note(.wasNotThere)
    case .another(let index):
      .note(.isAnotherIndex(objectID: index.objectID, definition: index.definition))
    }
  }

  var finding: Finding {
    switch self {
    case .recorded: Finding("on the server", .ok, "it is the recorded one: name, object id and definition")
    case .missing: Finding("on the server", .warning, "it is not there")
    case .another(let index):
      Finding("on the server", .stop, "another index has its name: \(index.definition)")
    }
  }
}

extension ChangeRecord {
  /// The object id of the index that this change left, or may have left, on the server; nil when none is recorded.
  var leftIndex: UInt32? {
    switch ending {
    case nil, .interrupted: seenIndexObjectID
    case .built(let objectID, _), .leftInvalidStaying(let objectID, _): objectID
    default: nil
    }
  }
}
