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
    let recordedID = record.ending?.recordedIndex ?? record.seenIndexObjectID ?? record.intent.indexObjectID
    switch try recordedIndex(of: record, objectID: recordedID) {
    case .found(let index, let since):
      guard index.qualifiedName == name else { return .renamed(index) }
      guard index.isValid else { return .invalid(index) }
      return since.isEmpty
        ? .valid(index)
        : .maintained(index, since: since.map { $0.words(of: index) }.joined(separator: "; "))
    case .another(let named): return named.index.map(Verification.Standing.another) ?? .missing
    case .missing: return .missing
    }
  }

  private func count(into verification: inout Verification) throws(ServerError) {
    let intent = verification.record.intent
    let table: Relation
    let recorded = RelationName(schema: intent.tableSchema, name: intent.tableName)
    do { table = try relation(verification.index?.design?.table ?? recorded) } catch {
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
