import Postgres
import TestSupport
import Testing

@testable import Shell

/// What a ledger says that is not as it was written is shown, and nothing is done by it.
@Suite struct TamperedLedgerTests {
  private static let exchange = """
    UPDATE entries SET line = -line WHERE line IN (1, 2);
    UPDATE entries SET line = 3 + line WHERE line < 0;
    """

  /// A shell whose ledger holds two promotions. Line 1 is the first one's intent; whether its index was seen before it
  /// was built depends on chance, so the lines behind differ.
  private static func tampered(_ sql: String) throws -> CommandTrial {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.enter("hypo add orders(total)", "promote as total_idx")
    try trial.folder.tamper(sql)
    return trial
  }

  private static func stand(_ trial: CommandTrial) throws -> String? {
    try trial.database?.execute(
      "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        + "WHERE relname IN ('note_idx', 'total_idx') AND indisvalid"
    ).value
  }

  @Test(arguments: [
    (
      "changed SQL",
      "UPDATE entries SET record = replace(record, 'DROP INDEX CONCURRENTLY IF EXISTS public.note_idx', 'DROP TABLE orders')",
      "line 1: the record was changed: it does not have the hash that is written before it"
    ),
    (
      "changed name", "UPDATE entries SET record = replace(record, 'note_idx', 'total_idx')",
      "line 1: the record was changed: it does not have the hash that is written before it"
    ),
    (
      "changed target",
      "UPDATE entries SET record = json_set(record, '$.server.database', 'elsewhere') WHERE line = 1",
      "line 1: the record was changed: it does not have the hash that is written before it"
    ),
    (
      "removed entry", "DELETE FROM entries WHERE line = 2",
      "line 2: the line does not follow from line 1: a line was removed, inserted or moved"
    ),
    (
      "removed beginning", "DELETE FROM entries WHERE line = 1",
      "line 1: the beginning is missing: the line is not a first line"
    ),
    (
      "entries exchanged", exchange, "line 1: the beginning is missing: the line is not a first line"
    ),
    (
      "columns only", "UPDATE entries SET undid = 1 WHERE line = 1",
      "the columns of line 1 say something else than its record"
    ),
    (
      "entry of another ledger",
      "INSERT INTO entries SELECT line + 100, 'run', NULL, NULL, sha256, record FROM entries WHERE line = 1",
      "the line does not follow from line"
    ),
  ])
  func `a rollback by a ledger that somebody has changed is refused, and nothing is sent`(
    kind: String, sql: String, found: String
  ) throws {
    let trial = try Self.tampered(sql)
    let line = "rollback change 2"
    let screen = trial.screen(after: line)
    #expect(
      screen.hasPrefix("error: cannot trust what the ledger says of change 2: ")
        && screen.prefix { $0 != "\n" }.contains(found), "\(kind): \(screen)")
    #expect(
      screen.hasSuffix(
        """
        hint: keep "FOLDER/state/hypo/ledger.sqlite" as it is and compare it with a copy; look at the index, and drop it with psql if it has to go
        exit status 6
        """), "\(kind): \(screen)")
    #expect(try Self.stand(trial) == "2")
    #expect(try trial.database?.execute("SELECT count(*) > 0 FROM orders").value == "t")
  }

  @Test func `an entry of another database is of no use here`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    let elsewhere = try CommandTrial(on: TestCluster.shared.database(.orders), folder: trial.folder)
    elsewhere.saysYes = true
    try elsewhere.database?.script("CREATE INDEX note_idx ON orders (note)")
    #expect(
      elsewhere.screen(after: "rollback change 1").hasPrefix(
        "error: cannot roll back: the session is connected to another server or database\n"))
    #expect(try Self.stand(elsewhere) == "1")
  }

  @Test func `nothing that a changed ledger says is planned or shown as proven`() throws {
    let trial = try Self.tampered(
      "UPDATE entries SET record = json_set(record, '$.statement', 'DROP TABLE orders') WHERE line = 1")
    #expect(
      trial.screen(after: "verify change 1").hasPrefix(
        "error: cannot trust what the ledger says of change 1: line 1: the record was changed: "))
  }

  @Test func `one record that cannot be read hides no other one`() throws {
    let trial = try Self.tampered("UPDATE entries SET record = 'no JSON' WHERE line = 1")
    let screen = trial.screen(after: "changes")
    #expect(screen.contains("\nchange 2 | ~       | promoted       | DATABASE | total_idx"), "\(screen)")
    #expect(screen.contains("\nchange 1 | –       | cannot be read | –        | –"), "\(screen)")
    #expect(screen.hasSuffix("\nwarning: could not read change 1: an entry is no JSON"), "\(screen)")
    #expect(!trial.screen(after: "status").contains("warning"))
    #expect(trial.screen(after: "doctor").contains("| FAILED  | chain: line 1: "))
  }
}
