import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct PooledSessionTests {
  private static let settings = """
    SELECT current_setting('default_transaction_read_only'), current_setting('statement_timeout'), \
    current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')
    """

  @Test func `behind a transaction pooler no setting reaches somebody else`() throws {
    let database = try TestCluster.shared.database(.orders)
    let pooler = try TestPooler()
    let application = try Connection(ConnectionParameters(pooler.parameters(database: database.name)))
    let before = try application.query(Self.settings).rows
    let session = try Session(target: pooler.conninfo(database: database.name))
    #expect(session.facts.isBehindPooler)
    #expect(
      try session.value("SELECT current_setting('statement_timeout') || current_setting('lock_timeout')")
        == "1min5s")
    #expect(try session.look("SHOW statement_timeout;").rows == [["1min"]])
    #expect(try application.query(Self.settings).rows == before)
    _ = try application.query("INSERT INTO products SELECT -1, 'x' WHERE false")
    withExtendedLifetime(pooler) {}
  }
}
