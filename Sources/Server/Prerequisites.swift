public import IndexDesign
internal import Postgres

extension Session {
  /// Checks everything that a session with hypo needs of the server.
  public func prerequisites() throws(ServerError) -> [Finding] {
    let found = try serverAnswers()
    return [
      versionCheck(), found.library(facts.isAurora), found.extensionCheck("pg_stat_statements", facts),
      found.extensionCheck("hypopg", facts), try hypopgFunctions(), found.privileges(facts.user),
      found.trackCheck(facts), found.plannerSettings(facts.user), poolerCheck(),
    ].compactMap { $0 } + facts.libraryFindings + [roleCheck()]
  }

  private func versionCheck() -> Finding {
    let supported = facts.versionNumber >= 130_000
    return Finding(
      "server version", supported ? .ok : .stop,
      "PostgreSQL \(facts.shortVersion)" + (facts.isAurora ? " (Aurora)" : ""),
      fix: supported ? nil : "hypo works with PostgreSQL 13 and later; upgrade the server")
  }

  private func hypopgFunctions() throws(ServerError) -> Finding? {
    guard let hypopg = facts.hypopg, hypopg.isUsable else { return nil }
    if let privilege = hypopg.missingPrivilege {
      return Finding(
        "HypoPG's functions", .stop, facts.lack(of: privilege), fix: facts.grant(on: hypopg))
    }
    let wanted = [
      "hypopg_create_index(text)", "hypopg_drop_index(oid)", "hypopg_reset()", "hypopg_relation_size(oid)",
    ]
    let rows = try read(
      "SELECT f, to_regprocedure($1 || '.' || f) IS NOT NULL FROM unnest($2::text[]) f",
      [hypopg.schema, "{" + wanted.map { "\"\($0)\"" }.joined(separator: ",") + "}"]
    ).rows
    let missing = rows.filter { $0[1] != "t" }.compactMap { $0[0] }
    if missing.isEmpty, facts.isInRecovery, try takesRealObjectIDs(hypopg) {
      return Finding(
        "HypoPG's functions", .stop, "it takes real object ids for designs, which a standby has none of",
        fix: Prerequisite.designsOnStandby)
    }
    return Finding(
      "HypoPG's functions", missing.isEmpty ? .ok : .stop,
      missing.isEmpty
        ? (facts.canHideIndexes
          ? "all, hiding of real indexes too" : "all; hiding real indexes needs HypoPG 1.4")
        : "missing: " + missing.joined(separator: ", "),
      fix: missing.isEmpty ? nil : "ALTER EXTENSION hypopg UPDATE, or install a newer HypoPG")
  }

  /// The setting is the library's, which is loaded when one of its functions is called.
  private func takesRealObjectIDs(_ hypopg: ServerFacts.Extension) throws(ServerError) -> Bool {
    _ = try read("SELECT pg_catalog.count(*) FROM \(hypopg.schema).hypopg()")
    return try read("SELECT current_setting('hypopg.use_real_oids', true)").value != "off"
  }

  private func poolerCheck() -> Finding {
    Finding(
      "direct connection", facts.isBehindPooler ? .stop : .ok,
      facts.isBehindPooler
        ? "a pooler is in between: another backend answers than the one connected to"
        : "no pooler is in between",
      fix: facts.isBehindPooler ? "connect to the server itself; through a pooler hypo add is refused" : nil)
  }

  private func roleCheck() -> Finding {
    Finding(
      "role", facts.isInRecovery ? .warning : .ok, facts.role,
      fix: facts.isInRecovery
        ? "planning works here; promote needs the \(facts.isAurora ? "writer" : "primary")" : nil)
  }

  private func serverAnswers() throws(ServerError) -> ServerAnswers {
    let row = try read(ServerAnswers.query).rows[0]
    var found = ServerAnswers()
    found.isLoaded = row[0] == "t"
    found.queryID = row[1]
    found.seesStatements = row[2] == "t"
    found.isTrackOfRole = row[3] == "t"
    found.allowed = AllowedExtensions(row[4])
    found.ownPlannerSettings = row[5]
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

/// What is said in more than one place of what is missing.
enum Prerequisite {
  /// What lets a standby have designs.
  static let designsOnStandby =
    "try designs on the primary; HypoPG makes them on a standby from 1.2 on, with hypopg.use_real_oids off"
}

/// What the catalog and the settings say about the extensions.
private struct ServerAnswers {
  var isLoaded = false
  var queryID: String?
  /// Whether the role itself, and not only the server or the database, sets what is tracked.
  var isTrackOfRole = false
  var seesStatements = false
  var available: [String: String] = [:]
  var installed: [String: String] = [:]
  var allowed = AllowedExtensions(nil)
  /// What the planner goes by that the role or the client has set, and not the server or the database; nil for nothing.
  var ownPlannerSettings: String?

  /// PostgreSQL 13 or later. The settings of a library exist when it is loaded; their categories are in the server's language.
  static let query = """
    SELECT current_setting('pg_stat_statements.max', true) IS NOT NULL, \
    current_setting('compute_query_id', true), \
    pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') OR current_setting('is_superuser') = 'on', \
    (SELECT source IN ('user', 'database user') FROM pg_settings WHERE name = 'pg_stat_statements.track'), \
    current_setting('\(AllowedExtensions.setting)', true), \
    (SELECT string_agg(name || ' = ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings \
    WHERE source IN ('user', 'database user', 'client') AND (name ~ '^(enable_|geqo|jit|min_parallel_|max_parallel_w)' \
    OR name ~ '_(cost|collapse_limit)$' OR name IN ('work_mem', 'hash_mem_multiplier', 'effective_cache_size', \
    'plan_cache_mode', 'constraint_exclusion', 'cursor_tuple_fraction', 'recursive_worktable_factor', \
    'effective_io_concurrency', 'transform_null_equals')))
    """

  func library(_ isAurora: Bool) -> Finding {
    Finding(
      "shared_preload_libraries", isLoaded ? .ok : .stop,
      isLoaded ? "pg_stat_statements is loaded" : "pg_stat_statements is not loaded",
      fix: isLoaded
        ? nil
        : isAurora
          ? "add pg_stat_statements to shared_preload_libraries in the cluster's parameter group, then reboot the instances"
          : "add pg_stat_statements to shared_preload_libraries in postgresql.conf, then restart the server")
  }

  func extensionCheck(_ name: String, _ facts: ServerFacts) -> Finding {
    if let version = installed[name] {
      let found = name == "hypopg" ? facts.hypopg : facts.statStatements
      if let found, !found.isUsable {
        return Finding(
          name, .stop,
          "version \(version); role \"\(facts.user)\" may not use its schema \(found.schema)",
          fix: facts.grant(on: found))
      }
      if name == "pg_stat_statements", facts.statStatements?.isAtLeast(1, 8) == false {
        return Finding(
          name, .stop, "version \(version); hypo reads 1.8 and later",
          fix: "ALTER EXTENSION pg_stat_statements UPDATE")
      }
      if name == "pg_stat_statements", let found, let privilege = found.missingPrivilege {
        return Finding(
          name, .stop, "version \(version); \(facts.lack(of: privilege))", fix: facts.grant(on: found))
      }
      return Finding(name, .ok, "version \(version)")
    }
    if let version = available[name] {
      guard allowed.allow(name) else {
        return Finding(
          name, .stop,
          "available (\(version)), not installed in \"\(facts.database)\", and not in \(AllowedExtensions.setting)",
          fix: AllowedExtensions.fix(for: name, isAurora: facts.isAurora))
      }
      return Finding(
        name, .stop,
        "available (\(version)), not installed in \"\(facts.database)\"",
        fix: "setup installs it")
    }
    let package = "postgresql-\(facts.versionNumber / 10_000)-hypopg"
    let fix =
      name != "hypopg"
      ? "install PostgreSQL's contrib modules"
      : facts.isAurora
        ? AuroraHypoPG.fix(versionNumber: facts.versionNumber)
        : "install HypoPG on the server's machine (Debian: \(package)), then setup"
    return Finding(name, .stop, "not available on the server", fix: fix)
  }

  func privileges(_ user: String) -> Finding {
    Finding(
      "other roles' statements", seesStatements ? .ok : .warning,
      seesStatements ? "role \"\(user)\" sees them" : "role \"\(user)\" sees only its own",
      fix: seesStatements ? nil : "GRANT pg_monitor TO the role; scripts/roles.sql makes a role that has it")
  }

  /// Nil when the planner decides for this session as for any other role.
  func plannerSettings(_ user: String) -> Finding? {
    ownPlannerSettings.map {
      Finding(
        "planner settings", .warning,
        "role \"\(user)\" or its client sets \($0); other roles may get other plans",
        fix: "ALTER ROLE \(Identifier.quoted(user)) RESET them, or set what the application's role has")
    }
  }

  func trackCheck(_ facts: ServerFacts) -> Finding? {
    guard isLoaded else { return nil }
    if queryID == "off" {
      return Finding(
        "pg_stat_statements.track", .stop,
        "compute_query_id is off: nothing is counted",
        fix: "set compute_query_id to auto")
    }
    let own = facts.ownCounting
    if own.track == "all", own.leavesEntries {
      let role = Identifier.quoted(facts.user)
      return Finding(
        "pg_stat_statements.track", .warning,
        "all; each explain in hypo counts as a call without time of the statement, by role \"\(facts.user)\"",
        fix: "ALTER ROLE \(role) SET pg_stat_statements.track = 'none', for a role of hypo's own"
          + (facts.versionNumber >= 150_000
            ? "; or GRANT SET ON PARAMETER pg_stat_statements.track TO \(role): hypo then switches it off for itself"
            : ""))
    }
    if own.track == "none", isTrackOfRole {
      return Finding(
        "pg_stat_statements.track", .ok, "none for role \"\(facts.user)\": hypo's work is not counted")
    }
    let counts = own.track != "none"
    return Finding(
      "pg_stat_statements.track", counts ? .ok : .stop, own.track ?? "unknown",
      fix: counts ? nil : "set pg_stat_statements.track to top")
  }
}
