import IndexDesign
import TestSupport
import Testing

@testable import Shell

/// `setup`, the extensions that are missing.
@Suite struct SetupCommandTests {
  @Test func `where nothing is missing it says so`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "setup")
        == "nothing to install here; doctor says whether anything else is missing")
    #expect(
      trial.screen(after: "setup now") == """
        error: unexpected "now"
          setup now
                ^
        hint: usage: setup
        """)
  }

  @Test func `an extension that RDS does not allow is refused before anybody is asked`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("ALTER DATABASE \(database.name) SET rds.allowed_extensions = 'pg_stat_statements'")
    let trial = try CommandTrial(on: database)
    #expect(
      trial.lastLines(3, after: "setup", answering: "setup") == """
        error: rds.allowed_extensions does not allow hypopg
        hint: add hypopg to rds.allowed_extensions in the instance's parameter group, then setup
        exit status 6
        """)
    #expect(trial.questions == [])
  }

  @Test func `statements and reverse come before the question, and the changes after the answer`() throws {
    let trial = try CommandTrial(on: TestCluster.shared.database(.empty))
    #expect(
      trial.screen(after: "setup", answering: "no") == """
        Statements
          CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
          CREATE EXTENSION IF NOT EXISTS hypopg;

        Their reverse
          DROP EXTENSION IF EXISTS pg_stat_statements;
          DROP EXTENSION IF EXISTS hypopg;
        error: the answer was not "setup": nothing was changed
        exit status 6
        """)
    #expect(trial.questions == ["Type setup to install pg_stat_statements and hypopg: "])
    #expect(
      trial.screen(after: "setup") == """
        Statements
          CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
          CREATE EXTENSION IF NOT EXISTS hypopg;

        Their reverse
          DROP EXTENSION IF EXISTS pg_stat_statements;
          DROP EXTENSION IF EXISTS hypopg;
        error: nobody confirmed: nothing was changed
        hint: a script confirms with --yes
        exit status 6
        """)
    #expect(
      trial.screen(after: "setup", answering: "setup") == """
        Statements
          CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
          CREATE EXTENSION IF NOT EXISTS hypopg;

        Their reverse
          DROP EXTENSION IF EXISTS pg_stat_statements;
          DROP EXTENSION IF EXISTS hypopg;
        pg_stat_statements: the extension was installed (version \(TestServer.statements)), change 1
        hypopg: the extension was installed (version \(TestServer.hypopg)), change 2
        hint: doctor says whether anything else is missing
        """)
    #expect(trial.questions == ["Type setup to install pg_stat_statements and hypopg: "])
    #expect(
      trial.screen(after: "setup")
        == "nothing to install here; doctor says whether anything else is missing")
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state  | database | index              | ticket | statement
        ---------+---------+--------+----------+--------------------+--------+--------------------------------------------------
        change 2 | ~       | set up | DATABASE | hypopg             | –      | CREATE EXTENSION IF NOT EXISTS hypopg
        change 1 | ~       | set up | DATABASE | pg_stat_statements | –      | CREATE EXTENSION IF NOT EXISTS pg_stat_statements
        """)
    #expect(
      trial.screen(after: "show change 1") == """
        change    change 1
        state     set up
        started   ~
        finished  ~
        server    HOST:PORT  PostgreSQL VERSION
        database  DATABASE
        role      hypo
        by        WHO  hypo VERSION
        ticket    –
        index     "".pg_stat_statements
        took      ~
        outcome   the extension was installed (version \(TestServer.statements))

        Statement
          CREATE EXTENSION IF NOT EXISTS pg_stat_statements;

        Its reverse
          DROP EXTENSION IF EXISTS pg_stat_statements;
        """)
    #expect(
      trial.screen(after: "rollback change 1") == """
        error: change 1 installed an extension, which hypo does not drop
        hint: its reverse, for psql: DROP EXTENSION IF EXISTS pg_stat_statements;
        exit status 6
        """)
    #expect(
      trial.screen(after: "rollback") == """
        error: no change of this session is left to roll back
        hint: changes lists what the ledger holds; rollback; with a semicolon ends a transaction
        """)
  }

  @Test func `what was installed before a failure is told`() throws {
    let trial = try CommandTrial(on: TestCluster.shared.database(.empty))
    trial.saysYes = true
    try trial.database?.script("CREATE FUNCTION public.hypopg_reset() RETURNS void LANGUAGE sql AS ''")
    #expect(
      trial.lastLines(3, after: "setup") == """
        pg_stat_statements: the extension was installed (version \(TestServer.statements)), change 1
        error: change 2: failed: function "hypopg_reset" already exists with same argument types (42723)
        hint: show change 2 tells all that was recorded
        """)
  }

  @Test func `a target whose policy refuses changes is not set up`() throws {
    let database = try TestCluster.shared.database(.empty)
    let trial = try CommandTrial(
      on: database,
      targets: [
        Target(name: "live", conninfo: database.conninfo, policy: TargetPolicy(allowsChanges: false))
      ])
    trial.saysYes = true
    #expect(
      trial.screen(after: "setup") == """
        error: the policy of "live" refuses changes
        hint: promote = allow in its section of the configuration would allow them
        exit status 6
        """)
  }
}
