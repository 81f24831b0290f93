import Postgres

extension Sandbox {
  /// Runs rounds of the workload as the application, until the time is over or the scale's rounds are done.
  ///
  /// - Returns: how many statements have run.
  func run(
    _ workload: Workload, on cluster: Cluster, for duration: Duration?, progress: (Double) -> Void
  ) throws(SandboxError) -> Int {
    var workload = workload
    var parameters = cluster.parameters(database: SandboxData.database, user: SandboxData.role)
    parameters["application_name"] = "orders-app"
    var count = 0
    var round = 0
    try seeWhole(Workload.ordersOfCustomer, with: "42", on: cluster)
    return try told { () throws(PostgresError) in
      let connection = try Connection(ConnectionParameters(parameters), interrupts: interrupts)
      // The time is the application's: connecting is not its work, and there is one round at least.
      let began = ContinuousClock.now
      while true {
        let part =
          duration.map { (ContinuousClock.now - began) / $0 } ?? Double(round) / Double(workload.scale.rounds)
        progress(min(part, 1))
        if part >= 1, round > 0 || duration == nil { return count }
        let order = workload.newOrderCall()
        var calls = workload.calls(round: round)
        if let id = try connection.query(order.sql, order.parameters).value {
          calls += workload.callsForOrder(id)
        }
        for call in calls { _ = try connection.query(call.sql, call.parameters) }
        count += calls.count + 1
        round += 1
      }
    }
  }

  /// Lets pg_stat_statements see a statement with its constants, instead of `LIMIT $2`.
  ///
  /// It replaces the constants when a statement is parsed, and keeps the text as it is when it meets one first at its
  /// execution. So what it has kept of the parsed statement is forgotten before it is executed; what an earlier round has
  /// left whole stays.
  private func seeWhole(_ sql: String, with value: String, on cluster: Cluster) throws(SandboxError) {
    // The superuser in the application's role: only a superuser may switch the tracking.
    let connection = try connect(cluster)
    do {
      // Without this the words of the role changes would be counted too.
      _ = try connection.pipeline([.query("SET pg_stat_statements.track_utility = off")])
      _ = try connection.pipeline([
        .query("SET pg_stat_statements.track = top"), .query("SET ROLE \(SandboxData.role)"),
        .prepare(name: "whole", sql), .query("RESET ROLE"), .query("SET pg_stat_statements.track = none"),
        .query(Self.forgetParsed, [sql]), .query("SET pg_stat_statements.track = top"),
        .query("SET ROLE \(SandboxData.role)"), .query("EXECUTE whole(\(value))"),
      ])
    } catch {
      try told { () throws(PostgresError) in throw error.error }
    }
  }

  /// Forgets what the application's role has run when a statement is not there in its text `$1`; PostgreSQL 13 or later.
  ///
  /// An entry that was parsed and not yet executed is in no view, so it cannot be forgotten alone.
  private static let forgetParsed = """
    SELECT pg_stat_statements_reset(r.oid, d.oid, 0) FROM pg_roles r, pg_database d \
    WHERE r.rolname = '\(SandboxData.role)' AND d.datname = current_database() \
    AND NOT EXISTS (SELECT FROM pg_stat_statements WHERE userid = r.oid AND dbid = d.oid AND query = $1)
    """
}
