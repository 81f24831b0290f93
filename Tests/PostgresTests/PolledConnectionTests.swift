import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite struct PolledConnectionTests {
  @Test func `a connection that is let go takes its statement along`() throws {
    let database = try TestCluster.shared.database(.empty)
    let watcher = try database.connect()
    func running() throws -> String? {
      try watcher.query(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE $1",
        ["SELECT pg_sleep(600)%"]
      ).value
    }
    do {
      let connection = try PolledConnection(ConnectionParameters(database.parameters))
      while try connection.next() != .idle {
        var entry = pollfd(
          fd: connection.descriptor, events: Int16(connection.wantsToWrite ? POLLOUT : POLLIN), revents: 0)
        _ = poll(&entry, 1, 10_000)
      }
      try connection.send("SELECT pg_sleep(600) -- let go")
      let deadline = ContinuousClock.now + .seconds(20)
      while try running() != "1", ContinuousClock.now < deadline {}
      #expect(try running() == "1")
    }
    let deadline = ContinuousClock.now + .seconds(20)
    while try running() != "0", ContinuousClock.now < deadline {}
    #expect(try running() == "0")
  }
}
