import IndexDesign

/// The number of the form in which entries are written, their member `format`.
let entryFormat: Int64 = 2

extension IntentEntry {
  func write(to text: inout JSONText) {
    text.member("event", "intent")
    text.member("format", entryFormat)
    text.member("written", written.description)
    text.member("change", change.number)
    text.member("kind", intent.kind.word)
    text.member("undoes", undoes?.number)
    text.member("server", intent.server.object)
    text.member("operating_system_user", intent.operatingSystemUser)
    text.member("host", intent.operatingSystemHost)
    text.member("hypo_version", intent.hypoVersion)
    text.member("table_schema", intent.tableSchema)
    text.member("table", intent.tableName)
    text.member("index_schema", intent.indexSchema)
    text.member("index", intent.indexName)
    text.member("index_object_id", intent.indexObjectID.map(Int64.init))
    text.member("statement", intent.statement)
    text.member("reverse", intent.reverse)
    text.member("design", intent.designShortForm)
    text.member("definition", intent.definition)
    text.member("ticket", intent.ticket)
    text.member("query", intent.query?.object ?? JSONText.null)
    text.member("before", intent.measuredBefore.object)
    text.member("first_format_sha256", origin?.description)
    text.member("ledger_sha256", original?.description)
  }
}

extension SightingEntry {
  func write(to text: inout JSONText) {
    text.member("event", "seen")
    text.member("format", entryFormat)
    text.member("written", written.description)
    text.member("change", change.number)
    text.member("index_object_id", Int64(objectID))
    text.member("ledger_sha256", original?.description)
  }
}

extension OutcomeEntry {
  func write(to text: inout JSONText) {
    text.member("event", "outcome")
    text.member("format", entryFormat)
    text.member("written", written.description)
    text.member("change", change.number)
    text.member("undid", undid?.number)
    text.member("result", outcome.result.object)
    text.member("duration_in_seconds", JSONText.number(outcome.durationInSeconds))
    text.member("after", outcome.countersAfter?.object ?? JSONText.null)
    text.member("first_format_sha256", origin?.description)
    text.member("ledger_sha256", original?.description)
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
  fileprivate var object: [UInt8] { JSONText.object { write(to: &$0) } }

  /// Writes the members by which a server is told from others.
  func write(to text: inout JSONText) {
    text.member("host", host)
    text.member("port", Int64(port))
    text.member("database", database)
    text.member("database_user", user)
    text.member("system_identifier", systemIdentifier)
    text.member("server_version", serverVersion)
    text.member("aurora", JSONText.bool(isAurora))
  }
}

extension RecordedQuery {
  /// The plan is a string and not a value of its own, so that it stays the server's byte by byte.
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("text", text)
      $0.member("values", values.map(JSONText.strings) ?? JSONText.null)
      $0.member("plan_before", planBefore?.text)
      $0.member(
        "plan_designs",
        JSONText.object { object in
          for (name, design) in (planBefore?.designs ?? [:]).sorted(by: { $0.key < $1.key }) {
            object.member(name, Int64(design.number))
          }
        })
    }
  }
}

extension MeasuredBefore {
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("counters", counters.object)
      $0.member("estimated_index_size_in_bytes", estimatedIndexSizeInBytes)
      $0.member("planner_cost", JSONText.number(plannerCostBefore?.units))
      $0.member("estimated_planner_cost_after", JSONText.number(estimatedPlannerCostAfter?.units))
    }
  }
}

extension ChangeCounters {
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("statistics_reset", statisticsReset?.description)
      $0.member("table_size_in_bytes", tableSizeInBytes)
      $0.member("table_seq_scan", tableSequentialScans)
      $0.member("table_seq_tup_read", tableSequentialRowsRead)
      $0.member("table_idx_scan", tableIndexScans)
      $0.member("table_idx_tup_fetch", tableIndexRowsFetched)
      $0.member("index_idx_scan", indexScans)
      $0.member("statements", JSONText.array(statements.map(\.object)))
    }
  }
}

extension CountedStatement {
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("queryid", queryID)
      $0.member("text", text)
      $0.member(
        "counters",
        JSONText.object { object in
          for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
            object.member(name, JSONText.number(value))
          }
        })
    }
  }
}

extension ChangeFailure {
  /// The members in the order in which every entry has them.
  var object: [UInt8] {
    JSONText.object {
      $0.member("message", message)
      $0.member("sqlstate", sqlState)
      $0.member("detail", detail)
      $0.member("hint", hint)
    }
  }
}

extension ChangeOutcome.Result {
  fileprivate var object: [UInt8] {
    JSONText.object {
      $0.member("ending", word)
      switch self {
      case .built(let objectID, let size):
        $0.member("index_object_id", Int64(objectID))
        $0.member("size_in_bytes", size)
      case .installed(let version): $0.member("version", version)
      case .alreadyThere(let objectID, let isValid):
        $0.member("index_object_id", Int64(objectID))
        $0.member("valid", JSONText.bool(isValid))
      case .leftInvalidAndDropped(let reason), .interrupted(let reason): $0.member("reason", reason)
      case .leftInvalidNotOurs(let objectID): $0.member("index_object_id", Int64(objectID))
      case .leftInvalidStaying(let objectID, let reason):
        $0.member("index_object_id", Int64(objectID))
        $0.member("reason", reason)
      case .isAnotherIndex(let objectID, let definition):
        $0.member("index_object_id", Int64(objectID))
        $0.member("definition", definition)
      case .failed(let error): $0.member("error", error.object)
      case .dropped, .wasNotThere, .cancelled: break
      }
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
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .interrupted: "interrupted"
    }
  }
}
