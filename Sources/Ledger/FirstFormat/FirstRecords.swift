import IndexDesign

/// An intent as the first format wrote it: the members were named after the properties of that time.
struct FirstIntent: Decodable {
  private enum Kind: Decodable {
    case promote
    case retire
    case rollback(of: Int64)
    case setUp
  }

  private struct Server: Decodable {
    var host: String
    var port: Int
    var database: String
    var user: String
    var systemIdentifier: String?
    var serverVersion: String
    var isAurora: Bool
  }

  private struct Measured: Decodable {
    var counters: FirstCounters
    var estimatedIndexSizeInBytes: Int64?
    var plannerCostBefore: Cost?
    var estimatedPlannerCostAfter: Cost?
  }

  private struct Cost: Decodable { var units: Double }

  private var version: FirstVersion
  private var kind: Kind
  private var server: Server
  private var operatingSystemUser: String
  private var operatingSystemHost: String
  private var tableSchema: String
  private var tableName: String
  private var indexSchema: String
  private var indexName: String
  private var statement: String
  private var reverse: String
  private var designShortForm: String?
  private var definition: String
  private var ticket: String?
  private var queryText: String?
  private var measuredBefore: Measured
  private var indexObjectID: UInt32?
  private var hypoVersion: String

  /// The same as a value of today. The query's constants stay behind, as they do in every new record; so does its
  /// plan, which was a rendering for people.
  var intent: ChangeIntent {
    ChangeIntent(
      kind: kindOfToday, server: fingerprint, operatingSystemUser: operatingSystemUser,
      operatingSystemHost: operatingSystemHost, tableSchema: tableSchema, tableName: tableName,
      indexSchema: indexSchema, indexName: indexName, statement: statement, reverse: reverse,
      designShortForm: designShortForm, definition: definition, ticket: ticket,
      query: queryText.map { RecordedQuery(of: $0, planBefore: nil, keepsLiterals: false) },
      measuredBefore: MeasuredBefore(
        counters: measuredBefore.counters.counters,
        estimatedIndexSizeInBytes: measuredBefore.estimatedIndexSizeInBytes,
        plannerCostBefore: measuredBefore.plannerCostBefore.map { PlannerCost($0.units) },
        estimatedPlannerCostAfter: measuredBefore.estimatedPlannerCostAfter.map { PlannerCost($0.units) }),
      indexObjectID: indexObjectID, hypoVersion: hypoVersion)
  }

  private var kindOfToday: ChangeIntent.Kind {
    switch kind {
    case .promote: .promote
    case .retire: .retire
    case .rollback(let change): .rollback(of: ChangeNumber(change))
    case .setUp: .setUp
    }
  }

  private var fingerprint: ServerFingerprint {
    ServerFingerprint(
      host: server.host, port: server.port, database: server.database, user: server.user,
      systemIdentifier: server.systemIdentifier, serverVersion: server.serverVersion,
      isAurora: server.isAurora)
  }
}

/// An outcome as the first format wrote it.
struct FirstOutcome: Decodable {
  private enum Result: Decodable {
    case built(objectID: UInt32, sizeInBytes: Int64)
    case installed(version: String)
    case alreadyThere(objectID: UInt32, isValid: Bool)
    case leftInvalidAndDropped(reason: String)
    case leftInvalidNotOurs(objectID: UInt32)
    case leftInvalidStaying(objectID: UInt32, reason: String)
    case dropped
    case wasNotThere
    case isAnotherIndex(objectID: UInt32, definition: String)
    case failed(error: Failure)
    case cancelled
    case interrupted(reason: String)
  }

  private struct Failure: Decodable {
    var message: String
    var sqlState: String?
    var detail: String?
    var hint: String?
  }

  private var version: FirstVersion
  private var result: Result
  private var durationInSeconds: Double
  private var countersAfter: FirstCounters?

  /// The same as a value of today.
  var outcome: ChangeOutcome {
    ChangeOutcome(
      resultOfToday, durationInSeconds: durationInSeconds, countersAfter: countersAfter?.counters)
  }

  private var resultOfToday: ChangeOutcome.Result {
    switch result {
    case .built(let objectID, let size): .built(objectID: objectID, sizeInBytes: size)
    case .installed(let version): .installed(version: version)
    case .alreadyThere(let objectID, let isValid): .alreadyThere(objectID: objectID, isValid: isValid)
    case .leftInvalidAndDropped(let reason): .leftInvalidAndDropped(reason: reason)
    case .leftInvalidNotOurs(let objectID): .leftInvalidNotOurs(objectID: objectID)
    case .leftInvalidStaying(let objectID, let reason):
      .leftInvalidStaying(objectID: objectID, reason: reason)
    case .dropped: .dropped
    case .wasNotThere: .wasNotThere
    case .isAnotherIndex(let objectID, let definition):
      .isAnotherIndex(objectID: objectID, definition: definition)
    case .failed(let error):
      .failed(
        error: ChangeFailure(
          message: error.message, sqlState: error.sqlState, detail: error.detail, hint: error.hint))
    case .cancelled: .cancelled
    case .interrupted(let reason): .interrupted(reason: reason)
    }
  }
}

/// Counters as the first format wrote them: those of a statement were the properties of `StatementStatistics`.
struct FirstCounters: Decodable {
  private struct Statement: Decodable {
    var queryID: String
    var text: String
    var calls: Int64
    var totalTimeInMilliseconds: Double
    var meanTimeInMilliseconds: Double
    var rows: Int64
    var sharedBlocksHit: Int64
    var sharedBlocksRead: Int64
    var sharedBlocksDirtied: Int64
    var sharedBlocksWritten: Int64
    var tempBlocksRead: Int64
    var tempBlocksWritten: Int64
    var walBytes: Int64?

    var counted: CountedStatement {
      StatementStatistics(
        queryID: queryID, text: text, calls: calls, totalTimeInMilliseconds: totalTimeInMilliseconds,
        meanTimeInMilliseconds: meanTimeInMilliseconds, rows: rows, sharedBlocksHit: sharedBlocksHit,
        sharedBlocksRead: sharedBlocksRead, sharedBlocksDirtied: sharedBlocksDirtied,
        sharedBlocksWritten: sharedBlocksWritten, tempBlocksRead: tempBlocksRead,
        tempBlocksWritten: tempBlocksWritten, walBytes: walBytes
      ).counted
    }
  }

  private var statements: [Statement]
  private var statisticsReset: Timestamp?
  private var tableSizeInBytes: Int64?
  private var tableSequentialScans: Int64?
  private var tableSequentialRowsRead: Int64?
  private var tableIndexScans: Int64?
  private var tableIndexRowsFetched: Int64?
  private var indexScans: Int64?

  /// The same as a value of today.
  var counters: ChangeCounters {
    ChangeCounters(
      statements: statements.map(\.counted), statisticsReset: statisticsReset,
      tableSizeInBytes: tableSizeInBytes, tableSequentialScans: tableSequentialScans,
      tableSequentialRowsRead: tableSequentialRowsRead, tableIndexScans: tableIndexScans,
      tableIndexRowsFetched: tableIndexRowsFetched, indexScans: indexScans)
  }
}

/// The member `version`, which was always 1.
struct FirstVersion: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let found = try container.decode(Int.self)
    guard found <= 1 else { throw NewerRecordError(version: found, known: 1) }
    guard found == 1 else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(found) is no record version")
    }
  }
}
