import IndexDesign
import Testing

@Suite struct ServerInstanceTests {
  static let then = Timestamp(secondsSinceEpoch: 1_000)
  static let later = Timestamp(secondsSinceEpoch: 2_000)
  static let primary = ServerInstance(address: "10.0.0.1:5432", started: then, isInRecovery: false)

  @Test func `one instance is known by its name, its start or its address`() {
    var restarted = Self.primary
    restarted.started = Self.later
    #expect(restarted.obstacle(toComparingWith: Self.primary) == nil)
    let promoted = ServerInstance(address: "10.0.0.9:5432", started: Self.then, isInRecovery: true)
    #expect(
      promoted.obstacle(toComparingWith: Self.primary) == nil, "it was promoted, or is reached by another way"
    )
    let overSocket = ServerInstance(started: Self.later, isInRecovery: false)
    #expect(overSocket.obstacle(toComparingWith: Self.primary) == nil)
    let named = ServerInstance(name: "a", address: "10.0.0.2:5432", started: Self.later, isInRecovery: true)
    let moved = ServerInstance(name: "a", address: "10.0.0.3:5432", started: Self.then, isInRecovery: false)
    #expect(named.obstacle(toComparingWith: moved) == nil)
  }

  @Test func `two instances differ, and the words name both`() {
    let other = ServerInstance(address: "10.0.0.2:5432", started: Self.later, isInRecovery: false)
    #expect(
      other.obstacle(toComparingWith: Self.primary)
        == "they were counted on the primary at 10.0.0.1:5432, and this is the primary at 10.0.0.2:5432")
    let standby = ServerInstance(started: Self.later, isInRecovery: true)
    #expect(
      standby.obstacle(toComparingWith: Self.primary)
        == "they were counted on the primary at 10.0.0.1:5432, and this is the standby")
    let (reader, writer) = (
      ServerInstance(name: "r", started: Self.then, isInRecovery: true),
      ServerInstance(name: "w", started: Self.then, isInRecovery: false)
    )
    #expect(
      reader.obstacle(toComparingWith: writer)
        == "they were counted on instance \"w\", and this is instance \"r\"")
  }
}
