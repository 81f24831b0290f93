import Foundation
import GRDB
import IndexDesign
import TestSupport
import Testing

@testable import Ledger

@Suite struct LedgerTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = Ledger(path: folder.ledgerPath)
  }

  @Test func `reading makes nothing`() throws {
    #expect(try ledger.changes().isEmpty)
    #expect(try ledger.open().isEmpty)
    #expect(try ledger.change(ChangeNumber(1)) == nil)
    #expect(try ledger.newestToRollBack(on: Example.server, among: [ChangeNumber(1)]) == nil)
    #expect(try folder.contents().isEmpty)
  }

  @Test func `what is written is for the owner's eyes only`() throws {
    _ = try ledger.begin(Example.intent())
    #expect(
      try folder.contents() == [
        "state", "state/hypo", "state/hypo/ledger.sqlite", "state/hypo/ledger.sqlite-shm",
        "state/hypo/ledger.sqlite-wal",
      ])
    #expect(try folder.mode("state") == 0o700)
    #expect(try folder.mode("state/hypo") == 0o700)
    #expect(try folder.mode("state/hypo/ledger.sqlite") == 0o600)
    #expect(try folder.mode("state/hypo/ledger.sqlite-wal") == 0o600)
    #expect(try folder.mode("state/hypo/ledger.sqlite-shm") == 0o600)
  }

  @Test func `each commit is forced to the disk`() throws {
    _ = try ledger.begin(Example.intent())
    let settings = try ledger.read("settings", absent: []) { db in
      [
        try String.fetchOne(db, sql: "PRAGMA journal_mode"),
        try String.fetchOne(db, sql: "PRAGMA synchronous"),
        try String.fetchOne(db, sql: "PRAGMA foreign_keys"),
        try String.fetchOne(db, sql: "PRAGMA busy_timeout"),
      ]
    }
    // 2 is FULL.
    #expect(settings == ["wal", "2", "1", "10000"])
  }

  @Test func `many sessions at once begin a ledger and lose nothing`() async throws {
    let path = folder.ledgerPath
    let numbers = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for _ in 0..<8 {
        group.addTask {
          let own = Ledger(path: path)
          return try (0..<10).map { _ in try own.record(Example.intent(), Example.built).number }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(numbers.sorted() == Array(1...80))
    #expect(try ledger.changes().allSatisfy { $0.state == .promoted })
  }

  @Test(arguments: [
    "UPDATE entries SET record = '{}'", "DELETE FROM entries",
    "INSERT OR REPLACE INTO entries (line, event, sha256, record) VALUES (1, '', '', '{}')",
    "INSERT OR REPLACE INTO entries (line, event, change, sha256, record) VALUES (9, 'intent', 1, '', '{}')",
  ])
  func `entries cannot be rewritten`(sql: String) throws {
    try ledger.record(Example.intent(), Example.built)
    #expect(try refusal(of: sql) == "the ledger is append-only: entries cannot be rewritten")
    #expect(try ledger.change(ChangeNumber(1))?.intent == Example.intent())
    #expect(try ledger.change(ChangeNumber(1))?.outcome == Example.built)
  }

  func refusal(of sql: String) throws -> String? {
    let queue = try DatabaseQueue(path: folder.ledgerPath)
    return #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }?.message
  }

  @Test func `a ledger of a newer hypo is neither read nor written`() throws {
    _ = try ledger.begin(Example.intent())
    try DatabaseQueue(path: folder.ledgerPath).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of a later version')")
    }
    let older = Ledger(path: folder.ledgerPath)
    let refusal = LedgerError(
      .newer, "cannot use the ledger \"\(folder.ledgerPath)\": it was made by a newer hypo",
      hint: "upgrade hypo")
    #expect(throws: refusal) { try older.changes() }
    #expect(throws: refusal) { try older.begin(Example.intent()) }
  }

  @Test func `a record of a newer hypo is named and not half read`() throws {
    _ = try ledger.begin(Example.intent())
    try DatabaseQueue(path: folder.ledgerPath).write {
      try $0.execute(
        sql: """
          INSERT INTO entries (line, event, change, sha256, record)
          VALUES (2, 'intent', 2, '', '{"event":"intent","format":3}')
          """)
    }
    #expect(
      throws: LedgerError(
        .newer, "could not read change 2: it was written by a newer hypo",
        detail: "cannot read a record of version 3: this hypo reads versions up to 2", hint: "upgrade hypo")
    ) { try ledger.changes() }
    #expect(try ledger.change(ChangeNumber(1))?.intent == Example.intent())
  }

  @Test func `a file that is no ledger is left as it is`() throws {
    let path = "\(folder.path)/ledger.sqlite"
    let text = String(repeating: "not a database\n", count: 100)
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    #expect(
      throws: LedgerError(
        .damaged,
        "could not write the intent of a change to the ledger \"\(path)\": the file is damaged or of another kind",
        hint: "move the file away and keep it; hypo then begins a new ledger",
        underlying: "file is not a database")
    ) { try Ledger(path: path).begin(Example.intent()) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `an empty file that a killed session left becomes the ledger`() throws {
    let path = "\(folder.path)/ledger.sqlite"
    try Data().write(to: URL(filePath: path))
    #expect(try Ledger(path: path).changes().isEmpty)
    #expect(try Ledger(path: path).begin(Example.intent()) == ChangeNumber(1))
  }

  @Test func `a ledger that was deleted under a session is begun again`() throws {
    _ = try ledger.begin(Example.intent())
    try FileManager.default.removeItem(atPath: "\(folder.path)/state")
    #expect(try ledger.changes().isEmpty)
    _ = try ledger.begin(Example.intent(.retire))
    #expect(try Ledger(path: folder.ledgerPath).changes().map(\.intent.kind) == [.retire])
  }

  @Test func `the default place follows the XDG specification`() throws {
    #expect(
      try Ledger.defaultPath(environment: ["XDG_STATE_HOME": "/state", "HOME": "/home/ann"])
        == "/state/hypo/ledger.sqlite")
    let place = "/home/ann/.local/state/hypo/ledger.sqlite"
    #expect(try Ledger.defaultPath(environment: ["HOME": "/home/ann"]) == place)
    #expect(try Ledger.defaultPath(environment: ["XDG_STATE_HOME": "state", "HOME": "/home/ann"]) == place)
    #expect(
      throws: LedgerError(
        .noPlace, "could not find a place for the ledger: neither XDG_STATE_HOME nor HOME is set",
        hint: "set XDG_STATE_HOME to a folder of yours")
    ) { try Ledger.defaultPath(environment: [:]) }
  }

  @Test func `the system's clock is the clock of Foundation`() {
    let difference = Ledger.systemTime().secondsSinceEpoch - Date().timeIntervalSince1970
    #expect(abs(difference) < 60)
  }
}
