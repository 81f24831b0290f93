import Testing

@testable import Shell

@Suite struct DestinationTests {
  private let staging = Target(name: "staging", conninfo: "host=db2")

  @Test(arguments: [
    ("sandbox", Destination.sandbox), ("", .conninfo("")), ("host=h", .conninfo("host=h")),
    ("postgres://h/d", .conninfo("postgres://h/d")), ("postgresql://h/d", .conninfo("postgresql://h/d")),
    ("service=x", .conninfo("service=x")), ("orders", .database("orders")), ("Staging", .database("Staging")),
    ("http://h", .database("http://h")),
  ])
  func `a target is read in the order that the manual states`(text: String, destination: Destination) {
    #expect(Destination(text, targets: [staging]) == destination)
  }

  @Test func `a named target wins over a database of that name`() {
    #expect(Destination("staging", targets: [staging]) == .named(staging))
    #expect(Destination("staging", targets: []) == .database("staging"))
    #expect(Destination("dbname=staging", targets: [staging]) == .conninfo("dbname=staging"))
  }
}
