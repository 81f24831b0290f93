import GRDB

/// The tables of the ledger. A migration that was released is never edited; a new one follows.
enum LedgerSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("changes") { db in try db.execute(sql: changes) }
    migrator.registerMigration("seen indexes") { db in try db.execute(sql: seenIndexes) }
    return migrator
  }

  // What is known of a change is JSON that carries its own version; a column exists only where
  // SQL has to look at it. A rollback names its change twice: `undoes` when it begins and
  // `undid` when it came through.
  private static let changes = """
    CREATE TABLE changes (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      started TEXT NOT NULL,
      undoes INTEGER REFERENCES changes (number),
      intent TEXT NOT NULL
    ) STRICT;

    CREATE TABLE outcomes (
      change INTEGER PRIMARY KEY REFERENCES changes (number),
      finished TEXT NOT NULL,
      undid INTEGER REFERENCES changes (number),
      outcome TEXT NOT NULL
    ) STRICT;

    CREATE INDEX outcomes_undid ON outcomes (undid) WHERE undid IS NOT NULL;
    """ + appendOnly("changes", key: "number") + appendOnly("outcomes", key: "change")

  private static let seenIndexes =
    """
    CREATE TABLE seen_indexes (
      change INTEGER PRIMARY KEY REFERENCES changes (number),
      seen TEXT NOT NULL,
      object_id INTEGER NOT NULL
    ) STRICT;
    """ + appendOnly("seen_indexes", key: "change")

  // INSERT OR REPLACE deletes without asking the delete trigger, hence the third one.
  private static func appendOnly(_ table: String, key: String) -> String {
    let refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: \(table) cannot be rewritten'); END;"
    return """

      CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table) \(refuse)
      CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table) \(refuse)
      CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
        WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(key) = NEW.\(key)) \(refuse)
      """
  }
}
