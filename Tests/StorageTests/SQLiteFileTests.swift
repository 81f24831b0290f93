import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@Suite struct SQLiteFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/state/notes.sqlite"
  }

  /// A file of notes; `steps` are what its tables went through.
  private func notes(_ steps: [String] = ["notes"]) -> SQLiteFile {
    var migrator = DatabaseMigrator()
    for step in steps {
      migrator.registerMigration(step) { try $0.execute(sql: "CREATE TABLE \(step) (text TEXT) STRICT") }
    }
    return SQLiteFile(path: path, named: "the notes", migrator: migrator)
  }

  private func add(_ text: String, to file: SQLiteFile) throws {
    try file.write("a note") { try $0.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [text]) }
  }

  private func texts(_ file: SQLiteFile) throws -> [String]? {
    try file.read("notes") { try String.fetchAll($0, sql: "SELECT text FROM notes") }
  }

  @Test func `reading makes nothing, writing makes what is for the owner alone`() throws {
    #expect(try texts(notes()) == nil)
    #expect(try folder.contents().isEmpty)
    let file = notes()
    try add("one", to: file)
    #expect(try texts(notes()) == ["one"])
    for name in ["notes.sqlite", "notes.sqlite-wal", "notes.sqlite-shm"] {
      #expect(try folder.mode("state/\(name)") == 0o600)
    }
    #expect(try folder.mode("state") == 0o700)
  }

  @Test func `an older file is brought up to date, a newer one is refused`() throws {
    try add("one", to: notes())
    let newer = notes(["notes", "more"])
    #expect(try texts(newer) == ["one"])
    #expect(
      throws: StorageError(
        .newer, "cannot use the notes \"\(path)\": it was made by a newer hypo", hint: "upgrade hypo")
    ) { try texts(notes()) }
  }

  @Test func `an older file that somebody has open is left as it is`() throws {
    var older: SQLiteFile? = notes()
    if let older { try add("one", to: older) }
    let newer = notes(["notes", "more"])
    #expect(
      throws: StorageError(
        .busy, "cannot use the notes \"\(path)\": it has an older form, and an older hypo has it open",
        hint: "leave that hypo when its work has ended, and try again")
    ) { try texts(newer) }
    if let older { try add("two", to: older) }
    older = nil
    #expect(try texts(newer) == ["one", "two"])
    #expect(try texts(newer) == ["one", "two"])
  }

  @Test func `what a body throws comes through, and nothing of it is written`() throws {
    struct Refusal: Error {}
    let file = notes()
    try add("one", to: file)
    #expect(throws: Refusal.self) {
      try file.write("a note") { db in
        try db.execute(sql: "INSERT INTO notes VALUES ('two')")
        throw Refusal()
      }
    }
    #expect(try texts(file) == ["one"])
    #expect(
      throws: StorageError(
        .other, "could not read stars from the notes \"\(path)\": no such table: stars",
        underlying: "no such table: stars")
    ) { try file.read("stars") { try $0.execute(sql: "SELECT * FROM stars") } }
  }

  @Test func `a file that was deleted under a session is begun again`() throws {
    let file = notes()
    try add("one", to: file)
    try FileManager.default.removeItem(atPath: "\(folder.path)/state")
    #expect(try texts(file) == nil)
    try add("two", to: file)
    #expect(try texts(notes()) == ["two"])
  }
}
