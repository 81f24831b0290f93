import Glibc
import Sandbox
import TestSupport
import Testing

@testable import Postgres

@Suite struct ConnectionOpeningTests {
  static func failure(_ parameters: [String: String], password: (() -> String?)? = nil) -> PostgresError? {
    #expect(throws: PostgresError.self) {
      _ = try Connection(ConnectionParameters(parameters), password: password)
    }
  }

  @Test func `a refused connection says where and what to look at`() throws {
    let folder = try TemporaryFolder()
    #expect(
      Self.failure(["host": folder.path, "port": "6543", "dbname": "shop", "user": "hypo"])
        == PostgresError(
          .connection,
          """
          connection to server on socket "\(folder.path)/.s.PGSQL.6543" failed: No such file or directory
          \tIs the server running locally and accepting connections on that socket?
          """))
    let port = try FreePort.find()
    #expect(
      Self.failure(["host": "127.0.0.1", "port": "\(port)", "dbname": "shop", "user": "hypo"])
        == PostgresError(
          .connection,
          """
          connection to server at "127.0.0.1", port \(port) failed: Connection refused
          \tIs the server running on that host and accepting TCP/IP connections?
          """))
  }

  @Test func `an unknown database and an unknown role are told in the server's words`() throws {
    let server = try TestCluster.shared.cluster()
    let start = "connection to server on socket \"\(server.socketFolder)/.s.PGSQL.\(server.port)\" failed: "
    #expect(
      Self.failure(server.parameters(database: "nowhere"))
        == PostgresError(.connection, start + "FATAL:  database \"nowhere\" does not exist"))
    #expect(
      Self.failure(server.parameters(database: "postgres", user: "nobody_here"))
        == PostgresError(.connection, start + "FATAL:  role \"nobody_here\" does not exist"))
  }

  @Test func `an unknown keyword is refused before anything is tried`() {
    #expect(
      Self.failure(["colour": "blue"]) == PostgresError(.connection, "invalid connection option \"colour\""))
  }

  @Test func `the first of several hosts that answers is taken`() throws {
    let server = try TestCluster.shared.cluster()
    let folder = try TemporaryFolder()
    var parameters = server.parameters(database: "postgres")
    parameters["host"] = "\(folder.path),\(server.socketFolder)"
    let connection = try Connection(ConnectionParameters(parameters))
    #expect(connection.host == server.socketFolder)
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `a standby is wanted and every host is a primary`() throws {
    let server = try TestCluster.shared.cluster()
    var parameters = server.parameters(database: "postgres")
    parameters["target_session_attrs"] = "standby"
    #expect(
      Self.failure(parameters)
        == PostgresError(
          .connection,
          "connection to server on socket \"\(server.socketFolder)/.s.PGSQL.\(server.port)\" failed: "
            + "server is not in hot standby mode"))
    parameters["target_session_attrs"] = "read-write"
    #expect(
      try Connection(ConnectionParameters(parameters)).query("SELECT pg_is_in_recovery()").value == "f")
  }

  @Test func `connect_timeout ends an attempt that nobody answers`() throws {
    let silent = try SilentServer()
    let start = ContinuousClock.now
    #expect(
      Self.failure(
        ["host": "127.0.0.1", "port": "\(silent.port)", "connect_timeout": "1", "sslmode": "disable"])
        == PostgresError(.connection, "the connection attempt timed out"))
    let took = ContinuousClock.now - start
    #expect(took >= .seconds(2) && took < .seconds(60), "libpq's shortest time is two seconds")
  }

  @Test func `an interrupt ends an attempt that nobody answers`() throws {
    let silent = try SilentServer()
    let pipe = try Interruption()
    pipe.ask()
    let error = #expect(throws: PostgresError.self) {
      _ = try Connection(
        ConnectionParameters(["host": "127.0.0.1", "port": "\(silent.port)", "sslmode": "disable"]),
        interrupts: pipe.interrupts)
    }
    #expect(error == PostgresError(.interrupted, "the connection attempt was cancelled"))
  }

  @Test func `what was connected to is known afterwards, without a password`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try Connection(
      ConnectionParameters(database.parameters.merging(["password": "secret"]) { $1 }))
    #expect(connection.database == database.name)
    #expect(connection.user == "hypo")
    #expect(connection.port == database.parameters["port"])
    #expect(connection.usesTLS == false)
    #expect(connection.typedPassword == nil)
    #expect(
      String(connection.serverVersion) == (try connection.query("SHOW server_version_num").value))
    #expect(String(connection.backendPID) == (try connection.query("SELECT pg_backend_pid()").value))
  }
}
