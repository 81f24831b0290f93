extension ChangeIntent {
  /// The promotion's statement and its reverse, made anew of its names and its definition.
  ///
  /// A recorded text is never run: what is written down is parsed, compared with this, and this is what counts.
  /// - Parameters:
  ///   - table: the table as it is called now; nil is the recorded one.
  ///   - index: the index as it is called now; nil is the recorded one.
  /// - Throws: `ChangeFailure` when the record is not what hypo would have written: what it says, and what to do.
  public func rebuilt(
    on table: RelationName? = nil, as index: RelationName? = nil
  ) throws(ChangeFailure) -> (statement: String, reverse: String) {
    let definition = try ownDefinition()
    let own = RelationName(schema: indexSchema, name: indexName)
    try compare("statement", statement, with: Self.build(definition)) { Self.isBuild($0, of: definition) }
    try compare("reverse", reverse, with: ChangeStep.dropStatement(of: own)) { _ in false }
    var renamed = definition
    renamed.table = table ?? definition.table
    renamed.name = index?.name ?? definition.name
    return (Self.build(renamed), ChangeStep.dropStatement(of: index ?? own))
  }

  /// The recorded definition, under the recorded names.
  private func ownDefinition() throws(ChangeFailure) -> IndexDefinition {
    let table = RelationName(schema: tableSchema, name: tableName)
    var parsed: IndexDefinition
    do { parsed = try IndexDefinitionParser.parseCreateIndex(definition).definition } catch {
      throw ChangeFailure(
        message: "its recorded definition is no CREATE INDEX: \(error.message)",
        detail: "The ledger says: \(definition)", hint: Self.compareHint)
    }
    guard table.isMeant(by: parsed.table), parsed.name == nil || parsed.name == indexName,
      indexSchema == tableSchema
    else {
      throw ChangeFailure(
        message: "its recorded names are not those of its recorded definition",
        detail: "The ledger says: index \(RelationName(schema: indexSchema, name: indexName)) on \(table), "
          + "and: \(definition)", hint: Self.compareHint)
    }
    parsed.table = table
    parsed.name = indexName
    return parsed
  }

  private static func build(_ definition: IndexDefinition) -> String {
    definition.createStatement(concurrently: true, ifNotExists: true)
  }

  /// An earlier hypo may have worded the same differently.
  private static func isBuild(_ text: String, of definition: IndexDefinition) -> Bool {
    guard let parsed = try? IndexDefinitionParser.parseCreateIndex(text).definition else { return false }
    return parsed.name == definition.name && IndexComparison.isSame(parsed, definition)
  }

  private func compare(
    _ what: String, _ recorded: String, with rebuilt: String, isSame: (String) -> Bool
  ) throws(ChangeFailure) {
    guard recorded != rebuilt, !isSame(recorded) else { return }
    throw ChangeFailure(
      message: "its recorded \(what) is not what hypo would run",
      detail: "The ledger says: \(recorded); hypo would run: \(rebuilt)", hint: Self.compareHint)
  }

  private static let compareHint =
    "somebody has changed the ledger: compare it with a copy, look at the index, and drop it with psql if it has to go"
}
