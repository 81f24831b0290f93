import Foundation
import GRDB
public import IndexDesign

extension Ledger: ChangeJournal {
  /// Writes down what is about to be done; on disk when it returns.
  ///
  /// - Throws: `LedgerError`; then nothing may be run on the server.
  public func begin(_ intent: ChangeIntent) throws(LedgerError) -> ChangeNumber {
    try write("the intent of a change") { db in
      var undoes: Int64?
      if case .rollback(let change) = intent.kind {
        guard try Self.exists(change, in: db) else { throw self.noSuchChange(change) }
        undoes = change.number
      }
      try db.execute(
        sql: "INSERT INTO changes (started, undoes, intent) VALUES (?, ?, ?)",
        arguments: [clock().description, undoes, try ChangeText.encode(intent)])
      return ChangeNumber(db.lastInsertedRowID)
    }
  }

  /// Writes down which index a running build is making; on disk when it returns.
  ///
  /// - Throws: `LedgerError` with code `.noSuchChange`, or because it could not be written.
  public func saw(index objectID: UInt32, madeBy number: ChangeNumber) throws(LedgerError) {
    try write("the index of \(number)") { db in
      guard try Self.exists(number, in: db) else { throw self.noSuchChange(number) }
      try db.execute(
        sql: "INSERT INTO seen_indexes (change, seen, object_id) VALUES (?, ?, ?)",
        arguments: [number.number, clock().description, Int64(objectID)])
    }
  }

  /// Writes down how a change ended, at the time of the ledger's clock.
  ///
  /// - Throws: `LedgerError` with code `.noSuchChange` or `.alreadyFinished`, or because it could
  ///   not be written.
  public func finish(_ number: ChangeNumber, with outcome: ChangeOutcome) throws(LedgerError) {
    try write("the outcome of \(number)") { db in
      guard var record = try ChangeRow.fetch(db, where: "c.number = ?", [number.number]).first else {
        throw self.noSuchChange(number)
      }
      if let earlier = record.outcome {
        throw LedgerError(
          .alreadyFinished, "could not finish \(number): it has its outcome already",
          detail: earlier.sentence, hint: "see \"show \(number)\"")
      }
      record.outcome = outcome
      try db.execute(
        sql: "INSERT INTO outcomes (change, finished, undid, outcome) VALUES (?, ?, ?, ?)",
        arguments: [
          number.number, clock().description, record.undone?.number, try ChangeText.encode(outcome),
        ])
    }
  }

  /// The newest changes first, of every server.
  ///
  /// - Parameter limit: The most changes to return; nil for all.
  public func changes(limit: Int? = nil) throws(LedgerError) -> [ChangeRecord] {
    try read("changes", absent: []) { db in
      // SQLite takes a negative limit for none at all.
      try ChangeRow.fetch(db, where: "true", limit: limit.map { max(0, $0) } ?? -1)
    }
  }

  /// One change; nil when there is none of that number.
  public func change(_ number: ChangeNumber) throws(LedgerError) -> ChangeRecord? {
    try read("\(number)", absent: nil) { db in
      try ChangeRow.fetch(db, where: "c.number = ?", [number.number]).first
    }
  }

  /// The changes without an outcome, the newest first: they still run, or were cut off.
  public func unfinished() throws(LedgerError) -> [ChangeRecord] {
    try read("unfinished changes", absent: []) { db in
      try ChangeRow.fetch(db, where: "o.change IS NULL")
    }
  }

  /// The newest change among `numbers`, promotion or retirement, that was made on this server and
  /// database, came through and is not yet rolled back; nil when there is none.
  public func newestToRollBack(
    on server: ServerFingerprint, among numbers: some Collection<ChangeNumber>
  ) throws(LedgerError) -> ChangeRecord? {
    for number in numbers.sorted(by: >) {
      if let record = try change(number), record.canBeRolledBack, record.intent.server.matches(server) {
        return record
      }
    }
    return nil
  }

  private func noSuchChange(_ number: ChangeNumber) -> LedgerError {
    LedgerError(
      .noSuchChange, "there is no \(number) in the ledger \"\(path)\"",
      hint: "\"changes\" lists those that there are")
  }

  private static func exists(_ number: ChangeNumber, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM changes WHERE number = ?)", arguments: [number.number]) ?? false
  }
}

/// Reads changes with their outcomes and what undid them.
private enum ChangeRow {
  static func fetch(
    _ db: Database, where condition: String, _ arguments: StatementArguments = [], limit: Int = -1
  ) throws -> [ChangeRecord] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT c.number, c.started, c.intent, s.object_id, o.finished, o.outcome,
          (SELECT min(u.change) FROM outcomes u WHERE u.undid = c.number) AS rolled_back_by
        FROM changes c LEFT JOIN outcomes o ON o.change = c.number
          LEFT JOIN seen_indexes s ON s.change = c.number
        WHERE \(condition) ORDER BY c.number DESC LIMIT \(limit)
        """,
      arguments: arguments
    ).map(record)
  }

  private static func record(_ row: Row) throws -> ChangeRecord {
    let number = ChangeNumber(row["number"])
    do {
      let outcome: String? = row["outcome"]
      let finished: String? = row["finished"]
      let rolledBackBy: Int64? = row["rolled_back_by"]
      return ChangeRecord(
        number: number, intent: try ChangeText.decode(ChangeIntent.self, from: row["intent"]),
        started: try timestamp(row["started"]),
        seenIndexObjectID: (row["object_id"] as Int64?).flatMap { UInt32(exactly: $0) },
        outcome: try outcome.map { try ChangeText.decode(ChangeOutcome.self, from: $0) },
        finished: try finished.map(timestamp), rolledBackBy: rolledBackBy.map { ChangeNumber($0) })
    } catch {
      throw LedgerError(error, while: "could not read \(number)")
    }
  }

  private static func timestamp(_ text: String) throws(LedgerError) -> Timestamp {
    guard let timestamp = Timestamp(text) else {
      throw LedgerError(.damaged, "could not read the time stamp \"\(text)\"", hint: LedgerError.damagedHint)
    }
    return timestamp
  }
}

/// The JSON of the records: members in alphabetical order, so that equal records are equal texts.
private enum ChangeText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A number that no JSON holds must not keep an outcome from being written.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decode<T: Decodable>(_ type: T.Type, from text: String) throws -> T {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode(type, from: Data(text.utf8))
  }
}
