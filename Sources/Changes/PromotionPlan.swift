public import IndexDesign
public import Server

/// A build that is ready to be shown and confirmed: what was found, what is to run, and its reverse.
public struct PromotionPlan: Equatable, Sendable {
  /// The database and role that it was planned for.
  public var server: ServerFingerprint
  /// What was found on the server.
  public var facts: PromotionFacts
  /// What a person should see first.
  public var checklist: PromotionChecklist
  /// The settings that decide what the statement's text means, by name, as the session has them.
  public var textSettings: [String: String]

  /// The definition as it was typed, whole, with the table qualified and the name put in.
  public var definition: IndexDefinition { facts.definition }
  /// The index's name with its schema: what the person types to confirm is its last part.
  public var indexName: RelationName { facts.indexName }
  /// The table.
  public var table: Relation { facts.table }
  /// The exact SQL that is to run.
  public var statement: String { definition.createStatement(concurrently: true, ifNotExists: true) }
  /// The exact SQL that undoes it.
  public var reverse: String { "DROP INDEX CONCURRENTLY IF EXISTS \(indexName.sql)" }
  /// Why it is refused; nil when it may run.
  public var refusal: ServerError? { checklist.refusals.first }
}

extension Session {
  /// Looks at everything that a person should know before a design becomes a real index; changes nothing.
  ///
  /// What forbids the build is in the plan's checklist, so that all of it can be shown at once.
  /// - Parameters:
  ///   - definition: the design, whole; its table may be unqualified.
  ///   - name: the index's name; nil for the definition's own or else the one that the server would choose.
  ///   - estimatedSizeInBytes: HypoPG's estimate; nil without one.
  ///   - transactionAgeInSeconds: from which age on a transaction in the way is worth a line.
  /// - Throws: `ServerError`; code `.notFound` when there is no such table, `.refused` in a failed transaction.
  public func preparePromotion(
    of definition: IndexDefinition, name: String? = nil, estimatedSizeInBytes: Int64? = nil,
    longTransactionsFrom transactionAgeInSeconds: Double = 5
  ) throws(ServerError) -> PromotionPlan {
    try refuseFailedTransaction("promote")
    let facts = try PromotionFacts.read(
      definition, name: name, estimatedSizeInBytes: estimatedSizeInBytes,
      olderThan: transactionAgeInSeconds, self)
    return PromotionPlan(
      server: try fingerprint(), facts: facts, checklist: PromotionChecklist(facts),
      textSettings: try textSettings())
  }

  /// In a failed transaction nothing can be asked, so nothing but this can be said.
  func refuseFailedTransaction(_ command: String) throws(ServerError) {
    guard isTransactionFailed else { return }
    throw ServerError(
      .refused, "cannot \(command) inside an open transaction",
      hint: "end it with rollback; and \(command) again")
  }
}
