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
    _ = try refusing(record) { () throws(ChangeFailure) in try record.intent.rebuilt() }
    let server = try fingerprint()
    guard !facts.isInRecovery else {
      throw ServerError(
        .refused, "cannot roll back on a \(facts.role)",
        hint: "connect to the \(facts.isAurora ? "writer" : "primary") and roll back there")
    }
    try refuseRunning(record, indexObjectID: objectID)
    let found = try RolledBackIndex(recordedIndex(of: record, objectID: objectID), record: record)
    let table = try changedTable(of: record, as: found.index?.design?.table)
    let name =
      found.index?.qualifiedName
      ?? RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    // What is run is made of the name that was looked up: a text in a file is no statement to trust.
    let run = try refusing(record) { () throws(ChangeFailure) in
      try record.intent.rebuilt(on: table.qualifiedName, as: name)
    }
    let step = ChangeStep(
      found.work, name: name, table: ChangedTable(table), statement: run.reverse, reverse: run.statement,
      lock: .shareUpdateExclusive)
    return ChangePlan(
      kind: .rollback(of: record.number), server: server, steps: [step], findings: [found.finding],
      undoes: record)
  }

  private func refusing<Value>(
    _ record: ChangeRecord, _ body: () throws(ChangeFailure) -> Value
  ) throws(ServerError) -> Value {
    do { return try body() } catch {
      throw ServerError(
        .refused, "cannot roll back \(record.number): \(error.message)", detail: error.detail,
        hint: error.hint)
    }
  }

  /// - Parameter name: what the table is called now; nil when its index is not there.
  private func changedTable(of record: ChangeRecord, as name: RelationName?) throws(ServerError) -> Relation {
    let recorded = RelationName(schema: record.intent.tableSchema, name: record.intent.tableName)
    let table: Relation
    do { table = try relation(name ?? recorded) } catch  where error.code == .notFound {
      throw ServerError(
        .refused, "cannot roll back \(record.number): \(error.message)",
        detail: "the table of the index is gone under this name, and its indexes with it",
        hint: error.hint)
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
  /// The recorded index, with what has happened to it since.
  case recorded(CatalogIndex, since: [RecordedIndex.Maintenance])
  /// Nothing of that name: there is nothing to drop.
  case missing
  /// Another index of that name, which stays.
  case another(CatalogIndex)

  /// Judges what was found.
  ///
  /// - Throws: `ServerError` when a person has given the index another name, or its name to something else.
  init(_ found: RecordedIndex, record: ChangeRecord) throws(ServerError) {
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    switch found {
    case .found(let index, let since):
      guard !since.contains(.renamed) else {
        throw ServerError(
          .refused, "cannot roll back \(record.number): its index is now called \(index.qualifiedName)",
          hint:
            "rename it back: ALTER INDEX \(index.qualifiedName.sql) RENAME TO \(Identifier.quoted(name.name))"
        )
      }
      self = .recorded(index, since: since)
    case .another(let named):
      guard let index = named.index else {
        throw ServerError(
          .refused,
          "cannot roll back \(record.number): \(name) is a \(named.kind?.words ?? "relation") now",
          hint: "the index is gone; there is nothing to drop")
      }
      self = .another(index)
    case .missing: self = .missing
    }
  }

  /// The recorded index; nil when it is not there.
  var index: CatalogIndex? { if case .recorded(let index, _) = self { index } else { nil } }

  var work: ChangeStep.Work {
    switch self {
    case .recorded(let index, _): .drop(objectID: index.objectID)
    case .missing: .note(.wasNotThere)
    case .another(let index):
      .note(.isAnotherIndex(objectID: index.objectID, definition: index.definition))
    }
  }

  var finding: Finding {
    switch self {
    case .recorded(_, []):
      Finding("on the server", .ok, "it is the recorded one: name, object id and definition")
    case .recorded(let index, let since):
      Finding("on the server", .warning, since.map { $0.words(of: index) }.joined(separator: "; "))
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
