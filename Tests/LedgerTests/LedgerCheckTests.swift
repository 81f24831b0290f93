import GRDB
import IndexDesign
import Ledger
import TestSupport
import Testing

@Suite struct LedgerCheckTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = Ledger(path: folder.ledgerPath, clock: SteppingClock().read)
  }

  /// Does what only somebody does who takes the triggers away first.
  private func tamper(_ sql: String) throws {
    try DatabaseQueue(path: folder.ledgerPath).write { db in
      let triggers = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
      try db.execute(sql: sql)
    }
  }

  private func fill() throws {
    let number = try ledger.record(Example.intent(), Example.built)
    try ledger.record(Example.intent(.rollback(of: number)), Example.dropped)
  }

  @Test func `a ledger that nobody touched is well`() throws {
    #expect(try ledger.verify() == [Finding("chain", .notApplicable, "there is no ledger yet")])
    try fill()
    let unfinished = try ledger.begin(Example.intent())
    let lastHash = try DatabaseQueue(path: folder.ledgerPath).read {
      try String.fetchOne($0, sql: "SELECT sha256 FROM entries WHERE line = 5")
    }
    #expect(
      try ledger.verify() == [
        Finding("chain", .ok, "5 entries, the last hash is \(try #require(lastHash))"),
        Finding("columns", .ok, "they say what the records say"),
        Finding("first format", .notApplicable, "the ledger began in the present one"),
        Finding(
          "unfinished changes", .warning, "without an outcome: change 3",
          fix: "they still run, or were cut off: changes settle N looks at the server",
          command: "changes settle \(unfinished.number)"),
      ])
  }

  @Test func `a record that was changed is found by its line`() throws {
    try fill()
    try tamper("UPDATE entries SET record = replace(record, '\"ann\"', '\"bob\"') WHERE line = 3")
    let found = try #require(try ledger.verify().first)
    #expect(found.outcome == .stop)
    #expect(
      found.fact == "line 3: the record was changed: it does not have the hash that is written before it")
    #expect(found.fix == "lines 1 to 2 are as they were written; compare the rest with a copy")
  }

  @Test func `an entry that was taken out is found`() throws {
    try fill()
    try tamper("DELETE FROM entries WHERE line = 2")
    #expect(
      try ledger.verify().first?.fact
        == "line 2: the line does not follow from line 1: a line was removed, inserted or moved")
  }

  @Test func `an entry whose hash was made anew does not carry the rest`() throws {
    try fill()
    let record = try DatabaseQueue(path: folder.ledgerPath).read {
      try String.fetchOne($0, sql: "SELECT record FROM entries WHERE line = 1")
    }
    let changed = try #require(record).replacing("\"ann\"", with: "\"bob\"")
    let hash = SHA256Digest(of: Array(changed.utf8))
    try tamper("UPDATE entries SET record = '\(changed)', sha256 = '\(hash)' WHERE line = 1")
    #expect(
      try ledger.verify().first?.fact
        == "line 2: the line does not follow from line 1: a line was removed, inserted or moved")
  }

  @Test(arguments: ["change = 9", "event = 'seen'", "undid = 1"])
  func `columns that say something else than the record are found`(change: String) throws {
    try ledger.record(Example.intent(), Example.built)
    try tamper("UPDATE entries SET \(change) WHERE line = 2")
    #expect(
      try ledger.verify()[1]
        == Finding(
          "columns", .stop, "the columns of line 2 say something else than its record",
          fix: "keep the file as it is; what \"changes\" shows of it is not proven"))
  }

  @Test func `a change is proven while the whole ledger is as it was written`() throws {
    #expect(try ledger.provenChange(ChangeNumber(1)) == nil)
    try fill()
    #expect(try ledger.provenChange(ChangeNumber(1)) == ledger.change(ChangeNumber(1)))
    #expect(try ledger.provenChange(ChangeNumber(7)) == nil)
    try tamper("UPDATE entries SET record = replace(record, '\"ann\"', '\"bob\"') WHERE line = 3")
    let error = #expect(throws: LedgerError.self) { try ledger.provenChange(ChangeNumber(1)) }
    #expect(error?.code == .notProven)
    #expect(
      error?.message
        == "cannot trust what the ledger says of change 1: line 3: the record was changed: "
        + "it does not have the hash that is written before it")
    #expect(error?.detail?.hasPrefix("The line says ") == true)
    #expect(
      error?.hint
        == "keep \"\(folder.ledgerPath)\" as it is and compare it with a copy; "
        + "look at the index, and drop it with psql if it has to go")
  }

  @Test func `one record that cannot be read hides no other one`() throws {
    try fill()
    _ = try ledger.begin(Example.intent())
    try tamper("UPDATE entries SET record = 'no JSON' WHERE line IN (1, 4)")
    let listed = try ledger.listing(limit: 10)
    #expect(listed.map(\.number.number) == [3, 2, 1])
    #expect(try listed[0].record.get().state == .started)
    for change in listed.dropFirst() {
      guard case .failure(let error) = change.record else {
        Issue.record("\(change.number) was read")
        continue
      }
      #expect(error.message == "could not read \(change.number): an entry is no JSON")
    }
    #expect(try ledger.open().map(\.number.number) == [3])
  }

  @Test func `the entries of a change go into evidence with their hashes in the ledger`() throws {
    try fill()
    let path = "\(folder.path)/e.jsonl"
    let evidence = try EvidenceFile(opening: path)
    let entries = try ledger.entries(of: ChangeNumber(1))
    for entry in entries { try evidence.append(entry) }
    #expect(entries.count == 2)
    let text = try folder.read("e.jsonl")
    let hashes = try DatabaseQueue(path: folder.ledgerPath).read {
      try String.fetchAll($0, sql: "SELECT sha256 FROM entries WHERE change = 1 ORDER BY line")
    }
    for hash in hashes { #expect(text.contains("\"ledger_sha256\":\"\(hash)\"")) }
    var check = EvidenceCheck()
    check.take(Array(text.utf8))
    let found = check.finish()
    #expect(found.fault == nil && found.lines == 2)
    #expect(found.first == Timestamp(secondsSinceEpoch: 1) && found.last == Timestamp(secondsSinceEpoch: 2))
    #expect(try ledger.entries(of: ChangeNumber(7)).isEmpty)
  }
}
