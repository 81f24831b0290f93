import IndexDesign

extension IntentEntry {
  /// Reads what `write` has written.
  ///
  /// - Throws: `EntryProblem`, or `NewerRecordError` for a form that is newer than this hypo.
  init(_ record: JSONValue) throws {
    let reader = try EntryReader(record, event: "intent")
    let server = try reader.object("server")
    let kind: ChangeIntent.Kind =
      switch try reader.text("kind") {
      case "promote": .promote
      case "retire": .retire
      case "rollback": .rollback(of: ChangeNumber(try reader.whole("undoes")))
      case "set up": .setUp
      default: throw EntryProblem(member: "kind")
      }
    intent = ChangeIntent(
      kind: kind, server: try ServerFingerprint(server),
      operatingSystemUser: try reader.text("operating_system_user"),
      operatingSystemHost: try reader.text("host"), tableSchema: try reader.text("table_schema"),
      tableName: try reader.text("table"), indexSchema: try reader.text("index_schema"),
      indexName: try reader.text("index"), statement: try reader.text("statement"),
      reverse: try reader.text("reverse"), designShortForm: reader.optionalText("design"),
      definition: try reader.text("definition"), ticket: reader.optionalText("ticket"),
      query: try reader.optionalObject("query").map(RecordedQuery.init),
      measuredBefore: try MeasuredBefore(reader.object("before")),
      indexObjectID: try reader.optionalObjectID("index_object_id"),
      tableObjectID: try reader.optionalObjectID("table_object_id"),
      hypoVersion: try reader.text("hypo_version"))
    change = ChangeNumber(try reader.whole("change"))
    written = try reader.time("written")
    origin = reader.optionalText("first_format_sha256").flatMap { SHA256Digest(hexadecimal: Array($0.utf8)) }
  }
}

extension SightingEntry {
  /// Reads what `write` has written; throws as for an intent.
  init(_ record: JSONValue) throws {
    let reader = try EntryReader(record, event: "seen")
    change = ChangeNumber(try reader.whole("change"))
    written = try reader.time("written")
    objectID = try reader.objectID("index_object_id")
  }
}

extension OutcomeEntry {
  /// Reads what `write` has written; throws as for an intent.
  init(_ record: JSONValue) throws {
    let reader = try EntryReader(record, event: "outcome")
    change = ChangeNumber(try reader.whole("change"))
    written = try reader.time("written")
    undid = reader.optionalWhole("undid").map { ChangeNumber($0) }
    outcome = ChangeOutcome(
      try ChangeOutcome.Result(reader.object("result")),
      durationInSeconds: try reader.number("duration_in_seconds"),
      countersAfter: try reader.optionalObject("after").map(ChangeCounters.init))
    origin = reader.optionalText("first_format_sha256").flatMap { SHA256Digest(hexadecimal: Array($0.utf8)) }
  }
}

extension CountersEntry {
  /// Reads what `write` has written; throws as for an intent.
  init(_ record: JSONValue) throws {
    let reader = try EntryReader(record, event: "counted")
    change = ChangeNumber(try reader.whole("change"))
    written = try reader.time("written")
    counters = try ChangeCounters(reader.object("after"))
  }
}

extension SettlementEntry {
  /// Reads what `write` has written; throws as for an intent.
  init(_ record: JSONValue) throws {
    let reader = try EntryReader(record, event: "settled")
    change = ChangeNumber(try reader.whole("change"))
    undid = reader.optionalWhole("undid").map { ChangeNumber($0) }
    settlement = ChangeSettlement(
      try ChangeOutcome.Result(reader.object("result")),
      operatingSystemUser: try reader.text("operating_system_user"),
      operatingSystemHost: try reader.text("host"), hypoVersion: try reader.text("hypo_version"),
      databaseUser: try reader.text("database_user"), written: try reader.time("written"))
  }
}

extension ServerFingerprint {
  fileprivate init(_ reader: EntryReader) throws {
    self.init(
      host: try reader.text("host"), port: Int(try reader.whole("port")),
      database: try reader.text("database"),
      user: try reader.text("database_user"), systemIdentifier: reader.optionalText("system_identifier"),
      serverVersion: try reader.text("server_version"), isAurora: reader.bool("aurora"))
  }
}

extension RecordedQuery {
  fileprivate init(_ reader: EntryReader) throws {
    var designs: [String: DesignHandle] = [:]
    for (name, value) in try reader.object("plan_designs").members {
      designs[name] = DesignHandle(value.integer ?? 0)
    }
    self.init(
      text: try reader.text("text"), values: reader.list("values").map { $0.map(\.string) },
      planBefore: reader.optionalText("plan_before").map { PlanDocument(text: $0, designs: designs) })
  }
}

extension MeasuredBefore {
  fileprivate init(_ reader: EntryReader) throws {
    self.init(
      counters: try ChangeCounters(reader.object("counters")),
      estimatedIndexSizeInBytes: reader.optionalWhole("estimated_index_size_in_bytes"),
      plannerCostBefore: reader.optionalNumber("planner_cost").map { PlannerCost($0) },
      estimatedPlannerCostAfter: reader.optionalNumber("estimated_planner_cost_after").map { PlannerCost($0) }
    )
  }
}

extension ChangeCounters {
  fileprivate init(_ reader: EntryReader) throws {
    self.init(
      statements: try (reader.list("statements") ?? []).map { try CountedStatement(EntryReader($0)) },
      instance: reader.optionalObject("instance").map(ServerInstance.init),
      statisticsReset: reader.optionalText("statistics_reset").flatMap { Timestamp($0) },
      tableSizeInBytes: reader.optionalWhole("table_size_in_bytes"),
      tableSequentialScans: reader.optionalWhole("table_seq_scan"),
      tableSequentialRowsRead: reader.optionalWhole("table_seq_tup_read"),
      tableIndexScans: reader.optionalWhole("table_idx_scan"),
      tableIndexRowsFetched: reader.optionalWhole("table_idx_tup_fetch"),
      indexScans: reader.optionalWhole("index_idx_scan"))
  }
}

extension ServerInstance {
  fileprivate init(_ reader: EntryReader) {
    self.init(
      name: reader.optionalText("name"), address: reader.optionalText("address"),
      started: reader.optionalText("started").flatMap { Timestamp($0) },
      isInRecovery: reader.bool("in_recovery"))
  }
}

extension CountedStatement {
  fileprivate init(_ reader: EntryReader) throws {
    var counters: [String: Double] = [:]
    for (name, value) in try reader.object("counters").members { counters[name] = value.number }
    self.init(queryID: try reader.text("queryid"), text: try reader.text("text"), counters: counters)
  }
}

extension ChangeFailure {
  fileprivate init(_ reader: EntryReader) throws {
    self.init(
      message: try reader.text("message"), sqlState: reader.optionalText("sqlstate"),
      detail: reader.optionalText("detail"), hint: reader.optionalText("hint"))
  }
}

extension ChangeOutcome.Result {
  fileprivate init(_ reader: EntryReader) throws {
    self =
      switch try reader.text("ending") {
      case "built":
        .built(
          objectID: try reader.objectID("index_object_id"), sizeInBytes: try reader.whole("size_in_bytes"))
      case "installed": .installed(version: try reader.text("version"))
      case "already there":
        .alreadyThere(objectID: try reader.objectID("index_object_id"), isValid: reader.bool("valid"))
      case "left invalid and dropped": .leftInvalidAndDropped(reason: try reader.text("reason"))
      case "left invalid, not ours": .leftInvalidNotOurs(objectID: try reader.objectID("index_object_id"))
      case "left invalid, still there":
        .leftInvalidStaying(
          objectID: try reader.objectID("index_object_id"), reason: try reader.text("reason"))
      case "dropped": .dropped
      case "was not there": .wasNotThere
      case "is another index":
        .isAnotherIndex(
          objectID: try reader.objectID("index_object_id"),
          definition: try reader.text("definition"))
      case "found there":
        .foundThere(objectID: try reader.objectID("index_object_id"), isValid: reader.bool("valid"))
      case "failed": .failed(error: try ChangeFailure(reader.object("error")))
      case "cancelled": .cancelled
      case "interrupted": .interrupted(reason: try reader.text("reason"))
      default: throw EntryProblem(member: "ending")
      }
  }
}
