import Glibc
import Postgres
import TestSupport
import Testing

/// The keyboard and the terminal's end while a change runs.
@Suite struct ChangeKeysTests {
  private let database: TestDatabase
  private let hypo: HypoProcess
  private let holder: Connection

  init() throws {
    database = try TestCluster.shared.database(.orders)
    hypo = try HypoProcess(database)
    holder = try database.connect()
  }

  /// A prompt whose promotion waits for an older snapshot.
  private func waitingBuild() throws -> PseudoTerminal {
    let terminal = try hypo.onTerminal(width: 100, height: 50)
    try terminal.waitForPrompt()
    try terminal.enter("hypo add orders(note)")
    _ = try holder.script("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM orders LIMIT 1")
    try terminal.enter("promote as note_idx")
    #expect(terminal.screen.text.contains("Type note_idx to build this index:"), "\(terminal.screen.text)")
    try terminal.type("note_idx\r")
    try terminal.waitForScreen("waits for")
    return terminal
  }

  private var isThere: Bool {
    get throws {
      try !database.connect().query("SELECT 1 FROM pg_indexes WHERE indexname = 'note_idx'").rows.isEmpty
    }
  }

  @Test func `Ctrl-D asks first, and the second one leaves when the build has ended`() throws {
    let terminal = try waitingBuild()
    try terminal.type("\u{4}")
    try terminal.waitForScreen(
      "a change is running: Ctrl-C cancels it, Ctrl-D again leaves when it has ended")
    try terminal.type("\u{4}")
    try terminal.waitForScreen("hypo leaves when the change has ended")
    _ = try holder.query("ROLLBACK")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(try isThere)
  }

  @Test func `setup is as undisturbed as a build`() throws {
    let database = try TestCluster.shared.database(.empty)
    let hypo = try HypoProcess(database)
    let terminal = try hypo.onTerminal(width: 100, height: 50)
    try terminal.waitForPrompt()
    let holder = try database.connect()
    // Lets everybody read the list of extensions and nobody add to it.
    _ = try holder.script("BEGIN; LOCK TABLE pg_extension IN SHARE MODE")
    try terminal.enter("setup")
    try terminal.type("setup\r")
    try database.wait(for: "wait_event_type = 'Lock' AND query LIKE '%CREATE EXTENSION%'")
    try terminal.type("help\r\u{4}")
    try terminal.waitForScreen("a change is running: Ctrl-C cancels it")
    try terminal.type("\u{4}")
    try terminal.waitForScreen("hypo leaves when the change has ended")
    _ = try holder.query("ROLLBACK")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(!terminal.screen.text.contains("Session"), "\(terminal.screen.text)")
    let installed = try database.execute("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'")
    #expect(installed.value == "2")
  }

  @Test func `what is typed is not shown, not run, and the terminal is as before`() throws {
    let terminal = try waitingBuild()
    try terminal.type("rollback\r")
    try terminal.type("\u{4}")
    try terminal.waitForScreen("a change is running")
    _ = try holder.query("ROLLBACK")
    try terminal.waitForPrompt()
    let text = terminal.screen.text
    #expect(!text.contains("rollback\n"), "\(text)")
    #expect(text.contains("notice: what was typed while the change ran was dropped"), "\(text)")
    try terminal.enter("show format")
    #expect(terminal.screen.text.contains("> show format\nformat  aligned\n"), "\(terminal.screen.text)")
    #expect(try isThere)
  }

  @Test func `an answer that was typed before the question does not count`() throws {
    let terminal = try hypo.onTerminal(width: 100, height: 50)
    try terminal.waitForPrompt()
    try terminal.enter("hypo add orders(note)")
    try terminal.type("select pg_sleep(50);\r")
    let sleeping = "query LIKE '%pg_sleep(50)%' AND state = 'active' AND pid <> pg_backend_pid()"
    try database.wait(for: sleeping)
    try terminal.type("promote %1 as note_idx\rnote_idx\r")
    _ = try database.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE \(sleeping)")
    try terminal.waitForScreen("Type note_idx to build this index:")
    try terminal.type("no\r")
    try terminal.waitForScreen("error: the answer was not \"note_idx\": nothing was changed")
    #expect(try !isThere)
  }

  @Test(arguments: ["\u{3}", "\u{4}"])
  func `a person who gives no answer is told only that nothing was changed`(key: String) throws {
    let terminal = try hypo.onTerminal(width: 100, height: 50)
    try terminal.waitForPrompt()
    try terminal.enter("hypo add orders(note)")
    try terminal.enter("promote as note_idx")
    try terminal.type(key)
    try terminal.waitForScreen("error: nothing was changed")
    #expect(!terminal.screen.text.contains("--yes"), "\(terminal.screen.text)")
    #expect(try !isThere)
  }

  @Test func `Ctrl-C cancels the build`() throws {
    let terminal = try waitingBuild()
    try terminal.type("\u{3}")
    try terminal.waitForScreen("dropping the invalid index")
    _ = try holder.query("ROLLBACK")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("error: change 1: "), "\(terminal.screen.text)")
    #expect(try !isThere)
  }

  @Test func `a terminal that is closed cancels the build, and the ledger has it`() throws {
    let terminal = try waitingBuild()
    terminal.hangUp()
    try database.wait(for: "query LIKE '%DROP INDEX%' AND state = 'active' AND pid <> pg_backend_pid()")
    _ = try holder.query("ROLLBACK")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(try !isThere)
    let changes = try hypo.run(commands: "changes").output
    #expect(changes.contains("| failed |") && changes.contains("note_idx"), "\(changes)")
  }
}
