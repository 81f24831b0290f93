import TestSupport
import Testing

@testable import Shell

/// `doctor`, every prerequisite.
@Suite struct DoctorCommandTests {
  @Test func `where nothing is missing it says so`() throws {
    let trial = try CommandTrial.onShop()
    let line = String(repeating: "-", count: TestServer.functions.count + 1)
    #expect(
      trial.screen(after: "doctor") == """
        check                    | outcome | finding
        -------------------------+---------+\(line)
        server version           | ok      | PostgreSQL VERSION
        shared_preload_libraries | ok      | pg_stat_statements is loaded
        pg_stat_statements       | ok      | version \(TestServer.statements)
        hypopg                   | ok      | version \(TestServer.hypopg)
        HypoPG's functions       | ok      | \(TestServer.functions)
        other roles' statements  | ok      | role "hypo" sees them
        pg_stat_statements.track | ok      | top
        direct connection        | ok      | no pooler is in between
        role                     | ok      | primary

        everything that hypo needs is there
        """)
    #expect(
      trial.screen(after: "doctor now") == """
        error: unexpected "now"
          doctor now
                 ^
        hint: usage: doctor
        """)
  }

  @Test func `a role that sees only its own statements is a warning`() throws {
    let line = String(repeating: "-", count: max(39, TestServer.functions.count) + 1)
    let trial = try CommandTrial.onShop(user: "shell_stranger")
    #expect(
      trial.screen(after: "doctor") == """
        check                    | outcome | finding
        -------------------------+---------+\(line)
        server version           | ok      | PostgreSQL VERSION
        shared_preload_libraries | ok      | pg_stat_statements is loaded
        pg_stat_statements       | ok      | version \(TestServer.statements)
        hypopg                   | ok      | version \(TestServer.hypopg)
        HypoPG's functions       | ok      | \(TestServer.functions)
        other roles' statements  | warning | role "shell_stranger" sees only its own
        pg_stat_statements.track | ok      | top
        direct connection        | ok      | no pooler is in between
        role                     | ok      | primary

        hint: other roles' statements: GRANT pg_monitor TO the role; scripts/roles.sql makes a role that has it
        everything that hypo needs is there, but see the warnings above
        """)
  }

  @Test func `a failed check is a failed command, and each has its fix`() throws {
    let trial = try CommandTrial(on: TestCluster.shared.database(.empty))
    #expect(
      trial.screen(after: "doctor") == """
        check                    | outcome | finding
        -------------------------+---------+-----------------------------------------------
        server version           | ok      | PostgreSQL VERSION
        shared_preload_libraries | ok      | pg_stat_statements is loaded
        pg_stat_statements       | FAILED  | available (\(TestServer.statements)), not installed in "DATABASE"
        hypopg                   | FAILED  | available (\(TestServer.hypopg)), not installed in "DATABASE"
        other roles' statements  | ok      | role "hypo" sees them
        pg_stat_statements.track | ok      | top
        direct connection        | ok      | no pooler is in between
        role                     | ok      | primary

        hint: pg_stat_statements: setup installs it
        hint: hypopg: setup installs it
        error: 2 of 8 checks failed
        """)
  }

  @Test func `without a server there is nothing to check`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "doctor") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }
}
