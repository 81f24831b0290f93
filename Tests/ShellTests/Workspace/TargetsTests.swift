import IndexDesign
import Server
import Testing

@testable import Shell

@Suite struct TargetsTests {
  private let place = ServerPlace(host: "db.example", address: "192.0.2.7", port: "5432")
  private let live = Target(
    name: "live", conninfo: "service=nowhere", policy: TargetPolicy(isProduction: true))

  @Test func `a server that was found by a target's name is governed by it, however it is opened next`() {
    let targets = Targets(Configuration(targets: [live]))
    #expect(targets.governing(place) == [])
    targets.reached(place, openedBy: "live")
    #expect(targets.openedName == "live" && targets.governing(place) == [live])
    targets.left()
    targets.reached(place, openedBy: nil)
    #expect(targets.openedName == nil && targets.governing(place) == [live])
    #expect(targets.governing(ServerPlace(host: "other.example", address: "", port: "5432")) == [])
  }

  @Test func `a target whose conninfo is sandbox is the private server, and no other is`() {
    let targets = Targets(Configuration(targets: [live, Target(name: "play", conninfo: "sandbox")]))
    for (name, isSandbox) in [("sandbox", true), ("play", true), ("live", false)] {
      targets.reached(place, openedBy: name)
      #expect(targets.isOnSandbox == isSandbox, "\(name)")
    }
    targets.left()
    #expect(!targets.isOnSandbox)
  }

  @Test func `a typed target is a name of the configuration before it is a database`() {
    let targets = Targets(Configuration(targets: [live]))
    #expect(targets.destination("live") == .named(live))
    #expect(targets.destination("orders") == .database("orders"))
    #expect(targets.destination("sandbox") == .sandbox)
    #expect(targets.destination("host=h") == .conninfo("host=h"))
  }
}
