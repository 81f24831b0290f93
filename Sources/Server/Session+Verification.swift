public import IndexDesign
internal import Postgres

extension Session {
  /// Looks at a recorded change again: the index, its size and use, the statements and the plan.
  ///
  /// While designs are active the recorded query is planned with and without them.
  /// - Parameter statement: the record's query with its values, where somebody still has them; nil is the query
  ///   as it was recorded.
  /// - Throws: `ServerError`; code `.refused` when the session is connected to another database.
  public func verify(_ record: ChangeRecord, statement: String? = nil) throws(ServerError) -> Verification {
    let now = try fingerprint()
    guard now.matches(record.intent.server) else {
      throw Self.otherServer("verify", record.intent.server, now)
    }
    let standing = try standing(of: record)
    var verification = Verification(
      record: record, standing: standing,
      estimatedSizeInBytes: record.intent.measuredBefore.estimatedIndexSizeInBytes, statements: [],
      statisticsWereReset: false)
    try count(into: &verification)
    try plan(statement ?? record.intent.query?.statement, into: &verification)
    return verification
  }

  private func standing(of record: ChangeRecord) throws(ServerError) -> Verification.Standing {
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    let recordedID = record.ending?.recordedIndex ?? record.intent.indexObjectID
    if let recordedID {
      let rows = try resolve(NamedRelation.queryByObjectID, [String(recordedID)]).rows
      // Object ids come around again: the definition has to be the record's, too.
      if let index = NamedRelation(rows: rows)?.index, record.describes(index) {
        guard index.qualifiedName == name else { return .renamed(index) }
        return index.isValid ? .valid(index) : .invalid(index)
      }
    }
    guard let index = try namedRelation(name)?.index else { return .missing }
    // A change that was cut off has recorded no object id; then the definition decides.
    guard recordedID == nil, record.describes(index) else { return .another(index) }
    return index.isValid ? .valid(index) : .invalid(index)
  }

  private func count(into verification: inout Verification) throws(ServerError) {
    let intent = verification.record.intent
    let table: Relation
    do { table = try relation(RelationName(schema: intent.tableSchema, name: intent.tableName)) } catch {
      if error.code == .notFound { return }
      throw error
    }
    // Without an ending the reading before the change is the newest that is known.
    let change = verification.record.outcome?.countersAfter ?? intent.measuredBefore.counters
    let now = try changeCounters(on: table, indexObjectID: verification.index?.objectID)
    if let counted = change.instance, let instance = now.instance {
      verification.obstacleToComparing = instance.obstacle(toComparingWith: counted)
      if verification.obstacleToComparing != nil { return }
    }
    (verification.statements, verification.statisticsWereReset) = Verification.statements(
      since: change, now: now)
    verification.tableSequentialScans = change.tableSequentialScans.flatMap {
      Verification.grown($0, now.tableSequentialScans)
    }
    verification.indexScans = Verification.grown(change.indexScans, now.indexScans)
  }

  private func plan(_ text: String?, into verification: inout Verification) throws(ServerError) {
    guard let text else { return }
    do { verification.plan = try explain(PlanQuestion(text)) } catch {
      guard error.isRefusal else { throw error }
      verification.planProblem = error
    }
  }
}

extension ChangeRecord {
  /// Whether an index has the recorded definition, in whatever words.
  package func describes(_ index: CatalogIndex) -> Bool {
    let recorded = try? IndexDefinitionParser.parseCreateIndex(intent.definition).definition
    guard let recorded, let design = index.design else { return index.definition == intent.definition }
    return IndexComparison.isSame(recorded, design)
  }
}

extension ChangeOutcome.Result {
  /// The object id of the recorded index itself; nil when the change ended without it.
  fileprivate var recordedIndex: UInt32? {
    switch self {
    case .built(let objectID, _), .alreadyThere(let objectID, _), .leftInvalidStaying(let objectID, _),
      .foundThere(let objectID, _):
      objectID
    default: nil
    }
  }
}
