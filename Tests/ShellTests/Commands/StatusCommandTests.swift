import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

@testable import Shell

/// `status`
@Suite struct StatusCommandTests {
  @Test func `server, session and what it holds are shown`() throws {
    let trial = try CommandTrial.onOwnShop()
    #expect(
      trial.screen(after: "status") == """
        server              PostgreSQL VERSION
        role                primary
        database            DATABASE
        user                hypo  superuser
        host                HOST
        port                PORT
        TLS                 no
        backend             PID
        hypopg              \(TestServer.hypopg)
        pg_stat_statements  \(TestServer.statements)
        transaction         none
        designs             0
        queries             0
        ledger              FOLDER/state/hypo/ledger.sqlite
        """)
    try trial.enter(
      "query q = select 1;",
      "hypo add orders(note)",
      "hypo add orders(total)",
      "hypo off",
      "begin;")
    #expect(
      trial.screen(after: "status") == """
        server              PostgreSQL VERSION
        role                primary
        database            DATABASE
        user                hypo  superuser
        host                HOST
        port                PORT
        TLS                 no
        backend             PID
        hypopg              \(TestServer.hypopg)
        pg_stat_statements  \(TestServer.statements)
        transaction         open, read only
        designs             2  active: %1 %2, switched off
        queries             1
        ledger              FOLDER/state/hypo/ledger.sqlite
        """)
    #expect(
      trial.screen(after: "status now") == """
        error: unexpected "now"
          status now
                 ^
        hint: usage: status
        """)
  }

  @Test func `without a server there is no status`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "status") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }

  /// A shell in the place of another one that was killed while its build waited for a lock.
  private func afterAKill(
    holding lock: String, _ look: (PseudoTerminal) throws -> Void = { _ in }
  ) throws -> CommandTrial {
    let database = try TestCluster.shared.database(.orders)
    let hypo = try HypoProcess(database)
    let holder = try database.connect()
    _ = try holder.script(lock)
    let terminal = try hypo.onTerminal(
      ["--yes", "-c", "hypo add orders(note)", "-c", "promote as note_idx"], width: 100)
    try database.wait(for: "wait_event_type = 'Lock'")
    try look(terminal)
    terminal.signal(SIGKILL)
    #expect(try terminal.waitForExit() == .signal(SIGKILL))
    return try CommandTrial(on: database, folder: hypo.folder)
  }

  /// Waits until nothing of the shell that was killed works on the server.
  private func letItEnd(_ trial: CommandTrial) throws {
    try trial.database?.connect().wait(
      until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'hypo %' "
        + "AND application_name <> 'hypo' AND datname = current_database())")
  }

  private static let open =
    "change 1 (note_idx) has no recorded ending: "
    + "changes settle 1 looks at the server and writes down what it finds"

  @Test func `a change without an ending is reported until it is settled`() throws {
    let trial = try afterAKill(
      holding: "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM orders LIMIT 1"
    ) { try $0.waitForScreen("waits for") }
    try letItEnd(trial)
    #expect(trial.lastLines(1, after: "status") == "warning: " + Self.open)
    #expect(
      trial.screen(after: "doctor").contains(
        "open change              | warning | change 1 (note_idx) has no recorded ending"))
    // It is no affair of another database.
    let elsewhere = try CommandTrial(on: Shop.database(), folder: trial.folder)
    #expect(!elsewhere.screen(after: "status").contains("no recorded ending"))
    #expect(elsewhere.screen(after: "changes").contains("unfinished: look at the server"))
    // The backend went on without its shell.
    #expect(
      trial.screen(after: "changes settle 1").replacing(/, [0-9]+ kB/, with: ", SIZE") == """
        change  change 1
        index   public.note_idx
        state   promoted

        found and written down: the index was built and is valid (object id N, SIZE)
        hint: rollback change 1 drops it
        """)
    #expect(!trial.screen(after: "status").contains("no recorded ending"))
    #expect(
      trial.screen(after: "changes settle 1") == """
        error: cannot settle change 1: it is promoted
        hint: only a change without a known ending can be settled; changes lists them
        exit status 6
        """)
    trial.saysYes = true
    #expect(trial.lastLines(1, after: "rollback change 1") == "the index was dropped")
    #expect(
      trial.screen(after: "show change 1").contains("found           the index was built and is valid"))
  }

  @Test func `a change that was cut off is reported until it is rolled back, too`() throws {
    let trial = try afterAKill(
      holding: "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM orders LIMIT 1"
    ) { try $0.waitForScreen("waits for") }
    try letItEnd(trial)
    trial.saysYes = true
    #expect(trial.lastLines(1, after: "rollback change 1") == "the index was dropped")
    #expect(!trial.screen(after: "status").contains("no recorded ending"))
  }

  @Test func `a change that was killed while it waited for its lock can be closed`() throws {
    let trial = try afterAKill(holding: "BEGIN; LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")
    try letItEnd(trial)
    #expect(trial.lastLines(1, after: "status") == "warning: " + Self.open)
    // Who comes to the database at a prompt is told, and nobody else.
    let target = try #require(trial.database).conninfo(user: nil)
    #expect(!trial.screen(after: "connect \(target)").contains("no recorded ending"))
    trial.givePrompt()
    #expect(trial.screen(after: "connect \(target)").contains("warning: " + Self.open))
    #expect(
      trial.screen(after: "changes settle 1") == """
        change  change 1
        index   public.note_idx
        state   failed

        found and written down: failed: cut off: no index of it is there
        """)
    #expect(!trial.screen(after: "status").contains("no recorded ending"))
    #expect(!trial.screen(after: "doctor").contains("open change"))
  }

  @Test func `an index that nobody saw is reported and left alone`() throws {
    for (isValid, hint) in [
      (true, "it stays; if it has to go, drop it with psql: "),
      (false, "when nobody is building it, drop it with psql: "),
    ] {
      let trial = try afterAKill(holding: "BEGIN; LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")
      try letItEnd(trial)
      try trial.database?.script(
        "CREATE INDEX note_idx ON orders (note); "
          + "UPDATE pg_index SET indisvalid = \(isValid) WHERE indexrelid = 'note_idx'::regclass")
      #expect(
        trial.lastLines(2, after: "changes settle 1") == """
          found and written down: \(isValid ? "a valid" : "an invalid") index of that name and definition is there (object id N); whether this change has built it is not known
          hint: \(hint)DROP INDEX CONCURRENTLY IF EXISTS public.note_idx
          """)
    }
  }

  @Test func `a ledger that is none hides nothing else of the status`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/state/hypo", withIntermediateDirectories: true)
    try folder.write(String(repeating: "no database. ", count: 100), to: "state/hypo/ledger.sqlite")
    let trial = try CommandTrial(on: Shop.database(), folder: folder)
    let screen = trial.screen(after: "status")
    #expect(screen.contains("role                primary"), "\(screen)")
    #expect(screen.contains("\nwarning: "), "\(screen)")
  }
}
