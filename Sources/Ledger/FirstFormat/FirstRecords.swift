import IndexDesign

/// Records as the first format wrote them: the members were named after the properties of that time, and a case was
/// an object with one member of its name.
///
/// The query's constants stay behind, as they do in every new record, and so do the server's words that may hold values
/// of rows; so does its plan, which was a rendering for people.
extension ChangeIntent {
  init(firstFormat record: JSONValue) throws {
    let reader = try EntryReader(firstFormat: record)
    let server = try reader.object("server")
    let measured = try reader.object("measuredBefore")
    let kind = try reader.onlyCase("kind")
    self.init(
      kind: try Kind(kind.name, kind.values),
      server: ServerFingerprint(
        host: try server.text("host"), port: Int(try server.whole("port")),
        database: try server.text("database"), user: try server.text("user"),
        systemIdentifier: server.optionalText("systemIdentifier"),
        serverVersion: try server.text("serverVersion"), isAurora: server.bool("isAurora")),
      operatingSystemUser: try reader.text("operatingSystemUser"),
      operatingSystemHost: try reader.text("operatingSystemHost"),
      tableSchema: try reader.text("tableSchema"), tableName: try reader.text("tableName"),
      indexSchema: try reader.text("indexSchema"), indexName: try reader.text("indexName"),
      statement: try reader.text("statement"), reverse: try reader.text("reverse"),
      designShortForm: reader.optionalText("designShortForm"), definition: try reader.text("definition"),
      ticket: reader.optionalText("ticket"),
      query: reader.optionalText("queryText").map {
        RecordedQuery(of: $0, planBefore: nil, keepsLiterals: false)
      },
      measuredBefore: MeasuredBefore(
        counters: try ChangeCounters(firstFormat: measured.object("counters")),
        estimatedIndexSizeInBytes: measured.optionalWhole("estimatedIndexSizeInBytes"),
        plannerCostBefore: try measured.cost("plannerCostBefore"),
        estimatedPlannerCostAfter: try measured.cost("estimatedPlannerCostAfter")),
      indexObjectID: try reader.optionalObjectID("indexObjectID"),
      hypoVersion: try reader.text("hypoVersion"))
  }
}

extension ChangeIntent.Kind {
  fileprivate init(_ name: String, _ values: EntryReader) throws {
    self =
      switch name {
      case "promote": .promote
      case "retire": .retire
      case "rollback": .rollback(of: ChangeNumber(try values.whole("of")))
      case "setUp": .setUp
      default: throw EntryProblem(member: "kind")
      }
  }
}

extension ChangeOutcome {
  init(firstFormat record: JSONValue) throws {
    let reader = try EntryReader(firstFormat: record)
    let result = try reader.onlyCase("result")
    self.init(
      try Result(result.name, result.values), durationInSeconds: try reader.number("durationInSeconds"),
      countersAfter: try reader.optionalObject("countersAfter").map { try ChangeCounters(firstFormat: $0) })
  }
}

extension ChangeOutcome.Result {
  fileprivate init(_ name: String, _ values: EntryReader) throws {
    self =
      switch name {
      case "built":
        .built(objectID: try values.objectID("objectID"), sizeInBytes: try values.whole("sizeInBytes"))
      case "installed": .installed(version: try values.text("version"))
      case "alreadyThere":
        .alreadyThere(objectID: try values.objectID("objectID"), isValid: values.bool("isValid"))
      case "leftInvalidAndDropped": .leftInvalidAndDropped(reason: keptReason(try values.text("reason")))
      case "leftInvalidNotOurs": .leftInvalidNotOurs(objectID: try values.objectID("objectID"))
      case "leftInvalidStaying":
        .leftInvalidStaying(
          objectID: try values.objectID("objectID"), reason: keptReason(try values.text("reason")))
      case "dropped": .dropped
      case "wasNotThere": .wasNotThere
      case "isAnotherIndex":
        .isAnotherIndex(
          objectID: try values.objectID("objectID"), definition: try values.text("definition"))
      case "failed": .failed(error: try ChangeFailure(firstFormat: values.object("error")))
      case "cancelled": .cancelled
      case "interrupted": .interrupted(reason: keptReason(try values.text("reason")))
      default: throw EntryProblem(member: "result")
      }
  }
}

/// A reason as far as hypo has worded it: the server's words in it, which came without their SQLSTATE, may hold values
/// of rows.
private func keptReason(_ reason: String) -> String {
  let openings = [
    "cancelled by the person who ", "the build ", "the connection was lost", "the drop ", "the index ",
    "hypo ",
  ]
  let dropped = "the server's own words may hold values of rows and are not kept"
  let opening = String(reason.prefix { $0 != ":" && $0 != ";" })
  guard openings.contains(where: opening.hasPrefix) else { return "error; \(dropped)" }
  return opening == reason ? reason : "\(opening); \(dropped)"
}

extension ChangeFailure {
  fileprivate init(firstFormat reader: EntryReader) throws {
    self.init(
      message: try reader.text("message"), sqlState: reader.optionalText("sqlState"),
      detail: reader.optionalText("detail"), hint: reader.optionalText("hint"))
    self = withoutRowValues
  }
}

extension ChangeCounters {
  fileprivate init(firstFormat reader: EntryReader) throws {
    guard let statements = reader.list("statements") else { throw EntryProblem(member: "statements") }
    self.init(
      statements: try statements.map { try StatementStatistics(firstFormat: EntryReader($0)).counted },
      statisticsReset: try reader.optionalText("statisticsReset").map { _ in
        try reader.time("statisticsReset")
      },
      tableSizeInBytes: reader.optionalWhole("tableSizeInBytes"),
      tableSequentialScans: reader.optionalWhole("tableSequentialScans"),
      tableSequentialRowsRead: reader.optionalWhole("tableSequentialRowsRead"),
      tableIndexScans: reader.optionalWhole("tableIndexScans"),
      tableIndexRowsFetched: reader.optionalWhole("tableIndexRowsFetched"),
      indexScans: reader.optionalWhole("indexScans"))
  }
}

extension StatementStatistics {
  fileprivate init(firstFormat reader: EntryReader) throws {
    self.init(
      queryID: try reader.text("queryID"), text: try reader.text("text"), calls: try reader.whole("calls"),
      totalTimeInMilliseconds: try reader.number("totalTimeInMilliseconds"),
      meanTimeInMilliseconds: try reader.number("meanTimeInMilliseconds"), rows: try reader.whole("rows"),
      sharedBlocksHit: try reader.whole("sharedBlocksHit"),
      sharedBlocksRead: try reader.whole("sharedBlocksRead"),
      sharedBlocksDirtied: try reader.whole("sharedBlocksDirtied"),
      sharedBlocksWritten: try reader.whole("sharedBlocksWritten"),
      tempBlocksRead: try reader.whole("tempBlocksRead"),
      tempBlocksWritten: try reader.whole("tempBlocksWritten"), walBytes: reader.optionalWhole("walBytes"))
  }
}

extension EntryReader {
  /// Looks at the version first, which was always 1.
  fileprivate init(firstFormat record: JSONValue) throws {
    self.init(record)
    let version = try whole("version")
    guard version <= 1 else { throw NewerRecordError(version: Int(version), known: 1) }
    guard version == 1 else { throw EntryProblem(member: "version") }
  }

  /// The name of the one case that a member holds, and its values.
  fileprivate func onlyCase(_ name: String) throws -> (name: String, values: EntryReader) {
    guard let only = try object(name).members.first else { throw EntryProblem(member: name) }
    return (only.name, EntryReader(only.value))
  }

  fileprivate func cost(_ name: String) throws -> PlannerCost? {
    try optionalObject(name).map { PlannerCost(try $0.number("units")) }
  }
}
