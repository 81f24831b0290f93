import Foundation
import Postgres
import TestSupport
import Testing

/// No connection, each time the whole message and status 2.
@Suite struct ConnectionFailureTests {
  private func failure(_ reason: String, _ hint: String) -> HypoProcess.Run {
    .init(errors: "error: could not connect: \(reason)\nhint: \(hint)\n", status: 2)
  }

  private let checkServer =
    "check host, port and that the server runs; connect sandbox starts a private one to try things on"

  @Test func `a server that does not run is told`() throws {
    let hypo = try HypoProcess()
    #expect(
      try hypo.run(commands: "status")
        == failure(
          "connection to server on socket \"\(hypo.folder.path)/.s.PGSQL.5432\" failed: No such file or directory",
          checkServer))
    #expect(
      try hypo.run(["host=127.0.0.1 port=1", "-c", "status"])
        == failure("connection to server at \"127.0.0.1\", port 1 failed: Connection refused", checkServer))
  }

  @Test func `a target that was named is tried before anything runs`() throws {
    #expect(try HypoProcess().run(["host=127.0.0.1 port=1", "-c", "help"]).output == "")
    #expect(try HypoProcess().run(commands: "set format").output == "format  aligned\n")
  }

  @Test func `an unknown database and an unknown role are told`() throws {
    let hypo = try Shop.hypo()
    let server =
      "connection to server on socket \"\(hypo.environment["PGHOST"] ?? "")/.s.PGSQL.\(hypo.environment["PGPORT"] ?? "")\" failed: FATAL:  "
    let noDatabase = failure(
      server + "database \"nosuch\" does not exist",
      "a bare TARGET is the name of a database; psql -l lists those that exist")
    #expect(try hypo.run(["nosuch", "-c", "status"]) == noDatabase)
    #expect(try hypo.run(commands: "connect nosuch;") == noDatabase)
    #expect(
      try hypo.run(["user=shell_nobody", "-c", "status"])
        == failure(
          server + "role \"shell_nobody\" does not exist", "name another role: PGUSER, or connect 'user=…'"))
  }

  @Test(
    arguments: [
      ("foo=bar", "invalid connection option \"foo\""),
      ("host", "x"),
    ].prefix(1))
  func `a target that libpq cannot read is told`(target: String, reason: String) throws {
    #expect(
      try HypoProcess().run([target, "-c", "status"])
        == failure(reason, "TARGET is a database name, a conninfo string, a URI, service=NAME, or sandbox"))
  }

  /// Makes the shared server ask one role, and no other, for its password.
  private static let guarded = Result {
    let database = try Shop.database()
    // Up to PostgreSQL 13 it would be md5.
    try database.script(
      "SET password_encryption = 'scram-sha-256'; CREATE ROLE shell_guarded LOGIN PASSWORD 'correct horse'")
    let path = try database.execute("SHOW hba_file").value ?? ""
    let rules = try String(contentsOfFile: path, encoding: .utf8)
    try ("local all shell_guarded scram-sha-256\n" + rules).write(
      toFile: path, atomically: false, encoding: .utf8)
    try database.execute("SELECT pg_reload_conf()")
    // The server reads the rules when it gets to it.
    try Patience.wait(for: "the new pg_hba.conf") {
      (try? database.connect(user: "shell_guarded")) == nil
    }
  }

  @Test func `a wrong password is told and never shown`() throws {
    try Self.guarded.get()
    var hypo = try Shop.hypo(user: "shell_guarded")
    hypo.environment["PGPASSWORD"] = "battery staple"
    let run = try hypo.run(commands: "status")
    #expect(
      run.errors.hasSuffix(
        """
        failed: FATAL:  password authentication failed for user "shell_guarded"
        hint: check the user and the password: PGUSER, ~/.pgpass, or connect 'host=… user=…'

        """), "\(run.errors)")
    #expect(run.status == 2 && !run.errors.contains("staple"))
    hypo.environment["PGPASSWORD"] = "correct horse"
    #expect(try hypo.run(commands: "select 1 as one;") == .init(output: CommandLineTests.one))
  }

  @Test func `a password is asked for in a terminal and not shown`() throws {
    try Self.guarded.get()
    let terminal = try Shop.hypo(user: "shell_guarded").onTerminal(["-c", "select 1 as one;"])
    try terminal.waitForOutput("Password: ")
    try terminal.type("correct horse\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.screen.text.hasSuffix("one\n---\n  1\n\n(1 row)"), "\(terminal.screen.text)")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("horse"))
  }
}
