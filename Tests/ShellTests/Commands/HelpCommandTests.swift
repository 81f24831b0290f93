import Testing

@testable import Shell

/// `help`, of a command, of commands that begin alike, of a topic.
@Suite struct HelpCommandTests {
  @Test func `it finds a command, its family, or the nearest name`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "help nosuch") == """
        error: there is no help on "nosuch"
          help nosuch
               ^
        hint: help lists the commands
        """)
    #expect(
      trial.screen(after: "help hypo ad") == """
        error: there is no help on "hypo ad"
          help hypo ad
               ^
        hint: did you mean "help hypo add"?
        """)
    #expect(
      trial.screen(after: "help hypo") == """
        hypo
        hypo add TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] [as NAME] | create [unique] index DEFINITION; | %n  let the planner see an index that does not exist
        hypo list                                                                                                                                                      the designs of this session
        hypo drop %n … | all                                                                                                                                           take designs from the planner's sight
        hypo reset                                                                                                                                                     remove every hypothetical index of this session
        hypo on                                                                                                                                                        let the planner see the hypothetical indexes again
        hypo off                                                                                                                                                       hide the hypothetical indexes from the planner
        """)
    #expect(
      trial.screen(after: "help hypo;") == """
        hypo
        hypo add TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] [as NAME] | create [unique] index DEFINITION; | %n  let the planner see an index that does not exist
        hypo list                                                                                                                                                      the designs of this session
        hypo drop %n … | all                                                                                                                                           take designs from the planner's sight
        hypo reset                                                                                                                                                     remove every hypothetical index of this session
        hypo on                                                                                                                                                        let the planner see the hypothetical indexes again
        hypo off                                                                                                                                                       hide the hypothetical indexes from the planner
        """)
    #expect(
      trial.screen(after: "help Top") == """
        the statements that cost most, from pg_stat_statements
          top [N] [by total|mean|calls|rows|reads|writes|temp|wal] [on TABLE]

        Ranks the statements of this database that have a plan, by default 10 of them by total time: those too that run one, as DECLARE, FETCH, PREPARE, COPY (QUERY), CREATE TABLE AS and REFRESH MATERIALIZED VIEW do. Left out are hypo's own, others without a plan, such as COMMIT and ANALYZE, and those that read only tables named with the schema pg_catalog, as psql's \\d does; it says how many these are, and their share of the time. What EXPLAIN only plans is no call, and a cursor's time is in its FETCH. SQL that you type in hypo counts as yours. on TABLE takes the statements that name the table, its parents, partitions or views, or call a function whose body does; a body that is not SQL is searched for the name, and what triggers and dynamic SQL reach is not known. Each gets a handle @n, the same one every time. reads and writes count shared blocks, temp counts blocks of temporary files, wal counts bytes of write-ahead log. The share is of all statements of the database but hypo's own.

        Examples
          top 5
          top 3 by mean
          top by calls on orders
        """)
    #expect(
      trial.screen(after: "help expect") == """
        a statement that must hold; a script ends when it does not
          expect PREDICATE

        Predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n|NAME, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE (and <= > >= = <>) with the values of let. The plan is asked for anew. drops compares with the plan without the active designs or, when none is active, with the first plan of the query in this session. no regression means: no query with a handle costs more or has a worse join with the active designs, and all of them were planned; allowing N unplanned after it lets so many be left out. error CODE is about the command before it.

        Examples
          expect cost @1 < 100000000
          expect role primary
        """)
    #expect(
      trial.screen(after: "help nope now") == """
        error: there is no help on "nope now"
          help nope now
               ^
        hint: help lists the commands
        """)
  }

  @Test func `the list ends with what to try first`() throws {
    #expect(
      try CommandTrial().lastLines(2, after: "help") == """
        A line that begins with an SQL keyword and ends in ; is sent to the server, to look only.
        help COMMAND tells more; a first session: help connect, top 5, explain @1, hypo add.
        """)
  }

  @Test func `a topic has its sentences and examples`() throws {
    #expect(
      try CommandTrial().screen(after: "help parameters") == """
        let, parameters, and how they are used
        let NAME = VALUE keeps a number, a 'text', cost @n, rows @n, size %n, name %n, change, or a value of the result \
        of the command before: statements[1].calls, index."index scans since". A header of a notebook, such as #: \
        parameter table "Which table?" = orders, asks for one before the first command; hypo replay --set table=orders \
        gives it.
        A later command uses it as in psql: :NAME as it is, :'NAME' as an SQL string, :"NAME" as an identifier; never \
        inside of quotes or after another colon. A name that was never set is an error.

        Examples
          let before = cost @recent
          let limit = 100
        """)
  }
}
