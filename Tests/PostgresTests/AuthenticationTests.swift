import Glibc
import TestSupport
import Testing

@testable import Postgres

/// Passwords, service files and TLS, on a server that asks for them.
@Suite(.serialized) struct AuthenticationTests {
  /// Wants a password of the role `ann` and of everybody who comes over TCP.
  static let server = Result { try SecuredServer() }

  @Test func `a wrong password is told in the server's words`() throws {
    let server = try Self.server.get()
    #expect(
      ConnectionOpeningTests.failure(server.local(["user": "ann", "password": "wrong"]))
        == PostgresError(
          .connection, server.localStart + "FATAL:  password authentication failed for user \"ann\""))
  }

  @Test func `the callback is asked once, and only when no password is known`() throws {
    let server = try Self.server.get()
    var asked = 0
    let connection = try Connection(ConnectionParameters(server.local(["user": "ann"]))) {
      asked += 1
      return "open sesame"
    }
    #expect(asked == 1 && connection.user == "ann" && connection.typedPassword == "open sesame")
    let wrong = ConnectionOpeningTests.failure(server.local(["user": "ann"])) {
      asked += 1
      return "wrong"
    }
    #expect(asked == 2)
    #expect(
      wrong
        == PostgresError(
          .connection, server.localStart + "FATAL:  password authentication failed for user \"ann\""))
    for given in ["open sesame", "wrong"] {
      _ = try? Connection(ConnectionParameters(server.local(["user": "ann", "password": given]))) {
        asked += 1
        return "open sesame"
      }
    }
    #expect(asked == 2)
  }

  @Test func `no password given is an error of its own`() throws {
    let server = try Self.server.get()
    let expected = PostgresError(.passwordNeeded, server.localStart + "fe_sendauth: no password supplied")
    #expect(ConnectionOpeningTests.failure(server.local(["user": "ann"])) == expected)
    #expect(ConnectionOpeningTests.failure(server.local(["user": "ann"])) { nil } == expected)
  }

  @Test func `a password file is used, and not when others may read it`() throws {
    let server = try Self.server.get()
    let folder = try TemporaryFolder()
    try folder.write("*:*:*:ann:open sesame\n", to: "pass")
    let parameters = server.local(["user": "ann", "passfile": "\(folder.path)/pass"])
    chmod("\(folder.path)/pass", 0o600)
    let connection = try Connection(ConnectionParameters(parameters))
    #expect(connection.user == "ann" && connection.typedPassword == nil)
    try folder.write("*:*:*:ann:wrong\n", to: "pass")
    #expect(
      ConnectionOpeningTests.failure(parameters)
        == PostgresError(
          .connection,
          server.localStart
            + "FATAL:  password authentication failed for user \"ann\"\n"
            + "password retrieved from file \"\(folder.path)/pass\""))
  }

  @Test func `PG variables, a service file and a password file are libpq's own`() async throws {
    let server = try Self.server.get()
    let folder = try TemporaryFolder()
    try folder.write("*:*:*:ann:open sesame\n", to: "pass")
    chmod("\(folder.path)/pass", 0o600)
    try folder.write(
      "[shop]\nhost=\(server.socketFolder)\nport=\(server.port)\ndbname=postgres\nuser=ann\n", to: "services")
    let (path, host, port) = (folder.path, server.socketFolder, server.port)
    // The environment belongs to the whole process, so this one has a process of its own.
    await #expect(processExitsWith: .success) {
      [path = path as String, host = host as String, port = port as String] in
      setenv("PGPASSFILE", "\(path)/pass", 1)
      setenv("PGSERVICEFILE", "\(path)/services", 1)
      #expect(try Connection(ConnectionParameters(target: "service=shop")).user == "ann")
      let missing = #expect(throws: PostgresError.self) {
        try Connection(ConnectionParameters(target: "service=none"))
      }
      #expect(missing == PostgresError(.connection, "definition of service \"none\" not found"))
      setenv("PGHOST", host, 1)
      setenv("PGPORT", port, 1)
      setenv("PGUSER", "ann", 1)
      setenv("PGDATABASE", "template1", 1)
      setenv("PGAPPNAME", "from the environment", 1)
      let connection = try Connection(ConnectionParameters(target: ""))
      #expect(connection.user == "ann" && connection.database == "template1")
      #expect(try connection.query("SHOW application_name").value == "from the environment")
      #expect(try Connection(ConnectionParameters(target: "postgres")).database == "postgres")
    }
  }

  @Test func `TLS: required without it, with a certificate of its own, and verified`() throws {
    let server = try Self.server.get()
    let start = "connection to server at \"127.0.0.1\", port \(server.port) failed: "
    #expect(
      ConnectionOpeningTests.failure(server.tcp(["sslmode": "require"]))
        == PostgresError(.connection, start + "server does not support SSL, but SSL was required"))
    #expect(try Connection(ConnectionParameters(server.tcp(["sslmode": "prefer"]))).usesTLS == false)
    let certificate = try server.switchTLSOn()
    let required = try Connection(ConnectionParameters(server.tcp(["sslmode": "require"])))
    #expect(required.usesTLS && required.host == "127.0.0.1")
    #expect(try required.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").value == "t")
    let verified = try Connection(
      ConnectionParameters(server.tcp(["sslmode": "verify-full", "sslrootcert": certificate])))
    #expect(verified.usesTLS)
    #expect(try verified.query("SELECT 1").value == "1")
    let other = try TemporaryFolder()
    let stranger = try SecuredServer.makeCertificate(in: other.path)
    #expect(
      ConnectionOpeningTests.failure(server.tcp(["sslmode": "verify-ca", "sslrootcert": stranger]))
        == PostgresError(.connection, start + "SSL error: certificate verify failed"))
  }
}
