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

  /// Lets it take them again.
  func takeEndings() throws {
    try DatabaseQueue(path: "\(path)/state/hypo/ledger.sqlite").write {
      try $0.execute(sql: "DROP TRIGGER no_endings")
    }
  }
}
