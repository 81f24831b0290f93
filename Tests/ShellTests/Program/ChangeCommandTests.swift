import Foundation
import Postgres
import TestSupport
import Testing

/// The commands that change a database, through the program, each on a database of its own.
@Suite struct ChangeCommandTests {
  private let database: TestDatabase
  private let hypo: HypoProcess

  init() throws {
    database = try TestCluster.shared.database(.orders)
    hypo = try HypoProcess(database)
  }

  private func promote() throws {
    let run = try hypo.run(["--yes", "-c", "hypo add orders(note)", "-c", "promote as note_idx"])
    #expect(run.status == 0 && run.errors == "", "\(run)")
  }

  private var indexes: Int {
    get throws {
      try database.connect().query("SELECT 1 FROM pg_indexes WHERE indexname = 'note_idx'").rows.count
    }
  }

  @Test func `without an answer nothing is built and nothing is recorded`() throws {
    let run = try hypo.run(["-c", "hypo add orders(note)", "-c", "promote as note_idx"])
    #expect(run.status == 6)
    #expect(
      run.errors == "error: nobody confirmed: nothing was changed\nhint: a script confirms with --yes\n")
    #expect(try indexes == 0)
    #expect(try hypo.run(commands: "changes").output == "nothing was changed through hypo yet\n")
  }

  @Test func `a script's rollback refuses another address than the recorded, as a copy would have`() throws {
    try promote()
    let socket = try #require(hypo.environment["PGHOST"])
    let other = "\(hypo.folder.path)/s"
    try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: socket)
    var elsewhere = hypo
    elsewhere.environment["PGHOST"] = other
    let port = try #require(hypo.environment["PGPORT"])
    let run = try elsewhere.run(["--yes", "-c", "rollback change 1"])
    #expect(run.status == 6)
    #expect(
      run.errors == """
        error: the address is another one than the recorded: change 1 was made at \(socket):\(port), this is \(other):\(port)
        detail: hypo cannot tell a restored or cloned server from the original.
        hint: connect to the recorded address, or confirm without --yes

        """)
    #expect(try indexes == 1)
    #expect(try hypo.run(["--yes", "-c", "rollback change 1"]).status == 0)
    #expect(try indexes == 0)
  }

  @Test func `verify knows a change that was rolled back, and fails when an index is gone unrecorded`() throws
  {
    try promote()
    #expect(try hypo.run(commands: "verify change 1").status == 0)
    try database.script("DROP INDEX note_idx")
    let gone = try hypo.run(commands: "verify change 1")
    #expect(gone.status == 3)
    #expect(gone.errors == "error: the index of change 1 is not as recorded: it is not there\n")
    let rollback = try hypo.run(["--yes", "-c", "rollback change 1"])
    #expect(rollback.status == 0 && rollback.output.contains("the index was not there"), "\(rollback)")
    let after = try hypo.run(commands: "verify change 1")
    #expect(after.status == 0 && after.output.contains("ok  it is not there, as recorded"), "\(after)")
  }

  /// Promotes an index for a query with a constant in it, and gives all that the ledger's file holds.
  private func promoteForQuery(_ settings: [String] = []) throws -> String {
    let commands =
      settings + [
        "hypo add orders(note)", "explain select * from orders where note = 'Bobby Tables';",
        "promote as note_idx", "show change 1",
      ]
    let run = try hypo.run(["--yes"] + commands.flatMap { ["-c", $0] })
    #expect(run.status == 0 && run.output.contains("note = 'Bobby Tables'"), "\(run)")
    let folder = "\(hypo.folder.path)/state/hypo"
    return ["ledger.sqlite", "ledger.sqlite-wal"].compactMap {
      FileManager.default.contents(atPath: "\(folder)/\($0)")
    }.map { String(decoding: $0, as: UTF8.self) }.joined()
  }

  @Test func `the ledger holds no constant of a change's query, and its plan all the same`() throws {
    let ledger = try promoteForQuery()
    #expect(!ledger.contains("Bobby"))
    #expect(ledger.contains("select * from orders where note = $1"))
    #expect(
      ledger.contains(#"\"Node Type\": \"Seq Scan\""#)
        && ledger.contains(#"\"Filter\": \"(note = ?::text)\""#))
    let later = try hypo.run(commands: "show change 1", "verify change 1")
    #expect(later.status == 0 && later.output.contains("select * from orders where note = $1"), "\(later)")
    #expect(later.output.contains("Index Cond: (note = $1)"), "\(later)")
  }

  @Test(arguments: ["hypo add orders(customer_id) unique", "hypo add CREATE INDEX ON orders ((note::int));"])
  func `a failed change leaves no row's values in the ledger or the evidence`(design: String) throws {
    try database.script(
      """
      ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;
      UPDATE orders SET customer_id = 987654321, note = 'Bobby Tables';
      """)
    try hypo.folder.write("\(design)\npromote %1 as note_idx\n", to: "n.hypo")
    let run = try hypo.run(["replay", "--yes", "--evidence", "e.jsonl", "n.hypo"])
    #expect(run.status != 0, "\(run)")
    #expect(run.errors.contains("Bobby Tables") || run.errors.contains("987654321"), "\(run)")
    let folder = "\(hypo.folder.path)/state/hypo"
    for path in ["\(folder)/ledger.sqlite", "\(folder)/ledger.sqlite-wal", "\(hypo.folder.path)/e.jsonl"] {
      let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
      #expect(!text.contains("Bobby") && !text.contains("987654321"), "\(path)")
    }
    #expect(try hypo.folder.read("e.jsonl").contains(#""ending":""#))
  }

  @Test func `with keep_literals on the ledger holds the query as it was`() throws {
    let ledger = try promoteForQuery(["set keep_literals on"])
    #expect(ledger.contains(#""values":["'Bobby Tables'"]"#))
    #expect(ledger.contains(#"\"Filter\": \"(note = 'Bobby Tables'::text)\""#))
    let later = try hypo.run(commands: "show change 1", "verify change 1")
    #expect(later.output.contains("select * from orders where note = 'Bobby Tables'"), "\(later)")
    #expect(later.output.contains("Index Cond: (note = 'Bobby Tables'::text)"), "\(later)")
  }

  @Test func `a bare rollback means a change of this server, not the newest of the session`() throws {
    let other = try TestCluster.shared.database(.orders)
    let run = try hypo.run(
      ["--yes"]
        + [
          "hypo add orders(note)", "promote as note_idx", "connect \(other.name)", "hypo add orders(note)",
          "promote as other_idx", "connect \(database.name)", "rollback",
        ].flatMap { ["-c", $0] })
    #expect(run.status == 0, "\(run)")
    #expect(try indexes == 0)
    #expect(
      try other.connect().query("SELECT 1 FROM pg_indexes WHERE indexname = 'other_idx'").rows.count == 1)
  }
}
