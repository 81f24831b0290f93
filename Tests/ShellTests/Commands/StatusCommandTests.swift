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

  @Test func `a change without an ending is told until it is rolled back`() throws {
    let trial = try afterAKill(
      holding: "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM orders LIMIT 1"
    ) { try $0.waitForScreen("waits for") }
    #expect(
      trial.lastLines(1, after: "status")
        == "warning: change 1 (note_idx) has no recorded ending: rollback change 1 drops what is left of it")
    // It is no affair of another database.
    let elsewhere = try CommandTrial(on: Shop.database(), folder: trial.folder)
    #expect(!elsewhere.screen(after: "status").contains("no recorded ending"))
    #expect(elsewhere.screen(after: "changes").contains("unfinished: look at the server"))
  }

  @Test func `of a build whose index was not seen a person has to look`() throws {
    let trial = try afterAKill(holding: "BEGIN; LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")
    #expect(
      trial.lastLines(1, after: "status")
        == "warning: change 1 (note_idx) has no recorded ending: look at the server")
  }
}
