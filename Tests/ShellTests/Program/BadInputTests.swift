import Postgres
import TestSupport
import Testing

/// What a person is told when a command is wrong: each time the whole message.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var commands: [String]
    var errors: String
    var status: Int32 = 3
    var user: String?
    var testDescription: String { commands.joined(separator: " / ") }

    init(_ commands: String..., user: String? = nil, status: Int32 = 3, errors: String) {
      self.commands = commands
      self.errors = errors
      self.status = status
      self.user = user
    }
  }

  private static let predicates = """
    hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", \
    plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
    """
  private static let shortForm = """
    hint: write TABLE(KEY [desc], …) [using METHOD] [include (COLUMN, …)] [where CONDITION] \
    [with (NAME = VALUE)] [unique] [as NAME]
    """

  static let cases: [Case] = [
    // Commands and handles
    Case("sttus", errors: "error: unknown command \"sttus\"\n  sttus\n  ^\nhint: did you mean \"status\"?"),
    Case(
      "hypo ad orders(id)",
      errors:
        "error: unknown command \"hypo ad\"\n  hypo ad orders(id)\n       ^\nhint: did you mean \"hypo add\"?"
    ),
    Case(
      "explain @7",
      errors: """
        error: there is no query @7
          explain @7
                  ^
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """),
    Case(
      "query q = select 1;", "explain @p",
      errors: "error: there is no query @p\n  explain @p\n          ^\nhint: queries: @q"),
    Case(
      "hypo drop %9",
      errors: "error: there is no design %9\n  hypo drop %9\n            ^\nhint: hypo add makes one"),
    Case(
      "hypo add orders(customer_id)", "hypo drop %2",
      errors: "error: there is no design %2\n  hypo drop %2\n            ^\nhint: designs: %1"),
    Case(
      "explain @q!",
      errors: "error: \"@q!\" is no query handle\n  explain @q!\n          ^\nhint: query lists them"),
    Case(
      "diff",
      errors:
        "error: there is no query yet\nhint: top gives numbers to queries, query NAME = SQL; gives a name"),
    Case(
      "explain select 1;", "diff",
      errors: """
        error: no design is active, so there is nothing to compare
        hint: hypo add TABLE(COLUMNS) makes one
        """),
    Case(
      "status now", errors: "error: unexpected \"now\"\n  status now\n         ^\nhint: usage: status"),
    // Names of the server
    Case(
      "hypo add ordrs(customer_id)",
      errors: """
        error: could not create hypothetical index on "ordrs": relation "ordrs" does not exist (42P01)
          hypo add ordrs(customer_id)
                   ^
        hint: did you mean "orders"?
        """),
    Case(
      "select * from ordrs;",
      errors: """
        error: relation "ordrs" does not exist (42P01)
          select * from ordrs;
                        ^
        hint: did you mean "orders"?
        """),
    Case(
      "explain select *\n  from public.ordrs, orders;",
      errors: """
        error: relation "public.ordrs" does not exist (42P01)
            from public.ordrs, orders;
                 ^
        hint: did you mean "public.orders"?
        """),
    Case(
      "top 3 on ordrs",
      errors: """
        error: relation "ordrs" does not exist (42P01)
          top 3 on ordrs
                   ^
        hint: did you mean "orders"?
        """),
    Case(
      "hypo add orders(custmer_id, created_at desc)",
      errors: """
        error: could not create hypothetical index on "orders": column "custmer_id" of table "orders" does not exist \
        (42703)
          hypo add orders(custmer_id, created_at desc)
                          ^
        hint: did you mean "customer_id"?
        """),
    Case(
      "hypo add orders(status) where statu <> 'new'",
      errors: """
        error: could not create hypothetical index on "orders": column "statu" does not exist (42703)
          hypo add orders(status) where statu <> 'new'
                                        ^
        hint: did you mean "status"?
        """),
    Case(
      "hypo add orders(lower(xyzzy))",
      errors: """
        error: could not create hypothetical index on "orders": column "xyzzy" does not exist (42703)
          hypo add orders(lower(xyzzy))
                                ^
        hint: columns: id, customer_id, status, total, note, created_at
        """),
    Case(
      "hypo add orders(note text_pattern_op)",
      errors: """
        error: could not create hypothetical index on "orders": operator class "text_pattern_op" does not exist for \
        access method "btree" (42704)
          hypo add orders(note text_pattern_op)
                               ^
        hint: did you mean "text_pattern_ops"?
        """),
    Case(
      "hypo add orders(id) using btre",
      errors: """
        error: could not create hypothetical index on "orders": access method "btre" does not exist (42704)
          hypo add orders(id) using btre
                                    ^
        hint: did you mean "btree"?
        """),
    Case(
      "hypo add order_view(id)",
      errors: """
        error: could not create hypothetical index on "order_view": "order_view" is a view, which cannot carry an \
        index (42809)
          hypo add order_view(id)
                   ^
        hint: name the table that it reads
        """),
    Case(
      "hypo add far_orders(id)",
      errors: """
        error: could not create hypothetical index on "far_orders": "far_orders" is a foreign table, which cannot \
        carry an index (42809)
          hypo add far_orders(id)
                   ^
        hint: name the table that it reads
        """),
    // Syntax
    Case(
      "select 1 frm orders whre;",
      errors:
        "error: syntax error at or near \"orders\" (42601)\n  select 1 frm orders whre;\n               ^"),
    Case(
      "select 表,\n\t1 frm orders whre;",
      errors: "error: syntax error at or near \"orders\" (42601)\n   1 frm orders whre;\n         ^"),
    Case(
      "explain selec 1;",
      errors: "error: syntax error at or near \"selec\"\n  explain selec 1;\n          ^\n"
        + "hint: usage: explain [@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]"),
    Case(
      "select 'abc", errors: "error: unterminated quoted string\n  select 'abc\n         ^\nhint: close it"),
    Case(
      "hypo add orders using gin note",
      errors: """
        error: syntax error at or near "note": "(" is expected
          hypo add orders using gin note
                                    ^
        \(shortForm)
        """),
    Case(
      "hypo add orders(id, status",
      errors: """
        error: this parenthesis is not closed
          hypo add orders(id, status
                         ^
        \(shortForm)
        """),
    // Two statements where one is meant
    Case(
      "select 1; select 2;",
      errors: """
        error: a second statement is not allowed on one line
          select 1; select 2;
                    ^
        hint: give one statement at a time
        """),
    Case(
      "explain select 1; select 2;",
      errors: """
        error: a second statement is not allowed
          explain select 1; select 2;
                            ^
        hint: give one statement at a time; only with (VALUE, …) or generic can follow the ;
        """),
    Case(
      "hypo add create index on orders (id); drop table orders;",
      errors: """
        error: only one index definition is taken at a time
          hypo add create index on orders (id); drop table orders;
                                                ^
        hint: leave out what follows the ";"
        """),
    Case(
      "query q = select 1; select 2;",
      errors: """
        error: a second statement is not allowed
          query q = select 1; select 2;
                              ^
        hint: give one statement at a time
        """),
    Case(
      "query q =;",
      errors: """
        error: there is no statement after the =
          query q =;
                   ^
        hint: usage: query [NAME = SQL;]
        """),
    // Privileges
    Case(
      "explain select * from orders;", user: "shell_stranger",
      errors: """
        error: permission denied for table orders (42501)
        hint: a statement is planned with the role's own rights: GRANT SELECT ON the table TO the role
        """),
    Case(
      "select * from orders;", user: "shell_stranger",
      errors: """
        error: permission denied for table orders (42501)
        hint: a statement is planned with the role's own rights: GRANT SELECT ON the table TO the role
        """),
    // explain
    Case(
      "explain analyze select 1;", status: 6,
      errors: """
        error: explain never executes a statement, so it does not take ANALYZE
          explain analyze select 1;
                  ^
        detail: Even as "analyze off" the word makes HypoPG leave the hypothetical indexes out.
        hint: leave ANALYZE out; real times are for psql, where the statement may run
        """),
    Case(
      "explain (verbose, analyze off) select 1;", status: 6,
      errors: """
        error: explain never executes a statement, so it does not take ANALYZE
          explain (verbose, analyze off) select 1;
                            ^
        detail: Even as "analyze off" the word makes HypoPG leave the hypothetical indexes out.
        hint: leave ANALYZE out; real times are for psql, where the statement may run
        """),
    Case(
      "explain select * from orders where id = $1; with (1, 2)",
      errors:
        "error: the statement has the parameter $1, but 2 values are given\nhint: write with (value of $1)"),
    Case(
      "query q = select * from orders where id = $1 and total > $2;", "explain @q with (1)",
      errors: """
        error: the statement has the parameters $1, $2, but 1 value is given
        hint: write with (value of $1, value of $2)
        """),
    Case(
      "explain select * from orders where id = $1; with (abc)",
      errors: """
        error: a value must be a constant, and this is a column
          explain select * from orders where id = $1; with (abc)
                                                            ^
        hint: a string needs single quotes: 'abc'
        """),
    Case(
      "begin;", "select 1/0;",
      errors: "error: division by zero (22012)"),
    // set, help, top, expect
    Case(
      "set fromat json",
      errors: "error: unknown setting \"fromat\"\n  set fromat json\n      ^\nhint: did you mean \"format\"?"),
    Case(
      "set format xml",
      errors:
        "error: format cannot be \"xml\"\n  set format xml\n             ^\nhint: one of: aligned, expanded, json, csv, markdown, html"
    ),
    Case(
      "help explian",
      errors:
        "error: there is no help on \"explian\"\n  help explian\n       ^\nhint: did you mean \"help explain\"?"
    ),
    Case(
      "help xyzzy",
      errors: "error: there is no help on \"xyzzy\"\n  help xyzzy\n       ^\nhint: help lists the commands"),
    Case(
      "top 0",
      errors:
        "error: the number of statements must be a whole number above 0\n  top 0\n      ^\nhint: for example 5"
    ),
    Case(
      "top by cals",
      errors: "error: unexpected \"cals\"\n  top by cals\n         ^\nhint: did you mean \"calls\"?"),
    Case(
      "expect luck", errors: "error: \"luck\" is no predicate\n  expect luck\n         ^\n\(predicates)"),
    Case(
      "help notbooks",
      errors:
        "error: there is no help on \"notbooks\"\n  help notbooks\n       ^\nhint: did you mean \"help notebooks\"?"
    ),
    Case(
      "top 5 onn orders",
      errors: "error: unexpected \"onn\"\n  top 5 onn orders\n        ^\nhint: did you mean \"on\"?"),
    Case(
      "select custom from orders;",
      errors: """
        error: column "custom" does not exist (42703)
          select custom from orders;
                 ^
        hint: did you mean "customer_id"?
        """),
    Case(
      "explain select o.noet from orders o;",
      errors: """
        error: column o.noet does not exist (42703)
          explain select o.noet from orders o;
                         ^
        hint: Perhaps you meant to reference the column "o.note".
        """),
    Case(
      "\\! ls",
      errors: """
        error: cannot run \\!: hypo runs no shell
          \\! ls
          ^
        hint: use another terminal, or Ctrl-Z and fg
        """),
  ]

  @Test(arguments: cases) func `a wrong command is told with its place and a next step`(case: Case) throws {
    let run = try Shop.hypo(user: `case`.user).run(`case`.commands.flatMap { ["-c", $0] })
    #expect(run.errors == `case`.errors + "\n")
    #expect(run.status == `case`.status)
  }

  @Test func `a failed transaction says how it ends`() throws {
    let aborted = "current transaction is aborted, commands ignored until end of transaction block"
    let run = try Shop.hypo().run(
      [], input: "begin;\nselect 1/0;\nexpect error 22012\nselect 1;\nexpect error 25P02\nexplain select 1;")
    #expect(
      run
        == .init(
          output: "BEGIN\nok  error 22012  (division by zero)\nok  error 25P02  (\(aborted))\n",
          errors:
            "standard input:6: error: \(aborted) (25P02)\nhint: end the failed transaction: rollback;\n",
          status: 3))
  }

  @Test func `an access method that cannot be hypothetical is kept as a proposal`() throws {
    #expect(
      try Shop.hypo().run(commands: "hypo add orders(note) using gin", "hypo list")
        == .init(
          output: """
            design      %1
            definition  public.orders(note) using gin
            state       proposed

            warning: an index with access method "gin" cannot be hypothetical: HypoPG knows btree, hash, brin and bloom
            hint: promote %1 can still build it; its plan cannot be foreseen
            design | state    | estimated size | name | definition
            -------+----------+----------------+------+------------------------------
            %1     | proposed |              – | –    | public.orders(note) using gin

            """))
  }

  @Test(arguments: [
    ("hypo add pg_class(relname)", "could not create hypothetical index on \"pg_class\": HypoPG"),
    ("hypo reset", "HypoPG"), ("top 5", "pg_stat_statements"),
  ])
  func `an extension that is missing is told with what installs it`(command: String, what: String) throws {
    let database = try TestCluster.shared.database(.empty)
    #expect(
      try HypoProcess(database).run(commands: command)
        == .init(
          errors: """
            error: \(what) is not installed in database "\(database.name)"
            hint: doctor says what is missing, setup installs it

            """, status: 3))
  }
}
