internal import Postgres

/// One thing that hypo needs of a server, and whether it is there.
public struct Prerequisite: Equatable, Sendable {
  /// How it stands.
  public enum Outcome: String, Sendable {
    /// It is there.
    case ok
    /// hypo works, but shows less or can do less.
    case warning
    /// What hypo is for does not work without it.
    case failed
  }

  /// What is needed, in a few words.
  public var name: String
  /// How it stands.
  public var outcome: Outcome
  /// What was found.
  public var finding: String
  /// What to do; nil when nothing is to be done.
  public var fix: String?
}

extension Session {
  /// Checks everything that a session with hypo needs of the server.
  public func prerequisites() throws(ServerError) -> [Prerequisite] {
    let found = try serverFindings()
    return [
      versionCheck(), found.library(facts.isAurora), found.extensionCheck("pg_stat_statements", facts),
      found.extensionCheck("hypopg", facts), try hypopgFunctions(), found.privileges(facts.user),
      found.trackCheck(),
      poolerCheck(), hintPlanCheck(), roleCheck(),
    ].compactMap { $0 }
  }

  private func versionCheck() -> Prerequisite {
    let supported = facts.versionNumber >= 130_000
    return Prerequisite(
      name: "server version", outcome: supported ? .ok : .failed,
      finding: "PostgreSQL \(facts.shortVersion)" + (facts.isAurora ? " (Aurora)" : ""),
      fix: supported ? nil : "hypo works with PostgreSQL 13 and later; upgrade the server")
  }

  private func hypopgFunctions() throws(ServerError) -> Prerequisite? {
    guard let hypopg = facts.hypopg, hypopg.isUsable else { return nil }
    let wanted = [
      "hypopg_create_index(text)", "hypopg_drop_index(oid)", "hypopg_reset()", "hypopg_relation_size(oid)",
    ]
    let rows = try read(
      "SELECT f, to_regprocedure($1 || '.' || f) IS NOT NULL FROM unnest($2::text[]) f",
      [hypopg.schema, "{" + wanted.map { "\"\($0)\"" }.joined(separator: ",") + "}"]
    ).rows
    let missing = rows.filter { $0[1] != "t" }.compactMap { $0[0] }
    return Prerequisite(
      name: "HypoPG's functions", outcome: missing.isEmpty ? .ok : .failed,
      finding: missing.isEmpty
        ? (facts.canHideIndexes
          ? "all, hiding of real indexes too" : "all; hiding real indexes needs HypoPG 1.4")
        : "missing: " + missing.joined(separator: ", "),
      fix: missing.isEmpty ? nil : "ALTER EXTENSION hypopg UPDATE, or install a newer HypoPG")
  }

  private func poolerCheck() -> Prerequisite {
    Prerequisite(
      name: "direct connection", outcome: facts.isBehindPooler ? .failed : .ok,
      finding: facts.isBehindPooler
        ? "a pooler stands between: another backend answers than the one connected to"
        : "no pooler stands between",
      fix: facts.isBehindPooler ? "connect to the server itself; behind a pooler hypo add is refused" : nil)
  }

  private func hintPlanCheck() -> Prerequisite? {
    guard facts.hasHintPlan else { return nil }
    return Prerequisite(
      name: "pg_hint_plan", outcome: .failed, finding: "loaded; together with HypoPG it can crash the server",
      fix: "connect as a role for which pg_hint_plan is not loaded; hypo add is refused until then")
  }

  private func roleCheck() -> Prerequisite {
    Prerequisite(
      name: "role", outcome: facts.isInRecovery ? .warning : .ok, finding: facts.role,
      fix: facts.isInRecovery
        ? "planning works here; promote needs the \(facts.isAurora ? "writer" : "primary")" : nil)
  }

  private func serverFindings() throws(ServerError) -> ServerFindings {
    let row = try read(ServerFindings.query).rows[0]
    var found = ServerFindings()
    found.isLoaded = row[0] == "t"
    found.track = row[1]
    found.queryID = row[2]
    found.seesStatements = row[3] == "t"
    for entry in try read(
      "SELECT name, default_version, installed_version FROM pg_available_extensions "
        + "WHERE name IN ('pg_stat_statements', 'hypopg')"
    ).rows {
      found.available[entry[0] ?? ""] = entry[1]
      found.installed[entry[0] ?? ""] = entry[2]
    }
    return found
  }
}

/// What the catalog and the settings say about the extensions.
private struct ServerFindings {
  var isLoaded = false
  var track: String?
  var queryID: String?
  var seesStatements = false
  var available: [String: String] = [:]
  var installed: [String: String] = [:]

  /// PostgreSQL 13 or later. The settings of a library exist when it is loaded.
  static let query = """
    SELECT current_setting('pg_stat_statements.max', true) IS NOT NULL, \
    current_setting('pg_stat_statements.track', true), current_setting('compute_query_id', true), \
    pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') OR current_setting('is_superuser') = 'on'
    """

  func library(_ isAurora: Bool) -> Prerequisite {
    Prerequisite(
      name: "shared_preload_libraries", outcome: isLoaded ? .ok : .failed,
      finding: isLoaded ? "pg_stat_statements is loaded" : "pg_stat_statements is not loaded",
      fix: isLoaded
        ? nil
        : isAurora
          ? "add pg_stat_statements to shared_preload_libraries in the cluster's parameter group, then reboot the instances"
          : "add pg_stat_statements to shared_preload_libraries in postgresql.conf, then restart the server")
  }

  func extensionCheck(_ name: String, _ facts: ServerFacts) -> Prerequisite {
    if let version = installed[name] {
      let found = name == "hypopg" ? facts.hypopg : facts.statStatements
      if let found, !found.isUsable {
        return Prerequisite(
          name: name, outcome: .failed,
          finding: "version \(version); role \"\(facts.user)\" may not use its schema \(found.schema)",
          fix: facts.grant(on: found))
      }
      if name == "pg_stat_statements", facts.statStatements?.isAtLeast(1, 8) == false {
        return Prerequisite(
          name: name, outcome: .failed, finding: "version \(version); hypo reads 1.8 and later",
          fix: "ALTER EXTENSION pg_stat_statements UPDATE")
      }
      return Prerequisite(name: name, outcome: .ok, finding: "version \(version)")
    }
    if let version = available[name] {
      return Prerequisite(
        name: name, outcome: .failed,
        finding: "available (\(version)), not installed in \"\(facts.database)\"",
        fix: "setup installs it")
    }
    let package = "postgresql-\(facts.versionNumber / 10_000)-hypopg"
    let fix =
      name != "hypopg"
      ? "install PostgreSQL's contrib modules"
      : facts.isAurora
        ? "Aurora PostgreSQL offers HypoPG from 15.5 on; upgrade the cluster"
        : "install HypoPG on the server's machine (Debian: \(package)), then setup"
    return Prerequisite(name: name, outcome: .failed, finding: "not available on the server", fix: fix)
  }

  func privileges(_ user: String) -> Prerequisite {
    Prerequisite(
      name: "other roles' statements", outcome: seesStatements ? .ok : .warning,
      finding: seesStatements ? "role \"\(user)\" sees them" : "role \"\(user)\" sees only its own",
      fix: seesStatements ? nil : "GRANT pg_monitor TO the role; scripts/roles.sql makes a role that has it")
  }

  func trackCheck() -> Prerequisite? {
    guard isLoaded else { return nil }
    if queryID == "off" {
      return Prerequisite(
        name: "pg_stat_statements.track", outcome: .failed,
        finding: "compute_query_id is off: nothing is counted",
        fix: "set compute_query_id to auto")
    }
    let counts = track != "none"
    return Prerequisite(
      name: "pg_stat_statements.track", outcome: counts ? .ok : .failed, finding: track ?? "unknown",
      fix: counts ? nil : "set pg_stat_statements.track to top")
  }
}
