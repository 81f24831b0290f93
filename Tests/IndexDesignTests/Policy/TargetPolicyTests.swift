import IndexDesign
import Testing

@Suite struct TargetPolicyTests {
  private let monday = Moment(Timestamp("2026-11-23T12:00:00Z")!)

  private func policy(_ change: (inout TargetPolicy) -> Void) -> TargetPolicy {
    var policy = TargetPolicy()
    change(&policy)
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

  @Test func `outside of the window only a rollback passes, and says so`() {
    let closed = decisions(
      policy { $0.changeWindow = ChangeWindow("Mon-Fri 22:00-04:00", Set(0...4), 22 * 60, 4 * 60) })
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
    let open = decisions(policy { $0.changeWindow = ChangeWindow("Mon 12:00-12:01", [0], 720, 721) })
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

  @Test func `the window's state is told in words`() {
    #expect(TargetPolicy().windowState(at: monday) == nil)
    func words(_ window: ChangeWindow) -> String? {
      policy { $0.changeWindow = window }.windowState(at: monday).map { "\($0.isOpen) \($0.words)" }
    }
    #expect(words(ChangeWindow("", [0], 720, 780)) == "true open until Mon 2026-11-23 13:00 UTC")
    #expect(words(ChangeWindow("", [0], 721, 780)) == "false closed until Mon 2026-11-23 12:01 UTC")
    #expect(words(ChangeWindow("", Set(0...6), 0, 1440)) == "true always open")
  }

  @Test func `a window whose clock nobody knows is closed`() {
    let far = policy {
      $0.changeWindow = ChangeWindow(
        hours: [.init(days: Set(0...6), start: 0, end: 1440)], zone: "Mars/Olympus", text: "0:00-24:00")
    }
    #expect(
      far.decision(on: .promote, target: "live", at: monday)
        == .refused(
          reason: "promote is refused outside of the change window of \"live\": 0:00-24:00",
          hint: "it does not open within two weeks"))
  }

  @Test func `a clock that is changed is looked up at each minute`() {
    let clock = ZoneClock(
      zone: "Europe/Berlin", offsetInSeconds: 3600,
      shifts: [.init(at: Timestamp("2026-03-29T01:00:00Z")!, offsetInSeconds: 7200)])
    let moment = Moment(Timestamp("2026-03-28T12:00:00Z")!, clocks: [clock])
    let window = ChangeWindow(
      hours: [.init(days: [6], start: 180, end: 240)], zone: "Europe/Berlin", text: "Sun 03:00-04:00")
    #expect(window.nextTurn(after: moment) == Timestamp("2026-03-29T01:00:00Z"))
    #expect(
      window.words(Timestamp("2026-03-29T01:00:00Z")!, at: moment) == "Sun 2026-03-29 03:00 Europe/Berlin")
  }
}

extension ChangeWindow {
  fileprivate init(_ text: String, _ days: Set<Int>, _ start: Int, _ end: Int) {
    self.init(hours: [.init(days: days, start: start, end: end)], zone: "UTC", text: text)
  }
}
