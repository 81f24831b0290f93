internal import IndexDesign
package import Postgres

// Sessions of hypo's own, which plan as a person's session would.
extension Session {
  /// Opens a session for planning on the very server that `person` is connected to.
  ///
  /// It says in its name what it is for. Of several hosts, and of a name with several addresses, it takes the
  /// one that answered: another server has other statistics.
  convenience init(workingBeside person: Session) throws(ServerError) {
    var parameters = person.parametersOfThisServer
    var options = person.options
    options.applicationName += " what-if"
    options.keepsSentStatements = false
    parameters["application_name"] = nil
    parameters["fallback_application_name"] = options.applicationName
    try self.init(
      parameters: parameters, options: options, interrupts: person.interrupts, waiting: person.waiting,
      sent: SentStatements(), password: nil)
  }

  /// What connects to the very server that this session has reached: of several hosts, and of a name with several
  /// addresses, the one that answered. The typed parameters could lead elsewhere by now.
  package var parametersOfThisServer: ConnectionParameters {
    var parameters = parameters
    parameters["host"] = connection.host
    parameters["port"] = connection.port
    let address = connection.hostAddress
    parameters["hostaddr"] = address.isEmpty ? nil : address
    parameters["target_session_attrs"] = nil
    return parameters
  }

  /// The settings that a person may change and on which a plan can depend, by name.
  func planningSettings() throws(ServerError) -> [String: String] {
    let rows: [[String?]]
    do {
      rows = try run([.query(Self.mark + "SELECT name, setting FROM pg_catalog.pg_settings")])[0].rows
    } catch { throw ServerError(error.error) }
    let all = rows.compactMap { row in row[0].flatMap { name in row[1].map { (name, $0) } } }
    return Dictionary(
      all.filter { AnalysisSetting.isAllowed($0.0) && !Self.ownSettings.contains($0.0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Gives this session settings of another one, and has it plan parameters for any values.
  func take(_ settings: [String: String]) throws(ServerError) {
    let own = try planningSettings()
    let different = settings.filter { own[$0.key] != $0.value }.sorted { $0.key < $1.key }
    let all = different.map { ($0.key, $0.value) } + [("plan_cache_mode", "force_generic_plan")]
    let calls = all.indices.map { "pg_catalog.set_config($\($0 * 2 + 1), $\($0 * 2 + 2), false)" }
    do {
      _ = try connection.query(
        Self.mark + "SELECT " + calls.joined(separator: ", "), all.flatMap { [$0.0, $0.1] })
    } catch { throw ServerError(error) }
  }

  /// What a session of hypo's own does in its own way.
  private static let ownSettings: Set<String> = [
    "application_name", "client_min_messages", "plan_cache_mode", "hypopg.enabled",
  ]
}
