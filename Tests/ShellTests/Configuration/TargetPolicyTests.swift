import IndexDesign
import Testing

@testable import Shell

@Suite struct TargetPolicyTests {
  private let monday = Timestamp("2026-11-23T12:00:00Z")!

  private func policy(_ change: (inout TargetPolicy) throws -> Void) rethrows -> TargetPolicy {
    var policy = TargetPolicy()
    try change(&policy)
    return policy
  }

  private func decisions(_ policy: TargetPolicy) -> [TargetPolicy.Action: TargetPolicy.Decision] {
    let actions: [TargetPolicy.Action] = [.promote, .retire, .setup, .rollback, .measure]
    return Dictionary(
      uniqueKeysWithValues: actions.map { ($0, policy.decision(on: $0, target: "live", at: monday)) })
  }

  @Test func `everything is allowed until the configuration says otherwise, on production but measure`() {
    #expect(decisions(TargetPolicy()).values.allSatisfy { $0 == .allowed })
    let production = decisions(policy { $0.isProduction = true })
    #expect(production.filter { $0.value != .allowed }.map(\.key) == [.measure])
    #expect(
      production[.measure]
        == .refused(
          reason: "the policy of \"live\" refuses measure",
          hint: "measure = allow in its section of the configuration would allow it"))
    let measured = policy {
      $0.isProduction = true
      $0.measuring = true
    }
    #expect(decisions(measured).values.allSatisfy { $0 == .allowed })
    #expect(decisions(policy { $0.measuring = false })[.measure] != .allowed)
  }

  @Test func `outside of the window only a rollback passes, and says so`() throws {
    let closed = decisions(try policy { $0.changeWindow = try ChangeWindow("Mon-Fri 22:00-04:00") })
    for action in [TargetPolicy.Action.promote, .retire, .setup] {
      #expect(
        closed[action]
          == .refused(
            reason:
              "\(action.rawValue) is refused outside of the change window of \"live\": Mon-Fri 22:00-04:00",
            hint: "it opens Mon 2026-11-23 22:00 UTC"))
    }
    #expect(
      closed[.rollback]
        == .allowedWith(
          remark:
            "outside of the change window of live (Mon-Fri 22:00-04:00): a rollback is allowed all the same"))
    #expect(closed[.measure] == .allowed)
    let open = decisions(try policy { $0.changeWindow = try ChangeWindow("Mon 12:00-12:01") })
    #expect(open.values.allSatisfy { $0 == .allowed })
  }

  @Test func `changes that are refused at all leave the rollback`() {
    let refused = decisions(policy { $0.allowsChanges = false })
    for action in [TargetPolicy.Action.promote, .retire, .setup] {
      #expect(
        refused[action]
          == .refused(
            reason: "the policy of \"live\" refuses changes",
            hint: "promote = allow in its section of the configuration would allow them"))
    }
    #expect(refused[.rollback] == .allowed)
  }

  @Test func `the window's state is told in words`() throws {
    #expect(TargetPolicy().windowState(at: monday) == nil)
    func words(_ window: String) throws -> String? {
      try policy { $0.changeWindow = try ChangeWindow(window) }.windowState(at: monday).map {
        "\($0.isOpen) \($0.words)"
      }
    }
    #expect(try words("Mon 12:00-13:00") == "true open until Mon 2026-11-23 13:00 UTC")
    #expect(try words("Mon 12:01-13:00") == "false closed until Mon 2026-11-23 12:01 UTC")
    #expect(try words("0:00-24:00") == "true always open")
  }
}
