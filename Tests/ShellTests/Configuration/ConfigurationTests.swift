import Server
import IndexDesign
import Testing

@testable import Shell

/// Which targets' policies count for a session.
@Suite struct ConfigurationTests {
  private static let configuration = Configuration(targets: [
    Target(name: "play", conninfo: "host=localhost port=5432 dbname=play"),
    Target(
      name: "live", conninfo: "host=127.0.0.1 port=5432", policy: TargetPolicy(isProduction: true)),
    Target(name: "far", conninfo: "host=db.example.com,db2.example.com port=5432"),
    Target(name: "box", conninfo: "sandbox"),
  ])

  struct Case: Sendable {
    var name: String?
    var host: String
    var address = ""
    var names: [String]
  }

  @Test(arguments: [
    Case(name: nil, host: "localhost", address: "::1", names: ["live", "play"]),
    Case(name: "play", host: "localhost", address: "127.0.0.1", names: ["live", "play"]),
    Case(name: "live", host: "127.0.0.1", address: "127.0.0.1", names: ["live", "play"]),
    Case(name: nil, host: "DB2.example.com", address: "10.0.0.2", names: ["far"]),
    Case(name: nil, host: "10.0.0.3", address: "10.0.0.3", names: []),
    Case(name: "sandbox", host: "/tmp", names: ["box"]),
    Case(name: "box", host: "/tmp", names: ["box"]),
  ])
  func `the policy is of the server that was reached`(one: Case) {
    let reached = ServerPlace(host: one.host, address: one.address, port: "5432")
    let targets = Self.configuration.targets(
      openedBy: one.name, reached: reached, places: Self.configuration.places)
    #expect(targets.map(\.name) == one.names)
  }

  @Test func `an address that a target was found at counts too`() {
    var places = Self.configuration.places
    places["far", default: []].append(
      ServerPlace(host: "db.example.com", address: "10.0.0.3", port: "5432"))
    let reached = ServerPlace(host: "10.0.0.3", address: "10.0.0.3", port: "5432")
    #expect(
      Self.configuration.targets(openedBy: nil, reached: reached, places: places).map(\.name) == ["far"])
  }
}
