import GRDB

/// The tables of the ledger. A migration that was released is never edited; a new one follows.
enum LedgerSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("changes") { db in try db.execute(sql: FirstFormat.changes) }
    migrator.registerMigration("seen indexes") { db in try db.execute(sql: FirstFormat.seenIndexes) }
    migrator.registerMigration("entries") { db in
      try db.execute(sql: entries)
      try FirstFormat.takeOver(in: db)
      try db.execute(sql: FirstFormat.closed)
    }
    return migrator
  }

  // What is known is in the record, whose bytes the hash is of; a column beside it exists only where SQL has to
  // look at it. A change is begun once, seen once and ended once.
  private static let entries = """
    CREATE TABLE entries (
      line INTEGER PRIMARY KEY,
      event TEXT NOT NULL,
      change INTEGER,
      undid INTEGER,
      sha256 TEXT NOT NULL,
      record TEXT NOT NULL
    ) STRICT;

    CREATE UNIQUE INDEX entries_change ON entries (change, event) WHERE change IS NOT NULL;
    CREATE INDEX entries_undid ON entries (undid) WHERE undid IS NOT NULL;
    """
    + appendOnly(
      "entries", replacing: "line = NEW.line OR change = NEW.change AND event = NEW.event")

  // INSERT OR REPLACE deletes without asking the delete trigger, hence the third one.
  static func appendOnly(_ table: String, replacing condition: String) -> String {
    let refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: \(table) cannot be rewritten'); END;"
    return """

      CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table) \(refuse)
      CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table) \(refuse)
      CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
        WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(condition)) \(refuse)
      """
  }
}
