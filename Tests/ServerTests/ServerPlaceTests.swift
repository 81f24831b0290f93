import TestSupport
import Testing

@testable import Server

/// What is compared of two servers, without a name being looked up.
@Suite struct ServerPlaceTests {
  /// Host, address and port as libpq tells what it reached.
  struct Case: Sendable {
    var target: String
    var host: String
    var address = ""
    var port = "5432"
  }

  private func fits(_ one: Case) throws -> Bool {
    let reached = ServerPlace(host: one.host, address: one.address, port: one.port)
    return try ConnectionTarget(one.target).places.contains(where: reached.isSame)
  }

  @Test(arguments: [
    Case(target: "host=localhost port=5432", host: "127.0.0.1", address: "127.0.0.1"),
    Case(target: "host=127.0.0.1 port=5432", host: "LocalHost", address: "::1"),
    Case(target: "host=::1 port=5432", host: "localhost.", address: "127.0.0.1"),
    Case(target: "host=localhost port=5432", host: "127.1", address: "127.0.0.1"),
    Case(target: "host=127.0.1.1 port=5432", host: "::ffff:127.0.0.1", address: "::ffff:127.0.0.1"),
    Case(target: "host=DB.example.com port=6000", host: "db.Example.com", address: "10.0.0.5", port: "6000"),
    Case(target: "host=db.example.com hostaddr=10.0.0.5 port=5432", host: "10.0.0.5", address: "10.0.0.5"),
    Case(target: "postgresql://a,b,10.0.0.9:5432/x", host: "tunnel", address: "10.0.0.9"),
    Case(target: "host=a,b port=5433,5434", host: "b", address: "10.0.0.1", port: "5434"),
    Case(target: "host=fe80::0001 port=5432", host: "FE80::1", address: "fe80::1"),
    Case(target: "host=/tmp port=5432", host: "/tmp/."),
    Case(target: "host=localhost port=5432", host: "/tmp"),
    Case(target: "host=/tmp port=5432", host: "127.0.0.1", address: "127.0.0.1"),
  ])
  func `the same server`(one: Case) throws { #expect(try fits(one)) }

  @Test(arguments: [
    Case(target: "host=localhost port=5432", host: "localhost", address: "127.0.0.1", port: "5433"),
    Case(target: "host=db1 port=5432", host: "db2", address: "10.0.0.5"),
    Case(target: "host=10.0.0.5 port=5432", host: "10.0.0.6", address: "10.0.0.6"),
    Case(target: "host=a,b port=5433,5434", host: "a", address: "10.0.0.1", port: "5434"),
    Case(target: "host=/tmp port=5432", host: "/var"),
    Case(target: "host=127.example.com port=5432", host: "localhost", address: "127.0.0.1"),
  ])
  func `another server`(one: Case) throws { #expect(try !fits(one)) }

  @Test func `a session tells the place that answered, and libpq's defaults are a place`() throws {
    let database = try TestCluster.shared.database(.empty)
    let session = try database.session()
    #expect(try ConnectionTarget(database.conninfo).places.contains(where: session.place.isSame))
    #expect(try ConnectionTarget("shop").places.count == 1)
    #expect(ConnectionTarget(keywords: ["service": "no such service"]).places.isEmpty)
  }
}
