import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite struct PolledConnectionTests {
  @Test func `a connection that is let go takes its statement along`() throws {
    let database = try TestCluster.shared.database(.empty)
    let watcher = try database.connect()
    let running =
      "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(600)%')"
    do {
      let connection = try PolledConnection(ConnectionParameters(database.parameters))
      while try connection.next() != .idle {
        var entry = pollfd(
          fd: connection.descriptor, events: Int16(connection.wantsToWrite ? POLLOUT : POLLIN), revents: 0)
        _ = poll(&entry, 1, -1)
      }
      try connection.send("SELECT pg_sleep(600) -- let go")
      try watcher.wait(until: running)
    }
    try watcher.wait(until: "NOT \(running)")
  }
}
