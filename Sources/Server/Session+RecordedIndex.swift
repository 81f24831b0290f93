package import IndexDesign
internal import Postgres

/// The index of a record, as it is found again.
package enum RecordedIndex: Equatable, Sendable {
  /// What has happened to it since, which leaves it the same index.
  package enum Maintenance: Equatable, Sendable {
    /// It has another name, in the schema of its table.
    case renamed
    /// Its table has another name or is in another schema.
    case tableRenamed
    /// It was built anew under its name, as REINDEX CONCURRENTLY does: the recorded object id was this.
    case rebuilt(from: UInt32)
  }

  /// It is there; the list is empty when nothing has happened to it.
  case found(CatalogIndex, since: [Maintenance])
  /// Something else has its name.
  case another(NamedRelation)
  /// Nothing of it is there.
  case missing
}

extension RecordedIndex.Maintenance {
  /// What has happened, as a clause.
  package func words(of index: CatalogIndex) -> String {
    switch self {
    case .renamed: "it is now called \(index.qualifiedName)"
    case .tableRenamed: "its table is now called \(index.design?.table.sql ?? "otherwise")"
    case .rebuilt(let old):
      "it was built anew since, as REINDEX CONCURRENTLY does: name and definition are the recorded ones, "
        + "the object id is \(index.objectID) and was \(old)"
    }
  }
}

extension Session {
  /// Finds the index of a record.
  ///
  /// An object id is the index itself, whatever it and its table are called now. Where it is gone, name, definition and
  /// table decide, for REINDEX CONCURRENTLY gives a new one; a table that was made anew has indexes of its own.
  /// - Parameter objectID: the recorded one; nil when none is recorded.
  package func recordedIndex(
    of record: ChangeRecord, objectID: UInt32?
  ) throws(ServerError) -> RecordedIndex {
    let intent = record.intent
    if let objectID, let index = try find(NamedRelation.queryByObjectID, [String(objectID)])?.index,
      record.describes(index.definition, onRenamedTable: true)
    {
      return .found(index, since: maintenance(of: index, intent))
    }
    let rebuilt = objectID.map { [RecordedIndex.Maintenance.rebuilt(from: $0)] } ?? []
    let named = try namedRelation(RelationName(schema: intent.indexSchema, name: intent.indexName))
    if let named, let index = named.index, record.describes(index.definition),
      intent.tableObjectID == nil || named.tableObjectID == intent.tableObjectID
    {
      return .found(index, since: rebuilt)
    }
    if let table = intent.tableObjectID,
      let index = try find(NamedRelation.queryByTable, [String(table), intent.indexName])?.index,
      record.describes(index.definition, onRenamedTable: true)
    {
      return .found(index, since: rebuilt + maintenance(of: index, intent))
    }
    return named.map(RecordedIndex.another) ?? .missing
  }

  private func find(_ query: String, _ values: [String?]) throws(ServerError) -> NamedRelation? {
    NamedRelation(rows: try resolve(query, values).rows)
  }

  private func maintenance(of index: CatalogIndex, _ intent: ChangeIntent) -> [RecordedIndex.Maintenance] {
    let table = RelationName(schema: intent.tableSchema, name: intent.tableName)
    return (index.name == intent.indexName ? [] : [.renamed])
      + (index.design.map { $0.table == table } ?? (index.schema == intent.indexSchema)
        ? [] : [.tableRenamed])
  }
}
