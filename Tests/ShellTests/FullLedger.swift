import GRDB
import TestSupport

extension TemporaryFolder {
  /// Lets the ledger of whoever runs here, who has made changes already, take no ending of a change any more, as if
  /// there were no room for it.
  func refuseEndings() throws {
    try DatabaseQueue(path: "\(path)/state/hypo/ledger.sqlite").write {
      try $0.execute(
        sql: """
          CREATE TRIGGER no_endings BEFORE INSERT ON entries WHEN NEW.event = 'outcome'
            BEGIN SELECT RAISE(ABORT, 'no room for an ending'); END
          """)
    }
  }

  /// Does to the ledger what only somebody does who takes its triggers away first.
  func tamper(_ sql: String) throws {
    try DatabaseQueue(path: "\(path)/state/hypo/ledger.sqlite").write { db in
      for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: sql)
    }
  }

  /// Lets it take them again.
  func takeEndings() throws {
    try DatabaseQueue(path: "\(path)/state/hypo/ledger.sqlite").write {
      try $0.execute(sql: "DROP TRIGGER no_endings")
    }
  }
}
