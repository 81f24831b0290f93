import Foundation
import Postgres
import Programs
import Reports
import TestSupport
import Testing

@testable import Shell

/// Describing commands, which the real psql runs.
@Suite struct PsqlHandoverTests {
  /// hypo with a psql that only tells how it was called.
  private func hypo(withPsql script: String) throws -> HypoProcess {
    var hypo = try Shop.hypo()
    try hypo.folder.writeProgram(script, to: "psql")
    hypo.environment["PATH"] = "\(hypo.folder.path):/usr/bin:/bin"
    return hypo
  }

  private static let tell = """
    for word in "$@"; do printf '[%s]\\n' "$word"; done
    env | grep '^PG\\|^PSQL' | sort
    """

  @Test(arguments: [(9, 3), (2, 130)])
  func `a psql that a signal ends is told with it`(signal: Int, status: Int32) throws {
    #expect(
      try hypo(withPsql: "kill -\(signal) $$").run(commands: "\\d")
        == .init(errors: "error: psql was ended by signal \(signal)\n", status: status))
  }

  @Test func `psql gets the line as one argument and the connection in its environment`() throws {
    let hypo = try hypo(withPsql: Self.tell)
    let database = try Shop.database()
    let password = "host=\(database.parameters["host"] ?? "") password='open sesame' keepalives_idle=7"
    let run = try hypo.run([
      "-c", "set search_path = 'Order Lines', public;", "-c", "\\x", "-c", "\\d  \"a  b\" $HOME;",
      password + " dbname=\(database.name) port=\(database.parameters["port"] ?? "") user=hypo",
    ])
    let zone = try #require(run.output.firstMatch(of: /'TimeZone', '([^']*)'/)?.1)
    #expect(run.errors == "")
    #expect(
      run.output.replacing(/PGPASSFILE=.*/, with: "PGPASSFILE=~").replacing(
        /\nPG(GSS|SSL|KRB|TARGET|CHANNEL|MIN|MAX|REQUIRE|COMPRESSION)[^\n]*/, with: "")
          == """
          SET
          expanded  on
          [--no-psqlrc]
          [--no-password]
          [--set=ON_ERROR_STOP=1]
          [--pset=expanded=on]
          [--command=\\o /dev/null]
          [--command=BEGIN READ ONLY; SELECT /* hypo:own */ pg_catalog.set_config('statement_timeout', '60s', true), \
          pg_catalog.set_config('lock_timeout', '5s', true), \
          pg_catalog.set_config('idle_in_transaction_session_timeout', '10min', true), \
          pg_catalog.set_config('DateStyle', 'ISO, MDY', true), \
          pg_catalog.set_config('IntervalStyle', 'postgres', true), \
          pg_catalog.set_config('TimeZone', '\(zone)', true), \
          pg_catalog.set_config('search_path', '"Order Lines", public', true)]
          [--command=\\o]
          [--command=\\d  "a  b" $HOME;]
          PGAPPNAME=hypo
          PGCLIENTENCODING=UTF8
          PGDATABASE=\(database.name)
          PGHOST=\(database.parameters["host"] ?? "")
          PGPASSFILE=~
          PGPORT=\(database.parameters["port"] ?? "")
          PGUSER=hypo
          PSQL_PAGER=less -SRFX

          """)
  }

  @Test func `a password reaches psql in a file of its own that is gone afterwards`() throws {
    let hypo = try hypo(
      withPsql: "env | grep -c sesame; stat -c %a \"$PGPASSFILE\"; echo \"$PGPASSFILE\"; cat \"$PGPASSFILE\"")
    let run = try hypo.run([
      "-c", "\\l", Shop.database().conninfo(user: "hypo") + " password='open:se\\\\same'",
    ])
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4 && run.errors == "", "\(run)")
    #expect(lines.prefix(2) == ["0", "600"])
    #expect(lines.last == "*:*:*:*:open\\:se\\\\same")
    #expect(!FileManager.default.fileExists(atPath: lines[2]))
  }

  @Test func `a password of the command line is hidden from ps`() throws {
    let hypo = try hypo(withPsql: "tr '\\0' '\\n' </proc/$PPID/cmdline")
    let database = try Shop.database()
    let place = "?host=\(database.parameters["host"] ?? "")&port=\(database.parameters["port"] ?? "")"
    let target = "postgresql://hypo:open%20sesame@/\(database.name)\(place)"
    let run = try hypo.run(["--no-rc", "-c", "\\l", target])
    #expect(
      run.output.split(separator: "\n").dropFirst()
        == ["--no-rc", "-c", "\\l", Substring(String(repeating: "x", count: target.utf8.count))])
    #expect(run.errors == "")
  }

  @Test(arguments: [
    ("off", true, "less -SRFX"), ("on", false, "less -SRFX"), ("more -d", false, "more -d"),
  ])
  func `the pager that was set is psql's too`(setting: String, isOff: Bool, pager: String) throws {
    let run = try hypo(withPsql: Self.tell).run(commands: "set pager \(setting)", "\\l")
    #expect(run.output.contains("[--pset=pager=off]\n") == isOff)
    #expect(run.output.contains("\nPSQL_PAGER=\(pager)\n"), "\(run.output)")
  }

  @Test func `a service does not overrule what was typed`() throws {
    var hypo = try hypo(withPsql: Self.tell)
    let database = try Shop.database()
    try hypo.folder.write("[shop]\nhost=/nowhere\nport=1\ndbname=none\nuser=hypo\n", to: "services")
    hypo.environment["PGSERVICEFILE"] = "\(hypo.folder.path)/services"
    let run = try hypo.run([
      "-c", "\\l",
      "service=shop host=\(database.parameters["host"] ?? "") port=\(database.parameters["port"] ?? "") "
        + "dbname=\(database.name)",
    ])
    #expect(run.errors == "")
    let lines = run.output.split(separator: "\n")
    #expect(!lines.contains { $0.hasPrefix("PGSERVICE") })
    #expect(lines.contains("PGHOST=\(database.parameters["host"] ?? "")"))
    #expect(lines.contains("PGPORT=\(database.parameters["port"] ?? "")"))
    #expect(lines.contains("PGDATABASE=\(database.name)"))
  }

  @Test func `a table is described`() throws {
    let run = try Shop.hypo().run(commands: "\\d products")
    #expect(
      run
        == .init(
          output: """
                              Table "public.products"
              Column  |     Type      | Collation | Nullable | Default\u{20}
            ----------+---------------+-----------+----------+---------
             id       | integer       |           | not null |\u{20}
             sku      | text          |           | not null |\u{20}
             name     | text          |           | not null |\u{20}
             category | text          |           | not null |\u{20}
             price    | numeric(10,2) |           | not null |\u{20}
             stock    | integer       |           | not null |\u{20}
            Indexes:
                "products_pkey" PRIMARY KEY, btree (id)
                "products_sku_key" UNIQUE CONSTRAINT, btree (sku)
            Referenced by:
                TABLE "order_lines" CONSTRAINT "order_lines_product_id_fkey" FOREIGN KEY (product_id) REFERENCES products(id)


            """))
  }

  @Test func `the search path of the session holds`() throws {
    let run = try Shop.hypo().run(commands: "set search_path = pg_catalog;", "\\d orders")
    #expect(
      run
        == .init(
          output: "SET\n",
          errors: """
            error: psql: Did not find any relation named "orders"
            hint: did you mean "public.orders"?

            """, status: 3))
  }

  @Test func `expanded rows are handed on`() throws {
    let owner = try #require(
      try Shop.database().execute("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'public'").value
    )
    let line = String(repeating: "-", count: max(owner.count, 6) - 5)
    #expect(
      try Shop.hypo().run(commands: "\\x", "\\dn public").output == """
        expanded  on
        List of schemas
        -[ RECORD 1 ]\(line)
        Name  | public
        Owner | \(owner)


        """)
  }

  @Test func `it works behind a pooler and leaves nothing there`() throws {
    let database = try TestCluster.shared.database(.orders)
    let pooler = try TestPooler()
    let run = try HypoProcess().run([
      "-c", "\\dt ord*", "-c", "show default_transaction_read_only;", "-c", "show statement_timeout;",
      pooler.conninfo(database: database.name),
    ])
    #expect(run.errors == "")
    #expect(run.output.contains("public | order_lines | table | hypo"), "\(run)")
  }

  @Test func `without psql it is said how to get it`() {
    #expect(
      PsqlHandover.missing(
        ProgramError(.notFound, "could not find the program \"psql\"", detail: "searched /"))
        == Failure(
          .ownFailure, "could not find the program \"psql\"", detail: "searched /",
          hint: "install it: apt-get install postgresql-client; describing commands are psql's"))
  }

  @Test func `a psql that is older than the server gives way to a newer one`() throws {
    let hypo = try hypo(withPsql: "echo 'psql (PostgreSQL) 9.6.24'")
    let run = try hypo.run(commands: "\\d products")
    #expect(run.output.contains("Table \"public.products\""), "\(run)")
    #expect(run.errors == "")
  }

  @Test func `a psql outside of PATH is found`() throws {
    var hypo = try Shop.hypo()
    hypo.environment["PATH"] = hypo.folder.path
    let run = try hypo.run(commands: "\\d products")
    #expect(run.output.contains("Table \"public.products\""), "\(run)")
  }

  @Test func `without a connection psql is not started`() throws {
    let run = try hypo(withPsql: "echo started").run([
      "-c", "disconnect", "-c", "\\h select", Shop.database().name,
    ])
    #expect(run.output == "disconnected\n")
    #expect(run.errors.hasPrefix("error: there is no connection\n"))
  }

  @Test(arguments: ["\\d `touch pwned`", "\\d x \\! touch pwned", "\\d \\\\ \\! touch pwned"])
  func `nothing is run from a line`(line: String) throws {
    let hypo = try Shop.hypo()
    #expect(try hypo.run(commands: line).status == 3)
    #expect(!FileManager.default.fileExists(atPath: "\(hypo.folder.path)/pwned"))
  }

  @Test func `backticks in double quotes are a name for psql too`() throws {
    let hypo = try Shop.hypo()
    let run = try hypo.run(commands: "\\d \"`touch pwned`\"")
    #expect(run.errors == "error: psql: Did not find any relation named \"\"`touch pwned`\"\"\n")
    #expect(!FileManager.default.fileExists(atPath: "\(hypo.folder.path)/pwned"))
  }

  @Test func `a pager shows what does not fit, and Ctrl-C there does not end hypo`() throws {
    var hypo = try Shop.hypo()
    hypo.environment["PAGER"] = try hypo.folder.writeProgram(
      "cat >/dev/null; trap 'echo caught' INT; echo paging; until read line </dev/tty; do :; done",
      to: "pager")
    let terminal = try hypo.onTerminal(height: 10)
    try terminal.waitForPrompt()
    try terminal.type("\\d products\r")
    try terminal.waitForScreen("paging")
    try terminal.type("\u{3}")
    try terminal.waitForScreen("caught")
    try terminal.enter("")
    try terminal.enter("select 42 as answer;")
    #expect(terminal.screen.rows.contains("answer"), "\(terminal.screen.text)")
  }
}
