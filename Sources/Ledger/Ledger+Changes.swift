import GRDB
public import IndexDesign

extension Ledger: ChangeJournal {
  /// Writes down what is about to be done; on disk when it returns.
  ///
  /// - Throws: `LedgerError`; then nothing may be run on the server.
  public func begin(_ intent: ChangeIntent) throws(LedgerError) -> ChangeNumber {
    try write("the intent of a change") { db in
      let number = ChangeNumber(try EntryTable.lastChange(in: db) + 1)
      let entry = IntentEntry(change: number, written: clock(), intent: intent)
      if let undone = entry.undoes { try self.require(undone, in: db) }
      try EntryTable.append(.intent(entry), to: db)
      return number
    }
  }

  /// Writes down which index a running build is making; on disk when it returns.
  ///
  /// - Throws: `LedgerError` with code `.noSuchChange`, or because it could not be written.
  public func saw(index objectID: UInt32, madeBy number: ChangeNumber) throws(LedgerError) {
    try write("the index of \(number)") { db in
      try self.require(number, in: db)
      try EntryTable.append(
        .seen(SightingEntry(change: number, written: clock(), objectID: objectID)), to: db)
    }
  }

  /// Writes down how a change ended, at the time of the ledger's clock.
  ///
  /// - Throws: `LedgerError` with code `.noSuchChange` or `.alreadyFinished`, or because it could
  ///   not be written.
  public func finish(_ number: ChangeNumber, with outcome: ChangeOutcome) throws(LedgerError) {
    try write("the outcome of \(number)") { db in
      guard var record = try ChangeRow.fetch(db, where: "i.change = ?", [number.number]).first else {
        throw self.noSuchChange(number)
      }
      if let earlier = record.outcome {
        throw LedgerError(
          .alreadyFinished, "could not finish \(number): it has its outcome already",
          detail: earlier.sentence, hint: "see \"show \(number)\"")
      }
      record.outcome = outcome
      try EntryTable.append(
        .outcome(OutcomeEntry(change: number, written: clock(), outcome: outcome, undid: record.undone)),
        to: db)
    }
  }

  /// Writes down what the server had counted after a change; on disk when it returns.
  ///
  /// - Throws: `LedgerError` with code `.noSuchChange`, or because it could not be written.
  public func counted(_ counters: ChangeCounters, after number: ChangeNumber) throws(LedgerError) {
    try write("the counters of \(number)") { db in
      try self.require(number, in: db)
      try EntryTable.append(
        .counted(CountersEntry(change: number, written: clock(), counters: counters)), to: db)
    }
  }

  /// Writes down what was found later of a change that was cut off; on disk when it returns.
  ///
  /// - Parameter found: what was found and by whom; it is stamped with the time of the ledger's clock.
  /// - Throws: `LedgerError` with code `.noSuchChange`, or `.alreadyFinished` when its ending is known by now.
  public func settle(_ number: ChangeNumber, _ found: ChangeSettlement) throws(LedgerError) {
    try write("what was found of \(number)") { db in
      guard var record = try ChangeRow.fetch(db, where: "i.change = ?", [number.number]).first
      else {
        throw self.noSuchChange(number)
      }
      guard record.isOpen else {
        throw LedgerError(
          .alreadyFinished, "could not settle \(number): how it ended is known by now",
          detail: record.ending?.sentence, hint: "see \"show \(number)\"")
      }
      var settlement = found
      settlement.written = clock()
      record.settlement = settlement
      try EntryTable.append(
        .settled(SettlementEntry(change: number, settlement: settlement, undid: record.undone)),
        to: db)
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

  /// The newest changes first, of every server, those that cannot be read among them.
  ///
  /// - Parameter limit: The most changes to return.
  public func listing(limit: Int) throws(LedgerError) -> [ListedChange] {
    try read("changes", absent: []) { db in
      try ChangeRow.read(db, where: "true", limit: max(0, limit))
    }
  }

  /// One change; nil when there is none of that number.
  public func change(_ number: ChangeNumber) throws(LedgerError) -> ChangeRecord? {
    try read("\(number)", absent: nil) { db in
      try ChangeRow.fetch(db, where: "i.change = ?", [number.number]).first
    }
  }

  /// The changes that somebody has to look after, the newest first: those without a known ending, which still run or
  /// were cut off, and those whose invalid index is still on the server.
  public func open() throws(LedgerError) -> [ChangeRecord] {
    try read("open changes", absent: []) { db in
      // A record that is no JSON has its own complaint, and hides no other one.
      let ending = """
        CASE WHEN o.line IS NULL THEN 'interrupted' WHEN json_valid(o.record) \
        THEN json_extract(o.record, '$.result.ending') END
        """
      let found = try ChangeRow.read(
        db,
        where: "(s2.line IS NOT NULL OR \(ending) IN ('interrupted', 'left invalid, still there')) "
          + "AND NOT EXISTS (SELECT 1 FROM entries u WHERE u.undid = i.change)")
      return try found.compactMap { try? $0.record.get() }.filter { record in
        guard record.isOpen || record.hasLeftover else { return false }
        // A drop that was stopped half-way is done by now when a later one has come through.
        guard case .rollback(let undone) = record.intent.kind, record.hasLeftover else {
          return true
        }
        return try ChangeRow.fetch(db, where: "i.change = ?", [undone.number]).first?.rolledBackBy
          == nil
      }
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

  private func require(_ number: ChangeNumber, in db: Database) throws {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM entries WHERE change = ? AND event = 'intent')",
      arguments: [number.number])
    if isThere != true { throw noSuchChange(number) }
  }
}

/// A change in a list.
public struct ListedChange: Equatable, Sendable {
  /// Its name.
  public var number: ChangeNumber
  /// What is recorded of it, or why that cannot be read.
  public var record: Result<ChangeRecord, LedgerError>
}

/// Reads changes with their outcomes and what undid them.
enum ChangeRow {
  static func fetch(
    _ db: Database, where condition: String, _ arguments: StatementArguments = [], limit: Int = -1
  ) throws -> [ChangeRecord] {
    try read(db, where: condition, arguments, limit: limit).map { try $0.record.get() }
  }

  /// The same, where one record that cannot be read does not hide the others.
  static func read(
    _ db: Database, where condition: String, _ arguments: StatementArguments = [], limit: Int = -1
  ) throws -> [ListedChange] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT i.change, i.record AS intent, s.record AS seen, o.record AS outcome,
          c.record AS counted, s2.record AS settled,
          (SELECT min(u.change) FROM entries u WHERE u.undid = i.change) AS rolled_back_by
        FROM entries i
          LEFT JOIN entries s ON s.change = i.change AND s.event = 'seen'
          LEFT JOIN entries o ON o.change = i.change AND o.event = 'outcome'
          LEFT JOIN entries c ON c.change = i.change AND c.event = 'counted'
          LEFT JOIN entries s2 ON s2.change = i.change AND s2.event = 'settled'
        WHERE i.event = 'intent' AND \(condition) ORDER BY i.change DESC LIMIT \(limit)
        """,
      arguments: arguments
    ).map { row in
      let number = ChangeNumber(row["change"])
      return ListedChange(
        number: number, record: Result { () throws(LedgerError) in try record(row, number) })
    }
  }

  private static func record(_ row: Row, _ number: ChangeNumber) throws(LedgerError) -> ChangeRecord {
    do {
      let intent = try IntentEntry(JSONValue(parsing: row["intent"]))
      var outcome = try (row["outcome"] as String?).map { try OutcomeEntry(JSONValue(parsing: $0)) }
      if let counted = try (row["counted"] as String?).map({ try CountersEntry(JSONValue(parsing: $0)) }) {
        outcome?.outcome.countersAfter = counted.counters
      }
      let seen = try (row["seen"] as String?).map { try SightingEntry(JSONValue(parsing: $0)) }
      let settled = try (row["settled"] as String?).map {
        try SettlementEntry(JSONValue(parsing: $0))
      }
      return ChangeRecord(
        number: number, intent: intent.intent, started: intent.written,
        seenIndexObjectID: seen?.objectID,
        outcome: outcome?.outcome, finished: outcome?.written, settlement: settled?.settlement,
        rolledBackBy: (row["rolled_back_by"] as Int64?).map { ChangeNumber($0) })
    } catch {
      throw LedgerError(error, while: "could not read \(number)")
    }
  }
}
