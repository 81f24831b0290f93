import IndexDesign

/// The number of the form in which entries are written, their member `format`.
let entryFormat: Int64 = 2

extension IntentEntry {
  func write(to json: inout JSONWriter) {
    json.member("event", "intent")
    json.member("format", entryFormat)
    json.member("written", written.description)
    json.member("change", change.number)
    json.member("kind", intent.kind.word)
    json.member("undoes", undoes?.number)
    json.member("server", object: intent.server.write)
    json.member("operating_system_user", intent.operatingSystemUser)
    json.member("host", intent.operatingSystemHost)
    json.member("hypo_version", intent.hypoVersion)
    json.member("table_schema", intent.tableSchema)
    json.member("table", intent.tableName)
    json.member("table_object_id", intent.tableObjectID.map(Int64.init))
    json.member("index_schema", intent.indexSchema)
    json.member("index", intent.indexName)
    json.member("index_object_id", intent.indexObjectID.map(Int64.init))
    json.member("statement", intent.statement)
    json.member("reverse", intent.reverse)
    json.member("design", intent.designShortForm)
    json.member("definition", intent.definition)
    json.member("ticket", intent.ticket)
    json.member("query", object: intent.query?.write)
    json.member("before", object: intent.measuredBefore.write)
    json.member("first_format_sha256", origin?.description)
    json.member("ledger_sha256", original?.description)
  }
}

extension SightingEntry {
  func write(to json: inout JSONWriter) {
    json.member("event", "seen")
    json.member("format", entryFormat)
    json.member("written", written.description)
    json.member("change", change.number)
    json.member("index_object_id", Int64(objectID))
    json.member("ledger_sha256", original?.description)
  }
}

extension OutcomeEntry {
  func write(to json: inout JSONWriter) {
    json.member("event", "outcome")
    json.member("format", entryFormat)
    json.member("written", written.description)
    json.member("change", change.number)
    json.member("undid", undid?.number)
    json.member("result", object: outcome.result.write)
    json.member("duration_in_seconds", number: outcome.durationInSeconds, otherwise: .word)
    json.member("after", object: outcome.countersAfter?.write)
    json.member("first_format_sha256", origin?.description)
    json.member("ledger_sha256", original?.description)
  }
}

extension CountersEntry {
  func write(to json: inout JSONWriter) {
    json.member("event", "counted")
    json.member("format", entryFormat)
    json.member("written", written.description)
    json.member("change", change.number)
    json.member("after", object: counters.write)
    json.member("ledger_sha256", original?.description)
  }
}

extension SettlementEntry {
  func write(to json: inout JSONWriter) {
    json.member("event", "settled")
    json.member("format", entryFormat)
    json.member("written", settlement.written.description)
    json.member("change", change.number)
    json.member("undid", undid?.number)
    json.member("operating_system_user", settlement.operatingSystemUser)
    json.member("host", settlement.operatingSystemHost)
    json.member("hypo_version", settlement.hypoVersion)
    json.member("database_user", settlement.databaseUser)
    json.member("result", object: settlement.result.write)
    json.member("ledger_sha256", original?.description)
  }
}

extension ChangeIntent.Kind {
  fileprivate var word: String {
    switch self {
    case .promote: "promote"
    case .retire: "retire"
    case .rollback: "rollback"
    case .setUp: "set up"
    }
  }
}

extension ServerFingerprint {
  /// Writes the members by which a server is told from others.
  func write(to json: inout JSONWriter) {
    json.member("host", host)
    json.member("port", Int64(port))
    json.member("database", database)
    json.member("database_user", user)
    json.member("system_identifier", systemIdentifier)
    json.member("server_version", serverVersion)
    json.member("aurora", isAurora)
  }
}

extension RecordedQuery {
  /// The plan is a string and not a value of its own, so that it stays the server's byte by byte.
  fileprivate func write(to json: inout JSONWriter) {
    json.member("text", text)
    json.member("values", values)
    json.member("plan_before", planBefore?.text)
    json.member("plan_designs") { json in
      for (name, design) in (planBefore?.designs ?? [:]).sorted(by: { $0.key < $1.key }) {
        json.member(name, Int64(design.number))
      }
    }
  }
}

extension MeasuredBefore {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("counters", object: counters.write)
    json.member("estimated_index_size_in_bytes", estimatedIndexSizeInBytes)
    json.member("planner_cost", number: plannerCostBefore?.units, otherwise: .word)
    json.member(
      "estimated_planner_cost_after", number: estimatedPlannerCostAfter?.units, otherwise: .word)
  }
}

extension ChangeCounters {
  fileprivate func write(to json: inout JSONWriter) {
    if let instance { json.member("instance", object: instance.write) }
    json.member("statistics_reset", statisticsReset?.description)
    json.member("table_size_in_bytes", tableSizeInBytes)
    json.member("table_seq_scan", tableSequentialScans)
    json.member("table_seq_tup_read", tableSequentialRowsRead)
    json.member("table_idx_scan", tableIndexScans)
    json.member("table_idx_tup_fetch", tableIndexRowsFetched)
    json.member("index_idx_scan", indexScans)
    json.member("statements", statements) { $0.object($1.write) }
  }
}

extension ServerInstance {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("name", name)
    json.member("address", address)
    json.member("started", started?.description)
    json.member("in_recovery", isInRecovery)
  }
}

extension CountedStatement {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("queryid", queryID)
    json.member("text", text)
    json.member("counters") { json in
      for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
        json.member(name, number: value, otherwise: .word)
      }
    }
  }
}

extension ChangeFailure {
  /// The members in the order in which every entry has them.
  func write(to json: inout JSONWriter) {
    json.member("message", message)
    json.member("sqlstate", sqlState)
    json.member("detail", detail)
    json.member("hint", hint)
  }
}

extension ChangeOutcome.Result {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("ending", word)
    switch self {
    case .built(let objectID, let size):
      json.member("index_object_id", Int64(objectID))
      json.member("size_in_bytes", size)
    case .installed(let version): json.member("version", version)
    case .alreadyThere(let objectID, let isValid), .foundThere(let objectID, let isValid):
      json.member("index_object_id", Int64(objectID))
      json.member("valid", isValid)
    case .leftInvalidAndDropped(let reason), .interrupted(let reason): json.member("reason", reason)
    case .leftInvalidNotOurs(let objectID): json.member("index_object_id", Int64(objectID))
    case .leftInvalidStaying(let objectID, let reason):
      json.member("index_object_id", Int64(objectID))
      json.member("reason", reason)
    case .isAnotherIndex(let objectID, let definition):
      json.member("index_object_id", Int64(objectID))
      json.member("definition", definition)
    case .failed(let error): json.member("error", object: error.write)
    case .dropped, .wasNotThere, .cancelled: break
    }
  }

  private var word: String {
    switch self {
    case .built: "built"
    case .installed: "installed"
    case .alreadyThere: "already there"
    case .leftInvalidAndDropped: "left invalid and dropped"
    case .leftInvalidNotOurs: "left invalid, not ours"
    case .leftInvalidStaying: "left invalid, still there"
    case .dropped: "dropped"
    case .wasNotThere: "was not there"
    case .isAnotherIndex: "is another index"
    case .foundThere: "found there"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .interrupted: "interrupted"
    }
  }
}
