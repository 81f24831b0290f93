internal import IndexDesign
internal import Server

/// What forbids a build, each as the error that says what to do next; nil when it does not.
extension PromotionFacts {
  var transactionRefusal: ChangeFailure? {
    guard isInTransaction else { return nil }
    return ChangeFailure(
      message: "cannot promote inside an open transaction",
      detail: "the build would wait for the snapshot of this session's own transaction",
      hint: "end it with commit; or rollback; and promote again")
  }

  var roleRefusal: ChangeFailure? {
    guard isInRecovery else {
      return isBehindPooler ? .pooler("promote") : nil
    }
    let writer = isAurora ? "writer" : "primary"
    return ChangeFailure(
      message: "cannot promote on a \(role)", detail: "this server is a \(role), which changes nothing",
      hint: "connect to the \(writer) and promote there")
  }

  var kindRefusal: ChangeFailure? {
    let name = table.qualifiedName.sql
    switch table.kind {
    case .partitionedTable:
      return ChangeFailure(
        message: "cannot promote on partitioned table \(Session.inQuotes(name))",
        detail: "an index on a partitioned table cannot be built concurrently, with ON ONLY neither",
        hint: "design the index on each partition and promote those")
    case .table, .materializedView:
      guard table.schema == "pg_catalog" || table.schema.hasPrefix("pg_temp_") else { return nil }
      return ChangeFailure(
        message: "cannot promote on \(Session.inQuotes(name))",
        detail: table.schema == "pg_catalog"
          ? "an index on a system catalog cannot be built concurrently"
          : "a temporary table is seen by its own session only, and the build runs on a second connection")
    default:
      return ChangeFailure(
        message: "cannot promote on \(table.kind.words) \(Session.inQuotes(name))",
        detail: "a \(table.kind.words) cannot carry an index",
        hint: "design the index on a table or a materialized view")
    }
  }

  var privilegeRefusal: ChangeFailure? {
    let name = Session.inQuotes(table.qualifiedName.sql)
    if !table.isOwned {
      return ChangeFailure(
        message: "cannot promote on \(name): role \"\(user)\" does not own it", sqlState: "42501",
        detail: "\(name) belongs to role \"\(table.owner)\"",
        hint: "connect as \"\(table.owner)\" or as a member of it")
    }
    guard !mayCreateInSchema else { return nil }
    return ChangeFailure(
      message: "cannot promote on \(name): role \"\(user)\" may not create in schema \"\(table.schema)\"",
      sqlState: "42501", detail: "an index is made in its table's schema, which needs CREATE there",
      hint: "GRANT CREATE ON SCHEMA \(Identifier.quoted(table.schema)) TO \(Identifier.quoted(user))")
  }

  var nameRefusal: ChangeFailure? {
    let name = definition.name ?? ""
    if Identifier.isTooLong(name) {
      return ChangeFailure(
        message: "the index name is \(name.utf8.count) bytes long and a name has at most 63",
        detail: "the server would cut the name off after 63 bytes", hint: "choose a shorter one with as NAME")
    }
    guard let taken = nameTakenBy, !isEqualAndValid(taken) else { return nil }
    return ChangeFailure(
      message: "cannot promote as \(Session.inQuotes(indexName.sql)): the name is taken",
      sqlState: "42P07", detail: takenFinding(taken), hint: takenHint(taken))
  }

  /// What stands under the name when that forbids nothing.
  var nameFinding: String {
    guard let taken = nameTakenBy else { return "\(indexName) is free" }
    return "\(indexName) is there, valid and the same (object id \(taken.objectID)): nothing would be built"
  }

  private func isEqualAndValid(_ taken: NamedRelation) -> Bool {
    guard let index = taken.index else { return false }
    return taken.tableObjectID == table.objectID && index.isValid && isSame(index)
  }

  private func takenFinding(_ taken: NamedRelation) -> String {
    guard let index = taken.index else {
      return "\(indexName) is a \(taken.kind?.words ?? "relation") (object id \(taken.objectID))"
    }
    let validity = index.isValid ? "a valid" : "an invalid"
    let sameness = isSame(index) ? "the same" : "another"
    return "\(indexName) is \(validity) index with \(sameness) definition (object id \(taken.objectID)): "
      + index.definition
  }

  private func takenHint(_ taken: NamedRelation) -> String {
    guard let index = taken.index, !index.isValid else { return "choose another name with as NAME" }
    return "when nobody is building it, drop it with DROP INDEX CONCURRENTLY \(indexName.sql); "
      + "or choose another name with as NAME"
  }
}
