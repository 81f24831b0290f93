internal import IndexDesign
internal import Postgres

/// What other libraries of the server do when this session plans.
///
/// A session switches off for itself what plans with designs cannot bear, where its role may: auto_explain looks each
/// index of a plan up in the catalog, where a hypothetical one is not, and pg_hint_plan can crash the server over
/// one. Source: contrib/auto_explain, `explain_ExecutorEnd`; pg_hint_plan issue 205.
public struct LoadedLibraries: Equatable, Sendable {
  /// `auto_explain.log_min_duration`; nil when auto_explain is not loaded.
  public var logMinDuration: String?
  /// `auto_explain.sample_rate`; nil when auto_explain is not loaded.
  public var sampleRate: String?
  /// `pg_hint_plan.enable_hint`; nil when pg_hint_plan is not loaded.
  public var enableHint: String?

  /// Whether auto_explain logs what is only planned, too: that takes no time, so only 0 reaches it.
  public var logsEveryPlan: Bool { logMinDuration == "0" && sampleRate.flatMap { Double($0) } != 0 }

  /// Whether hints in statements are followed.
  public var followsHints: Bool { enableHint != nil && !ignoresHints }

  /// Whether pg_hint_plan is loaded and takes hints for comments.
  public var ignoresHints: Bool { enableHint == "off" }

  /// The names of the settings, in the order of `init(row:)`.
  static let settings = [logging, "auto_explain.sample_rate", hints]
  /// What auto_explain logs from which duration on; a superuser's setting.
  static let logging = "auto_explain.log_min_duration"
  /// Whether pg_hint_plan follows hints; anybody's setting.
  static let hints = "pg_hint_plan.enable_hint"

  init(row: ArraySlice<String?>) {
    let values = Array(row)
    (logMinDuration, sampleRate, enableHint) = (values[0], values[1], values[2])
  }

  /// Switches them off where the role may and the backend is the session's own; PostgreSQL 13 or later.
  ///
  /// Also what is off already: a server that reads its configuration anew changes nothing of it then.
  static func step(of connection: Connection) -> PipelineStep {
    let mayLog =
      connection.serverVersion >= 150_000
      ? "pg_catalog.has_parameter_privilege('\(logging)', 'SET')"
      : "pg_catalog.current_setting('is_superuser') OPERATOR(pg_catalog.=) 'on'"
    // A refusal would end the whole connection.
    let mayHint =
      "COALESCE((SELECT p.context OPERATOR(pg_catalog.=) 'user' FROM pg_catalog.pg_settings p "
      + "WHERE p.name OPERATOR(pg_catalog.=) '\(hints)'), true)"
    return .query(
      Session.mark
        + "SELECT CASE WHEN s.logging IS NOT NULL AND s.own AND \(mayLog) "
        + "THEN pg_catalog.set_config('\(logging)', '-1', false) END, "
        + "CASE WHEN s.hints IS NOT NULL AND s.own AND \(mayHint) "
        + "THEN pg_catalog.set_config('\(hints)', 'off', false) END "
        + "FROM (SELECT pg_catalog.current_setting('\(logging)', true), "
        + "pg_catalog.current_setting('\(hints)', true), "
        + "pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) $1::pg_catalog.int4 OFFSET 0) s(logging, hints, own)",
      [String(connection.backendPID)])
  }
}

extension ServerFacts {
  /// Why plans with designs cannot be made beside these libraries; nil when they can.
  var libraryRefusal: ServerError? {
    if libraries.followsHints {
      return ServerError(
        .refused,
        "pg_hint_plan follows hints in this session, and together with HypoPG it can crash the server",
        hint: switchingHintsOff)
    }
    guard libraries.logsEveryPlan else { return nil }
    return ServerError(
      .refused, "auto_explain logs every plan, and cannot log one with a hypothetical index",
      detail: "auto_explain.log_min_duration is 0, and role \"\(user)\" may not change it for its session.",
      hint: switchingLoggingOff)
  }

  /// What auto_explain and pg_hint_plan do here; empty when neither is loaded.
  var libraryFindings: [Finding] {
    var findings: [Finding] = []
    if libraries.followsHints {
      findings.append(
        Finding(
          "pg_hint_plan", .stop, "it follows hints here; together with HypoPG it can crash the server",
          fix: "\(switchingHintsOff); hypo add is refused until then"))
    } else if libraries.ignoresHints {
      findings.append(
        Finding("pg_hint_plan", .ok, "its hints are off in this session: statements are planned without them")
      )
    }
    if libraries.logsEveryPlan {
      findings.append(
        Finding(
          "auto_explain", .stop,
          "log_min_duration is 0: it logs every plan, and cannot log one with a hypothetical index",
          fix: "\(switchingLoggingOff); hypo add is refused until then"))
    } else if let duration = libraries.logMinDuration {
      findings.append(
        Finding(
          "auto_explain", .ok,
          duration == "-1" ? "it logs nothing of this session" : "it does not log what is only planned"))
    }
    return findings
  }

  private var switchingHintsOff: String {
    "ALTER ROLE \(Identifier.quoted(user)) SET \(LoadedLibraries.hints) = off, then connect again"
  }

  /// Both take a superuser.
  private var switchingLoggingOff: String {
    let role = Identifier.quoted(user)
    let setting = LoadedLibraries.logging
    return "ALTER ROLE \(role) SET \(setting) = -1"
      + (versionNumber >= 150_000 ? " or GRANT SET ON PARAMETER \(setting) TO \(role)" : "")
      + ", then connect again"
  }
}

extension ServerError {
  /// The same with its reason, when a library looked for a hypothetical index in the catalog.
  func naming(_ designs: [HypotheticalIndexes.Active]) -> ServerError {
    // The server's words differ between languages; the object id does not.
    guard sqlState == "XX000",
      let design = designs.first(where: { message.hasSuffix(" \($0.objectID)") })
    else { return self }
    var error = self
    error.message = "a library of the server looks for \(design.handle) in the catalog: \(message)"
    error.hint = "auto_explain with log_min_duration = 0 does; doctor says how to switch it off"
    return error
  }
}
