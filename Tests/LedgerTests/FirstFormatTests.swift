import Foundation
import GRDB
import IndexDesign
import Ledger
import TestSupport
import Testing

/// A ledger and evidence that the last hypo of the first format has made: a promotion and its rollback, a build
/// that failed, two extensions, and a build that was killed.
@Suite struct FirstFormatTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    let old = try #require(Bundle.module.url(forResource: "Resources/first-format", withExtension: "sqlite"))
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/state/hypo", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: old.path, toPath: folder.ledgerPath)
    ledger = Ledger(path: folder.ledgerPath)
  }

  private func old<T>(_ body: (Database) throws -> T) throws -> T {
    try DatabaseQueue(path: folder.ledgerPath).read(body)
  }

  @Test func `every change is taken over with its number, times and ending`() throws {
    let changes = try ledger.changes()
    #expect(changes.map(\.number.number) == [6, 5, 4, 3, 2, 1])
    #expect(
      changes.map(\.state.description) == [
        "unfinished: look at the server", "set up", "set up", "failed", "rolled back change 1",
        "rolled back by change 2",
      ])
    #expect(
      changes.map(\.intent.indexName) == [
        "orders_status_created_at", "hypopg", "pg_stat_statements", "orders_customer_id_once",
        "orders_customer_id_created_at", "orders_customer_id_created_at",
      ])
    #expect(
      changes.map(\.started.description)
        == (try old { try String.fetchAll($0, sql: "SELECT started FROM changes ORDER BY number DESC") }))
    #expect(changes.map(\.seenIndexObjectID) == [nil, nil, nil, 16_494, nil, 16_493])
  }

  @Test func `nothing is taken over while an older hypo has it open, whose change can still end`() throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    let older = try DatabaseQueue(path: folder.ledgerPath, configuration: configuration)
    _ = try older.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM changes") }
    #expect(
      throws: LedgerError(
        .busy,
        "cannot use the ledger \"\(folder.ledgerPath)\": it has an older form, and an older hypo has it open",
        hint: "leave that hypo when its work has ended, and try again")
    ) { try ledger.changes() }
    try older.write { db in
      try db.execute(
        sql: "INSERT INTO outcomes (change, finished, outcome) VALUES (6, ?, ?)",
        arguments: [
          "2026-11-27T21:12:00.000000Z", #"{"version":1,"result":{"cancelled":{}},"durationInSeconds":1}"#,
        ])
    }
    try older.close()
    #expect(try ledger.changes().first?.state == .cancelled)
  }

  @Test func `a change has all that was recorded, but for its query's constants`() throws {
    let first = try #require(try ledger.change(ChangeNumber(1)))
    let intent = first.intent
    #expect(intent.operatingSystemHost == "bastion" && intent.ticket == "DBA-7")
    #expect(intent.server.systemIdentifier == "7712961093391284675")
    #expect(
      intent.statement
        == "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_created_at ON public.orders "
        + "(customer_id, created_at DESC)")
    #expect(
      intent.query
        == RecordedQuery(
          text:
            "select * from orders where customer_id = $1 and status <> $2 order by created_at desc limit $3"))
    #expect(intent.measuredBefore.plannerCostBefore == PlannerCost(16_594.27))
    #expect(intent.measuredBefore.estimatedIndexSizeInBytes == 52_256_768)
    let counted = try #require(intent.measuredBefore.counters.statements.first)
    #expect(counted.queryID == "-4867491779887839403" && counted.calls == 121 && counted.rows == 3_251)
    #expect(counted.counters["shared_blks_read"] == 749_978 && counted.counters["wal_bytes"] == 230)
    #expect(first.outcome?.result == .built(objectID: 16_493, sizeInBytes: 31_563_776))
    #expect(first.outcome?.countersAfter?.tableSequentialScans == 471)
    #expect(first.outcome?.durationInSeconds == 2.244364422)
  }

  @Test func `the chain speaks for the rows of before, which stay`() throws {
    let findings = try ledger.verify()
    #expect(findings[0].outcome == .ok && findings[0].fact.hasPrefix("13 entries, the last hash is "))
    #expect(findings[1] == Finding("columns", .ok, "they say what the records say"))
    #expect(findings[2] == Finding("first format", .ok, "as it was taken over: 13 rows"))
    try DatabaseQueue(path: folder.ledgerPath).write {
      try $0.execute(sql: "DROP TRIGGER changes_no_update; UPDATE changes SET intent = '{}' WHERE number = 4")
    }
    #expect(
      try ledger.verify()[2]
        == Finding(
          "first format", .stop, "a row of the first format is not the one that was taken over",
          fix: "keep the file as it is; the entries made of those rows are as they were written"))
  }

  @Test(arguments: [
    "DELETE FROM outcomes WHERE change = 3", "DELETE FROM seen_indexes WHERE change = 3",
    "PRAGMA foreign_keys = OFF; DELETE FROM changes WHERE number = 6",
  ])
  func `a row that was taken over and is missing is found`(deletion: String) throws {
    _ = try ledger.changes()
    try tamper(deletion)
    #expect(
      try ledger.verify()[2]
        == Finding(
          "first format", .stop, "1 row of the first format that was taken over is missing",
          fix: "keep the file as it is; the entries made of those rows are as they were written"))
  }

  @Test(arguments: [
    "UPDATE changes SET started = '2026-01-01T00:00:00.000000Z' WHERE number = 4",
    "UPDATE changes SET undoes = 1 WHERE number = 4",
    "UPDATE outcomes SET finished = '2026-01-01T00:00:00.000000Z' WHERE change = 3",
    "UPDATE outcomes SET undid = NULL WHERE change = 2",
    "UPDATE seen_indexes SET object_id = 7 WHERE change = 3",
    "UPDATE seen_indexes SET seen = '2026-01-01T00:00:00.000000Z' WHERE change = 3",
  ])
  func `no column of a row can be changed unseen`(change: String) throws {
    _ = try ledger.changes()
    try tamper(change)
    #expect(
      try ledger.verify()[2].fact == "a row of the first format is not the one that was taken over")
  }

  /// Does what only somebody does who takes the triggers away first.
  private func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: folder.ledgerPath)
    try queue.writeWithoutTransaction { db in
      let triggers = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
      try db.execute(sql: sql)
    }
  }

  @Test func `numbers go on, and a hypo of before can write no more`() throws {
    #expect(try ledger.begin(Example.intent()) == ChangeNumber(7))
    let queue = try DatabaseQueue(path: folder.ledgerPath)
    let error = #expect(throws: DatabaseError.self) {
      try queue.write {
        try $0.execute(sql: "INSERT INTO changes (started, intent) VALUES ('2026-01-01T00:00:00Z', '{}')")
      }
    }
    #expect(error?.message == "the ledger has a newer form by now: start hypo anew")
  }

  @Test func `a record that cannot be read leaves the whole ledger as it was`() throws {
    try DatabaseQueue(path: folder.ledgerPath).write {
      try $0.execute(
        sql: #"INSERT INTO changes (started, intent) VALUES ('2026-01-01T00:00:00Z', '{"version":2}')"#)
    }
    #expect(
      throws: LedgerError(
        .newer,
        "could not read changes from the ledger \"\(folder.ledgerPath)\": it was written by a newer hypo",
        detail: "cannot read a record of version 2: this hypo reads versions up to 1", hint: "upgrade hypo")
    ) { try ledger.changes() }
    #expect(try old { try $0.tableExists("entries") } == false)
  }

  @Test(arguments: [
    (
      #"{"version":1}"#, "an entry cannot be understood", #"the member "server" is missing or makes no sense"#
    ),
    (
      #"{"version":0}"#, "an entry cannot be understood",
      #"the member "version" is missing or makes no sense"#
    ),
    ("version 1", "an entry is no JSON", nil),
  ])
  func `a record that makes no sense is told, and nothing is taken over`(
    intent: String, what: String, detail: String?
  ) throws {
    try DatabaseQueue(path: folder.ledgerPath).write {
      try $0.execute(
        sql: "INSERT INTO changes (started, intent) VALUES ('2026-01-01T00:00:00Z', ?)", arguments: [intent])
    }
    let error = #expect(throws: LedgerError.self) { try ledger.changes() }
    #expect(error?.code == .damaged)
    #expect(
      error?.message == "could not read changes from the ledger \"\(folder.ledgerPath)\": \(what)")
    #expect(error?.detail == detail)
    #expect(error?.hint == "move the file away and keep it; hypo then begins a new ledger")
    #expect(try old { try $0.tableExists("entries") } == false)
  }

  @Test func `evidence of before is checked as ever, and can be gone on with`() throws {
    let old = try #require(Bundle.module.url(forResource: "Resources/first-format", withExtension: "jsonl"))
    var check = EvidenceCheck()
    check.take(Array(try Data(contentsOf: old)))
    let found = check.finish()
    #expect(found.fault == nil && found.lines == 8 && found.runs == 1 && found.isEnded)
    #expect(
      found.lastHash.description == "ace6c06b080067ff12d70a2f8368d22e591ac00598f964986460d31d4a2fecf3")
    let path = "\(folder.path)/e.jsonl"
    try FileManager.default.copyItem(atPath: old.path, toPath: path)
    let evidence = try EvidenceFile(opening: path)
    #expect(evidence.lastHash == found.lastHash)
    for entry in try ledger.entries(of: ChangeNumber(1)) { try evidence.append(entry) }
    var again = EvidenceCheck()
    again.take(Array(try folder.read("e.jsonl").utf8))
    #expect(again.finish().lines == 11)
  }
}
