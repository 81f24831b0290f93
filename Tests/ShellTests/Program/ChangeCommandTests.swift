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
        detail: A restored or cloned server cannot be told from the original.
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
    #expect(gone.errors == "error: the index of change 1 does not stand as recorded: it is not there\n")
    let rollback = try hypo.run(["--yes", "-c", "rollback change 1"])
    #expect(rollback.status == 0 && rollback.output.contains("the index was not there"), "\(rollback)")
    let after = try hypo.run(commands: "verify change 1")
    #expect(after.status == 0 && after.output.contains("ok  it is not there, as recorded"), "\(after)")
  }
}
