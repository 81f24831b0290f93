import Testing

@testable import Shell

@Suite struct AdviceTests {
  private static let server =
    "check host, port and that the server runs; connect sandbox starts a private one to try things on"

  @Test(arguments: [
    (
      "connection to server at \"h\", port 5432 failed: fe_sendauth: no password supplied",
      "put the password into ~/.pgpass or PGPASSWORD; in a terminal hypo asks for it"
    ),
    (
      "connection to server at \"h\", port 5432 failed: FATAL:  password authentication failed for user \"u\"",
      "check the user and the password: PGUSER, ~/.pgpass, or connect 'host=… user=…'"
    ),
    (
      "connection to server on socket \"s\" failed: FATAL:  Peer authentication failed for user \"u\"",
      "check the user and the password: PGUSER, ~/.pgpass, or connect 'host=… user=…'"
    ),
    (
      "connection to server on socket \"s\" failed: FATAL:  role \"u\" does not exist",
      "name another role: PGUSER, or connect 'user=…'"
    ),
    (
      "connection to server on socket \"s\" failed: FATAL:  database \"d\" does not exist",
      "a bare TARGET is the name of a database; psql -l lists those that exist"
    ),
    ("connection to server at \"h\", port 5432 failed: timeout expired", server),
    ("could not translate host name \"nohost\" to address: Name or service not known", server),
    (
      "missing \"=\" after \"a b\" in connection info string",
      "TARGET is a database name, a conninfo string, a URI, service=NAME, or sandbox"
    ),
  ])
  func `each way of failing to connect has its next step`(message: String, hint: String) {
    #expect(Advice.onConnection(message) == hint)
  }
}
