import GRDB
import IndexDesign

/// The ledger's first format: a table of intents, one of outcomes and one of seen indexes, each row a JSON of its
/// own.
///
/// What it held is taken over into entries and stays where it was; nothing more can be written to it. Each entry
/// names the hash of the row that it was made from, so that the chain speaks for the old rows, too.
enum FirstFormat {
  static let changes = """
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
    """ + LedgerSchema.appendOnly("changes", replacing: "number = NEW.number")
    + LedgerSchema.appendOnly("outcomes", replacing: "change = NEW.change")

  static let seenIndexes =
    """
    CREATE TABLE seen_indexes (
      change INTEGER PRIMARY KEY REFERENCES changes (number),
      seen TEXT NOT NULL,
      object_id INTEGER NOT NULL
    ) STRICT;
    """ + LedgerSchema.appendOnly("seen_indexes", replacing: "change = NEW.change")

  /// A hypo of before that still has the file open must not write what nobody would read.
  static let closed = ["changes", "outcomes", "seen_indexes"].map { table in
    """

    CREATE TRIGGER \(table)_closed BEFORE INSERT ON \(table)
      BEGIN SELECT RAISE(ABORT, 'the ledger has a newer form by now: start hypo anew'); END;
    """
  }.joined()

  /// Makes entries of all rows, in the order in which they were written.
  static func takeOver(in db: Database) throws {
    for row in try rows(in: db).sorted(by: { ($0.written, $0.order) < ($1.written, $1.order) }) {
      try EntryTable.append(row.entry(), to: db)
    }
  }

  /// What the tables hold.
  static func rows(in db: Database) throws -> [FirstRow] {
    try Row.fetchAll(db, sql: "SELECT number, started, undoes, intent FROM changes").map {
      FirstRow(
        .intent(text: $0["intent"]), of: ChangeNumber($0["number"]), written: try time($0["started"]),
        undone: ($0["undoes"] as Int64?).map { ChangeNumber($0) })
    }
      + Row.fetchAll(db, sql: "SELECT change, seen, object_id FROM seen_indexes").map {
        FirstRow(
          .seen(objectID: UInt32(truncatingIfNeeded: $0["object_id"] as Int64)),
          of: ChangeNumber($0["change"]), written: try time($0["seen"]))
      }
      + Row.fetchAll(db, sql: "SELECT change, finished, undid, outcome FROM outcomes").map {
        FirstRow(
          .outcome(text: $0["outcome"]), of: ChangeNumber($0["change"]), written: try time($0["finished"]),
          undone: ($0["undid"] as Int64?).map { ChangeNumber($0) })
      }
  }

  /// What the chain says of a row.
  static func digest(of text: String) -> SHA256Digest { SHA256Digest(of: Array(text.utf8)) }

  private static func time(_ text: String) throws -> Timestamp {
    guard let time = Timestamp(text) else {
      throw LedgerError(.damaged, "could not read the time stamp \"\(text)\"", hint: LedgerError.damagedHint)
    }
    return time
  }
}
