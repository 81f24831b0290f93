import TestSupport
import Testing

@testable import Postgres

@Suite struct ConnectionEnvironmentTests {
  @Test func `what was typed and what was found becomes variables, and the rest of them goes`() throws {
    let database = try TestCluster.shared.database(.empty)
    var parameters = ConnectionParameters(database.parameters)
    parameters["options"] = "-c work_mem=99kB"
    parameters["password"] = "secret"
    parameters["fallback_application_name"] = "x"
    let connection = try Connection(parameters)
    let environment = connection.environment(over: [
      "HOME": "/h", "PGSERVICE": "s", "PGSERVICEFILE": "f", "PGHOSTADDR": "::1", "PGUSER": "another",
      "PGTZ": "UTC",
    ])
    #expect(environment["HOME"] == "/h" && environment["PGTZ"] == "UTC")
    for gone in ["PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR", "PGAPPNAME"] {
      #expect(environment[gone] == nil)
    }
    #expect(environment["PGHOST"] == database.parameters["host"])
    #expect(environment["PGPORT"] == database.parameters["port"])
    #expect(environment["PGDATABASE"] == database.name)
    #expect(environment["PGUSER"] == database.parameters["user"])
    #expect(environment["PGPASSWORD"] == "secret")
    #expect(environment["PGOPTIONS"] == "-c work_mem=99kB")
    #expect(environment["PGCLIENTENCODING"] == "UTF8")
    #expect(!connection.hasKeyPassphrase)
  }

  @Test func `of several hosts the one that answered is named`() throws {
    let database = try TestCluster.shared.database(.empty)
    var parameters = ConnectionParameters(database.parameters)
    let (host, port) = (parameters["host"] ?? "", parameters["port"] ?? "")
    parameters["host"] = "/nowhere,\(host)"
    parameters["port"] = "1,\(port)"
    let environment = try Connection(parameters).environment(over: [:])
    #expect(environment["PGHOST"] == host && environment["PGPORT"] == port)
  }

  @Test func `a pass phrase has no variable`() throws {
    let database = try TestCluster.shared.database(.empty)
    var parameters = ConnectionParameters(database.parameters)
    parameters["sslpassword"] = "secret"
    let connection = try Connection(parameters)
    #expect(connection.hasKeyPassphrase)
    #expect(!connection.environment(over: [:]).values.contains("secret"))
  }

  @Test(
    arguments: [
      ("", "", "5432", "/run", "5432", nil), ("a", "1.1.1.1", "", "a", "5432", "1.1.1.1"),
      ("a,b", "1.1.1.1,2.2.2.2", "1,2", "b", "2", "2.2.2.2"),
      ("a,a", "1.1.1.1,2.2.2.2", "1,2", "a", "2", "2.2.2.2"),
      ("", "1.1.1.1,2.2.2.2", "7", "2.2.2.2", "7", "2.2.2.2"), ("a,b", ",2.2.2.2", "1,2", "a", "1", nil),
    ] as [(String, String, String, String, String, String?)])
  func `the address is the one of the host that answered`(
    hosts: String, addresses: String, ports: String, host: String, port: String, address: String?
  ) {
    #expect(
      ConnectedPlace(hosts: hosts, addresses: addresses, ports: ports, host: host, port: port).address
        == address)
  }
}
