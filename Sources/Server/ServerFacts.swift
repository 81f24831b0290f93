internal import IndexDesign
internal import Postgres

/// What a session knows of its server from the moment of connecting.
public struct ServerFacts: Equatable, Sendable {
  /// An extension that is installed in this database.
  public struct Extension: Equatable, Sendable {
    /// The installed version, which an upgrade of the server leaves alone.
    public var version: String
    /// The schema that its functions live in, quoted for use in SQL.
    public var schema: String
    /// Whether the role may use that schema; without it nothing of the extension can be called.
    public var isUsable = true
    /// What the role lacks of the extension's own privileges, as in GRANT, such as
    /// `EXECUTE ON FUNCTION public.hypopg_reset()`; nil for nothing.
    public var missingPrivilege: String?

    /// Whether the version, such as `1.10`, is this one or a later one.
    func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
      let parts = version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 } + [0, 0]
      return (parts[0], parts[1]) >= (major, minor)
    }
  }

  /// The server's version as it states it, such as `15.18 (Debian 15.18-0+deb12u1)`.
  public var version: String
  /// The version as a number, such as 150018.
  public var versionNumber: Int
  /// The database.
  public var database: String
  /// The role whose privileges count.
  public var user: String
  /// Whether that role is a superuser.
  public var isSuperuser: Bool
  /// The process that serves this session.
  public var backendPID: Int32
  /// Whether the server replays another one's changes: a standby, or an Aurora reader.
  public var isInRecovery: Bool
  /// HypoPG; nil when it is not installed in this database.
  public var hypopg: Extension?
  /// Whether HypoPG can hide real indexes (1.4 and later).
  public var canHideIndexes: Bool
  /// Whether HypoPG gives up a design when its table is touched, as by VACUUM or GRANT, and says so (1.4.4 and later).
  public var invalidatesDesigns: Bool
  /// pg_stat_statements; nil when it is not installed in this database.
  public var statStatements: Extension?
  /// Whether this is Amazon Aurora.
  public var isAurora: Bool
  /// Whether the backend that answered is not the one that the client was told of: a pooler stands between.
  public var isBehindPooler: Bool
  /// What other libraries do when this session plans.
  public var libraries: LoadedLibraries
  /// Whether pg_stat_statements counts what this session does of its own accord.
  public var ownCounting: OwnCounting

  /// PostgreSQL 13 or later. Columns in the order of `init(row:)`.
  ///
  /// The schema of an extension is only looked at, for `to_regprocedure` fails where the role may not use it.
  static let query = """
    SELECT current_setting('server_version'), current_setting('server_version_num'), current_database(), \
    current_user, current_setting('is_superuser'), pg_backend_pid(), pg_is_in_recovery(), \
    h.extversion, quote_ident(hn.nspname), \
    EXISTS (SELECT FROM pg_proc WHERE pronamespace = hn.oid AND proname = 'hypopg_hide_index'), \
    s.extversion, quote_ident(sn.nspname), to_regprocedure('pg_catalog.aurora_version()') IS NOT NULL, \
    has_schema_privilege(hn.oid, 'USAGE'), has_schema_privilege(sn.oid, 'USAGE'), \
    (SELECT 'EXECUTE ON FUNCTION ' || string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.proname) FROM pg_proc p \
    WHERE p.pronamespace = hn.oid AND p.proname IN (\(hypopgFunctions.map { Literal.quoted($0) }.joined(separator: ", "))) \
    AND NOT has_function_privilege(p.oid, 'EXECUTE')), \
    (SELECT 'SELECT ON ' || string_agg(v.oid::regclass::text, ', ' ORDER BY v.relname) FROM pg_class v \
    WHERE v.relnamespace = sn.oid AND v.relname IN ('pg_stat_statements', 'pg_stat_statements_info') \
    AND NOT has_table_privilege(v.oid, 'SELECT')), \
    EXISTS (SELECT FROM pg_proc WHERE pronamespace = hn.oid AND proname = 'hypopg' \
    AND 'invalidated' = ANY (proargnames)), \
    \(LoadedLibraries.settings.map { "current_setting('\($0)', true)" }.joined(separator: ", ")) \
    FROM (VALUES (1)) one(n) \
    LEFT JOIN (pg_extension h JOIN pg_namespace hn ON hn.oid = h.extnamespace) ON h.extname = 'hypopg' \
    LEFT JOIN (pg_extension s JOIN pg_namespace sn ON sn.oid = s.extnamespace) \
    ON s.extname = 'pg_stat_statements'
    """

  /// The functions of HypoPG that are called.
  static let hypopgFunctions = [
    "hypopg", "hypopg_create_index", "hypopg_drop_index", "hypopg_get_indexdef", "hypopg_relation_size",
    "hypopg_reset",
  ]

  init(row: [String?], clientBackendPID: Int32, ownCounting: OwnCounting) {
    self.ownCounting = ownCounting
    version = row[0] ?? ""
    versionNumber = row[1].flatMap { Int($0) } ?? 0
    database = row[2] ?? ""
    user = row[3] ?? ""
    isSuperuser = row[4] == "on"
    backendPID = row[5].flatMap { Int32($0) } ?? 0
    isInRecovery = row[6] == "t"
    hypopg = row[7].map {
      Extension(version: $0, schema: row[8] ?? "public", isUsable: row[13] == "t", missingPrivilege: row[15])
    }
    canHideIndexes = row[9] == "t"
    invalidatesDesigns = row[17] == "t"
    statStatements = row[10].map {
      Extension(version: $0, schema: row[11] ?? "public", isUsable: row[14] == "t", missingPrivilege: row[16])
    }
    isAurora = row[12] == "t"
    libraries = LoadedLibraries(row: row[18...])
    isBehindPooler = backendPID != clientBackendPID
  }

  /// The schema of a HypoPG that gives designs up; nil for one that does not.
  var givesUpIn: String? { invalidatesDesigns ? hypopg?.schema : nil }

  /// `primary` or `standby`, on Aurora `writer` or `reader`.
  public var role: String {
    isAurora ? (isInRecovery ? "reader" : "writer") : (isInRecovery ? "standby" : "primary")
  }

  /// Why an extension that is installed cannot be used; nil when the role has the privileges.
  func refusal(_ name: String, _ installed: Extension) -> ServerError? {
    if installed.isUsable {
      return installed.missingPrivilege.map {
        ServerError(.missingPrerequisite, lack(of: $0), hint: grant(on: installed))
      }
    }
    return ServerError(
      .missingPrerequisite, "role \"\(user)\" may not use schema \(installed.schema), where \(name) lives",
      hint: grant(on: installed))
  }

  /// What lets the role use an extension.
  func grant(on installed: Extension) -> String {
    let privilege = installed.isUsable ? installed.missingPrivilege : nil
    return "GRANT \(privilege ?? "USAGE ON SCHEMA \(installed.schema)") TO \(Identifier.quoted(user))"
  }

  /// That the role lacks a privilege, as a sentence without a full stop.
  func lack(of privilege: String) -> String { "role \"\(user)\" lacks \(privilege)" }

  /// The version without the distribution's words: `15.18`.
  public var shortVersion: String { version.split(separator: " ").first.map(String.init) ?? version }
}
