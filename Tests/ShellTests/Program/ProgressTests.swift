import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// What is told of waits that take long.
@Suite struct ProgressTests {
  /// How many seconds the screen says that a command waits for the server; a busy machine may skip one.
  private static func seconds(_ command: String, _ screen: TerminalScreen) -> Int? {
    let waiting = "\(command): waiting for the server (Ctrl-C cancels)  "
    guard let row = screen.rows.first(where: { $0.hasPrefix(waiting) }) else { return nil }
    return Int(row.dropFirst(waiting.count).prefix { $0.isNumber })
  }

  @Test func `a wait for the server is told after a second and goes with the result`() throws {
    let database = try TestCluster.shared.database(.extensions)
    let terminal = try HypoProcess(database).onTerminal(height: 12)
    try terminal.waitForPrompt()
    let before = terminal.screen.text
    try terminal.type("select pg_sleep(60);\r")
    try terminal.waitForScreen("the first second") { (Self.seconds("select", $0) ?? 0) >= 1 }
    try terminal.waitForScreen("the next second") { (Self.seconds("select", $0) ?? 0) >= 2 }
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("  0 s"))
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    #expect(
      terminal.screen.text == before + " select pg_sleep(60);\n^C"
        + "error: canceling statement due to user request (57014)\nhypo \(database.name)>"
        || terminal.screen.text == before + " select pg_sleep(60);\n"
          + "error: canceling statement due to user request (57014)\nhypo \(database.name)>",
      "\(terminal.screen.text)")
  }

  @Test func `a command of hypo that waits is named`() throws {
    let database = try TestCluster.shared.database(.orders)
    let holder = try database.connect()
    _ = try holder.script("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
    let terminal = try HypoProcess(database).onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("set lock_timeout = '2min';")
    try terminal.type("explain select * from orders;\r")
    try terminal.waitForScreen("explain: waiting for the server (Ctrl-C cancels)")
    _ = try holder.query("ROLLBACK")
    try terminal.waitForPrompt()
    #expect(!terminal.screen.text.contains("waiting for the server"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("Seq Scan on"), "\(terminal.screen.text)")
  }

  @Test func `a server that does not answer is told`() throws {
    let hypo = try HypoProcess()
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("\(hypo.folder.path)/.s.PGSQL.5432".utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0 && listen(listener, 5) == 0)
    let terminal = try hypo.onTerminal()
    try terminal.waitForScreen("the first second") { (Self.seconds("connect", $0) ?? 0) >= 1 }
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("error: could not connect: the connection attempt was cancelled"))
    #expect(!terminal.screen.text.contains("waiting for the server"), "\(terminal.screen.text)")
  }

  @Test func `nothing is told on a dumb terminal and in a pipe`() throws {
    var hypo = try Shop.hypo()
    #expect(try hypo.run(commands: "select 1 as one from pg_sleep(1.3);").errors == "")
    hypo.environment["TERM"] = "dumb"
    let terminal = try hypo.onTerminal(["-c", "select 1 as one from pg_sleep(1.3);"])
    _ = try terminal.waitForExit()
    #expect(terminal.screen.text == "one\n---\n  1\n\n(1 row)", "\(terminal.screen.text)")
  }
}
