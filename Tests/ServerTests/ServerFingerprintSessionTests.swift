import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct ServerFingerprintSessionTests {
  @Test func `a fingerprint names the database and never a password`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    let session = try Session(target: database.conninfo)
    let identifier = try database.execute("SELECT system_identifier::text FROM pg_control_system()").value
    let fingerprint = try session.fingerprint()
    #expect(fingerprint.database == database.name)
    #expect(fingerprint.systemIdentifier == identifier)
    #expect(fingerprint.host == database.parameters["host"])
    #expect(!fingerprint.isAurora)
    #expect(fingerprint.matches(try session.fingerprint()))
  }

  @Test func `without the right to the identifier the address has to do`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    try database.script(
      "CREATE ROLE blind LOGIN; REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC")
    let fingerprint = try Session(target: database.conninfo(user: "blind")).fingerprint()
    #expect(fingerprint.systemIdentifier == nil)
    #expect(fingerprint.user == "blind")
  }
}
