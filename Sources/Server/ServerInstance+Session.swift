internal import IndexDesign
internal import Postgres

extension Session {
  /// Which instance answers; nil when it does not say.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func serverInstance() throws(ServerError) -> ServerInstance? {
    let rows = try ifPossible { () throws(ServerError) in try read(Self.instanceQuery).rows }
    guard let row = rows?.first else { return nil }
    var instance = ServerInstance(
      address: row[0], started: row[1].flatMap { Double($0) }.map { Timestamp(secondsSinceEpoch: $0) },
      isInRecovery: row[2] == "t")
    if facts.isAurora {
      instance.name = try ifPossible { () throws(ServerError) in try read(Self.auroraQuery).value } ?? nil
    }
    return instance
  }

  /// PostgreSQL 13 or later. An address of the machine itself says nothing to somebody else.
  private static let instanceQuery = """
    SELECT CASE WHEN inet_server_addr() IS NULL OR inet_server_addr() << '127.0.0.0/8' \
    OR inet_server_addr() = '::1' THEN NULL ELSE host(inet_server_addr()) || ':' || inet_server_port() END, \
    extract(epoch FROM pg_postmaster_start_time()), pg_is_in_recovery()
    """

  /// Source: Aurora User Guide, "aurora_replica_status": the time is NULL for the instance that answers.
  private static let auroraQuery =
    "SELECT server_id FROM aurora_replica_status() WHERE last_update_timestamp IS NULL"
}
