public import IndexDesign
internal import Postgres
public import Server

extension Session {
  /// Looks in the catalog how a change has ended that was cut off; changes nothing.
  ///
  /// - Throws: `ServerError` with code `.refused` for a change whose ending is known, another server, a standby, a
  ///   failed transaction, and while a change may still run.
  public func settlement(of record: ChangeRecord) throws(ServerError) -> ChangeOutcome.Result {
    guard record.isOpen else {
      throw ServerError(
        .refused, "cannot settle \(record.number): it is \(record.state)",
        hint: "only a change without a known ending can be settled; changes lists them")
    }
    try refuseFailedTransaction("settle")
    let server = try fingerprint()
    guard server.matches(record.intent.server) else {
      throw Self.otherServer("settle", record.intent.server, server)
    }
    guard !facts.isInRecovery else {
      throw ServerError(
        .refused, "cannot settle on a \(facts.role): it may lag",
        hint: "connect to the \(facts.isAurora ? "writer" : "primary") and settle there")
    }
    try refuseRunning(record)
    return record.ending(by: try found(of: record))
  }

  private func found(of record: ChangeRecord) throws(ServerError) -> FoundOfChange {
    let intent = record.intent
    if intent.kind == .setUp {
      let query = "SELECT extversion FROM pg_catalog.pg_extension WHERE extname = $1"
      return FoundOfChange(
        named: nil, recorded: nil,
        extensionVersion: try resolve(query, [intent.indexName]).rows.first?[0])
    }
    let named = try namedRelation(RelationName(schema: intent.indexSchema, name: intent.indexName))
    var recorded: NamedRelation?
    if let objectID = record.seenIndexObjectID ?? intent.indexObjectID {
      recorded = NamedRelation(
        rows: try resolve(NamedRelation.queryByObjectID, [String(objectID)]).rows)
    }
    return FoundOfChange(
      named: named.map(FoundRelation.init), recorded: recorded.map(FoundRelation.init))
  }

  /// A change may wait for its turn or a lock, and a build outlives its shell: what hypo has open for changes is seen
  /// by its name, which every role may read.
  private func refuseRunning(_ record: ChangeRecord) throws(ServerError) {
    let names = ["hypo promote", "hypo retire", "hypo rollback", "hypo setup"].map(Literal.quoted)
    let rows = try resolve(
      "SELECT " + BlockingTransaction.columns
        + " FROM pg_catalog.pg_stat_activity a WHERE a.datname = current_database() AND a.application_name IN "
        + "(\(names.joined(separator: ", "))) ORDER BY a.backend_start LIMIT 1", []
    ).rows
    guard let running = rows.first.map(BlockingTransaction.init(row:)) else { return }
    throw ServerError(
      .refused, "cannot settle \(record.number): a change still runs in this database: \(running)",
      hint: "wait for it, or end it with psql: SELECT pg_cancel_backend(\(running.pid ?? 0))")
  }
}
