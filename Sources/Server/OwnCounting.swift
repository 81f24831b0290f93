internal import Postgres

/// Whether pg_stat_statements counts what a session of hypo's own does.
///
/// An EXPLAIN runs nothing, and yet it is counted: as a statement of its own, and under `track = all` as a call of
/// the statement that it plans, too. Only whoever may set `pg_stat_statements.track` can switch that off: a
/// superuser, from PostgreSQL 15 on also a role with SET on that parameter, or a role that has it in its own settings.
///
/// Source: PostgreSQL manual, "pg_stat_statements"; contrib/pg_stat_statements, `pgss_ProcessUtility`.
public struct OwnCounting: Equatable, Sendable {
  /// `pg_stat_statements.track` as the server gave it to the session; nil when the library is not loaded.
  public var track: String?
  /// Whether the session has switched it off for itself.
  public var isSwitchedOff = false

  /// Whether the session's statements leave entries.
  public var leavesEntries: Bool { track != nil && track != "none" && !isSwitchedOff }

  init() {}

  init(row: [String?]) {
    track = row[0]
    isSwitchedOff = row[1] != nil
  }

  /// Switches it off where the role may and the backend is the session's own; PostgreSQL 13 or later.
  ///
  /// Columns in the order of `init(row:)`.
  static func step(of connection: Connection) -> PipelineStep {
    let maySwitch =
      connection.serverVersion >= 150_000
      ? "pg_catalog.has_parameter_privilege('\(setting)', 'SET')"
      : "pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on'"
    return .query(
      Session.mark + "SELECT s.track, CASE WHEN s.track OPERATOR(pg_catalog.<>) 'none' "
        + "AND pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) $1::pg_catalog.int4 AND \(maySwitch) "
        + "THEN pg_catalog.set_config('\(setting)', 'none', false) END "
        + "FROM (SELECT pg_catalog.current_setting('\(setting)', true) OFFSET 0) s(track)",
      [String(connection.backendPID)])
  }

  /// Counts the statement that a person typed, up to the end of the transaction: it is theirs. Empty when nothing
  /// is switched off.
  var stepsBeforePersonsStatement: [PipelineStep] {
    isSwitchedOff ? [Session.setting(Self.setting, track ?? "top")] : []
  }

  /// The name of the setting.
  static let setting = "pg_stat_statements.track"
}

extension Session {
  /// Sets something up to the end of the transaction: one text for every setting.
  static func setting(_ name: String, _ value: String) -> PipelineStep {
    .query(mark + "SELECT pg_catalog.set_config($1, $2, true)", [name, value])
  }

  /// The same; where the session's work is counted, by the text with which the designs are hidden.
  func setting(_ name: String, _ value: String) -> PipelineStep {
    facts.ownCounting.leavesEntries
      ? Self.setting(
        name, value, glancingAt: "{}", columns: "{}",
        givenUpIn: hypotheticals.active.isEmpty ? nil : facts.givesUpIn)
      : Self.setting(name, value)
  }

  /// Sets something up to the end of the transaction and tells what some tables and columns are now: which tables
  /// still have their names, and what is known of their columns of some names, each as an array of rows.
  ///
  /// - Parameters:
  ///   - tables: object ids as an array in PostgreSQL's notation.
  ///   - columns: names as one.
  ///   - schema: that of HypoPG, to tell how many designs it still has; nil when it gives none up.
  static func setting(
    _ name: String, _ value: String, glancingAt tables: String, columns: String, givenUpIn schema: String?
  ) -> PipelineStep {
    let designs =
      schema.map { ", (SELECT pg_catalog.count(*) FROM \($0).hypopg() WHERE NOT invalidated)" } ?? ""
    return .query(
      mark + """
        SELECT pg_catalog.set_config($1, $2, true), ARRAY(SELECT ROW(oid, relname, relnamespace)::pg_catalog.text \
        FROM pg_catalog.pg_class WHERE oid OPERATOR(pg_catalog.=) ANY ($3::pg_catalog.oid[])), \
        ARRAY(SELECT ROW(attrelid, attnum, attname, atttypid, atttypmod, attcollation)::pg_catalog.text \
        FROM pg_catalog.pg_attribute WHERE attrelid OPERATOR(pg_catalog.=) ANY ($3::pg_catalog.oid[]) \
        AND attname OPERATOR(pg_catalog.=) ANY ($4::pg_catalog.name[]))\(designs)
        """, [name, value, tables, columns])
  }
}
