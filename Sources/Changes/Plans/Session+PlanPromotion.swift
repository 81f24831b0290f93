public import IndexDesign
public import Server

extension Session {
  /// Looks at everything that a person should know before a design becomes a real index; changes nothing.
  ///
  /// What forbids the build is among the plan's findings, so that all of it can be shown at once.
  /// - Parameters:
  ///   - definition: the design, whole; its table may be unqualified.
  ///   - name: the index's name; nil for the definition's own or else the one that the server would choose.
  ///   - estimatedSizeInBytes: HypoPG's estimate; nil without one.
  ///   - transactionAgeInSeconds: from which age on a transaction in the way is worth a line.
  /// - Throws: `ServerError`; code `.notFound` when there is no such table, `.refused` in a failed transaction.
  public func planPromotion(
    of definition: IndexDefinition, name: String? = nil, estimatedSizeInBytes: Int64? = nil,
    longTransactionsFrom transactionAgeInSeconds: Double = 5
  ) throws(ServerError) -> ChangePlan {
    try refuseFailedTransaction("promote")
    let facts = try PromotionFacts.read(
      definition, name: name, estimatedSizeInBytes: estimatedSizeInBytes,
      olderThan: transactionAgeInSeconds, self)
    let checklist = PromotionChecklist(facts)
    let step = ChangeStep(
      .build(facts.definition), name: facts.indexName, table: ChangedTable(facts.table),
      statement: facts.definition.createStatement(concurrently: true, ifNotExists: true),
      reverse: ChangeStep.dropStatement(of: facts.indexName), lock: .shareUpdateExclusive)
    return ChangePlan(
      kind: .promote, server: try fingerprint(), steps: [step], findings: checklist.findings,
      refusals: checklist.refusals, estimatedIndexSizeInBytes: estimatedSizeInBytes,
      textSettings: try textSettings())
  }
}

extension ChangedTable {
  init(_ table: Relation) {
    self.init(objectID: table.objectID, name: table.qualifiedName, isOrdinary: table.kind == .table)
  }
}
