/// Which entries of pg_stat_statements are statements of the workload: conditions over the view's columns, for
/// PostgreSQL 13 or later.
enum WorkloadFilter {
  static let thisDatabase = "dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"

  /// Executed, and seen by the role.
  ///
  /// An EXPLAIN under `track = all`, of hypo or of anybody, is a call of the statement that takes no time at all,
  /// because the executor is only started and ended: such entries are no calls of the workload.
  static let isCounted = "queryid IS NOT NULL AND calls > 0 AND total_exec_time > 0"

  /// hypo's own.
  ///
  /// A statement that hypo planned before anybody ran it may carry the text of hypo's EXPLAIN. It is told from
  /// the EXPLAIN itself by its rows, and before PostgreSQL 16 by `$1` too, which utility statements keep out.
  static let isOwn = """
    query ~ '\(StatementMark.pattern)' AND NOT (\(isExplained))
    """

  /// Has a plan of its own, or runs one. Left out is everything else, such as transactions, settings, ANALYZE and
  /// EXPLAIN; and with it what may hold a password.
  static let hasPlan = """
    (query ~* '^\(start)(select|insert|update|delete|merge|with|values|table|declare|fetch|move|prepare(?!\\s+transaction\\y)|execute)\\y' \
    OR query ~* '^\(start)copy\\s*\\(' OR query ~* '^\(start)refresh\\s+materialized\\s' \
    OR query ~* '^\(start)create\\s+materialized\\s' \
    OR query ~* '^\(start)create\\s+((global|local|temp|temporary|unlogged)\\s+)*table\\s[^(]*([(][^()]*[)][^(]*)*\\yas\\y' \
    OR \(isExplained))
    """

  /// Runs the plan of another statement: of a cursor, or of a prepared statement.
  static let runsAnother =
    "(query ~* '^\(start)(fetch|move|execute)\\y' OR query ~* '^\(start)create\\s.*\\yas\\s+execute\\y')"

  /// Gives a query the name that another statement runs it by.
  static let givesName = "query ~* '^\(start)(declare|prepare)\\y'"

  /// Blanks, comments and parentheses in front of the first word.
  private static let start = #"(\s|\(|--[^\n]*(\n|$)|/\*([^*]|\*+[^*/])*\*+/)*"#

  private static let isExplained = """
    query ~ '\(StatementMark.explainPattern)' AND (rows > 0 \
    OR current_setting('server_version_num')::int < 160000 AND query ~ '[$][0-9]')
    """
}
