import IndexDesign
import Testing

/// Tests of what any other module sees: this file has no `@testable` import.
@Suite struct PermitTests {
  private let noon = Moment(Timestamp("2026-11-23T12:00:00Z")!)

  private func plan(_ kind: ChangeIntent.Kind = .promote, _ work: ChangeStep.Work = .drop(objectID: 7))
    -> ChangePlan
  {
    ChangePlan(
      kind: kind,
      server: ServerFingerprint(
        host: "db1", port: 5432, database: "shop", user: "ada", serverVersion: "15.18"),
      steps: [
        ChangeStep(
          work, name: RelationName(schema: "public", name: "orders_idx"), statement: "one", reverse: "other")
      ])
  }

  private func window(_ start: Int, _ end: Int) -> TargetPolicy {
    TargetPolicy(
      changeWindow: ChangeWindow(
        hours: [.init(days: Set(0...6), start: start, end: end)], zone: "UTC", text: "\(start)-\(end)"))
  }

  private func refusal(_ body: () throws(PolicyRefusal) -> Void) -> PolicyRefusal? {
    do {
      try body()
      return nil
    } catch { return error }
  }

  @Test func `a permit is for one plan, for a minute`() throws {
    let policies = GoverningPolicies([.init("live", TargetPolicy(isProduction: true))])
    let permit = try policies.permit(plan(), .typed("orders_idx"), at: noon)
    let (allowed, targets, confirmation) = (permit.plan, permit.targets, permit.confirmation)
    #expect(allowed == plan())
    #expect(targets == ["live"])
    #expect(confirmation == .typed("orders_idx"))
    let (given, expires) = (permit.given, permit.expires)
    #expect(given == noon.time && expires == Timestamp("2026-11-23T12:01:00Z"))
    let refusals = ["2026-11-23T12:00:00Z", "2026-11-23T12:00:59.999999Z"].map {
      permit.refusal(of: plan(), at: Timestamp($0)!)
    }
    #expect(refusals == [nil, nil])
  }

  @Test(arguments: ["2026-11-23T12:01:00Z", "2026-11-23T11:59:59Z", "2027-01-01T00:00:00Z"])
  func `it is good at no other time`(time: String) throws {
    let permit = try GoverningPolicies([]).permit(plan(), .saidYes, at: noon)
    let time = Timestamp(time)!
    let refusal = permit.refusal(of: plan(), at: time)
    #expect(
      refusal
        == PolicyRefusal(
          "cannot promote: the permit is good from 2026-11-23T12:00:00.000000Z to 2026-11-23T12:01:00.000000Z, "
            + "and it is \(time)", hint: "promote again and confirm it anew"))
  }

  @Test func `a plan that differs in anything is another plan`() throws {
    var others = [plan(), plan(), plan(), plan(), plan(.rollback(of: ChangeNumber(1)))]
    others[0].steps[0].statement = "two"
    others[1].server.database = "elsewhere"
    others[2].textSettings = ["search_path": "tools"]
    others[3].steps.append(others[3].steps[0])
    for other in others {
      let permit = try GoverningPolicies([]).permit(plan(), .saidYes, at: noon)
      let refusal = permit.refusal(of: other, at: noon.time)
      #expect(
        refusal
          == PolicyRefusal(
            "cannot \(other.kind.verb): the permit is for another plan",
            hint: "\(other.kind.verb) again: what is shown is then what is confirmed and run"))
    }
  }

  @Test func `it ends with the change window, and with the first of several`() throws {
    let policies = GoverningPolicies([
      .init("live", window(0, 721)), .init("spare", window(0, 1440)), .init("free", TargetPolicy()),
    ])
    let late = Moment(Timestamp("2026-11-23T12:00:30Z")!)
    let permit = try policies.permit(plan(), .saidYes, at: late)
    let (expires, targets) = (permit.expires, permit.targets)
    #expect(expires == Timestamp("2026-11-23T12:01:00Z"))
    #expect(targets == ["live", "spare", "free"])
  }

  @Test func `a rollback outside of the window gets its full minute`() throws {
    let policies = GoverningPolicies([.init("live", window(0, 60))])
    let permit = try policies.permit(plan(.rollback(of: ChangeNumber(1))), .saidYes, at: noon)
    let expires = permit.expires
    #expect(expires == Timestamp("2026-11-23T12:01:00Z"))
  }

  @Test func `one policy that refuses is enough, and no answer helps`() {
    let policies = GoverningPolicies([
      .init("spare", TargetPolicy()), .init("live", TargetPolicy(allowsChanges: false)),
    ])
    let refused = PolicyRefusal(
      "the policy of \"live\" refuses changes",
      hint: "promote = allow in its section of the configuration would allow them")
    for confirmation in [Permit.Confirmation.saidYes, .typed("orders_idx"), .notNeeded] {
      #expect(
        refusal { () throws(PolicyRefusal) in _ = try policies.permit(plan(), confirmation, at: noon) }
          == refused)
    }
  }

  @Test func `on production no flag confirms`() throws {
    let policies = GoverningPolicies([
      .init("spare", TargetPolicy()), .init("live", TargetPolicy(isProduction: true)),
    ])
    #expect(
      refusal { () throws(PolicyRefusal) in _ = try policies.permit(plan(), .saidYes, at: noon) }
        == PolicyRefusal(
          "cannot promote on a production target because of --yes alone: nothing was changed",
          hint: "a person has to type orders_idx"))
    let permit = try policies.permit(plan(), .typed("orders_idx"), at: noon)
    let confirmation = permit.confirmation
    #expect(confirmation == .typed("orders_idx"))
  }

  @Test func `without the person's word there is no permit`() {
    let policies = GoverningPolicies([])
    #expect(
      refusal { () throws(PolicyRefusal) in _ = try policies.permit(plan(), .typed("orders"), at: noon) }
        == PolicyRefusal("the answer was not \"orders_idx\": nothing was changed"))
    #expect(
      refusal { () throws(PolicyRefusal) in _ = try policies.permit(plan(), .notNeeded, at: noon) }
        == PolicyRefusal("nobody confirmed: nothing was changed", hint: "a script confirms with --yes"))
    #expect(
      refusal { () throws(PolicyRefusal) in
        _ = try policies.permit(
          plan(.rollback(of: ChangeNumber(1)), .note(.wasNotThere)), .notNeeded, at: noon)
      } == nil)
  }

  @Test func `a plan that speaks against itself gets none`() {
    var refused = plan()
    refused.refusals = [ChangeFailure(message: "no", sqlState: "42501", detail: "because", hint: "ask")]
    #expect(
      refusal { () throws(PolicyRefusal) in _ = try GoverningPolicies([]).permit(refused, .saidYes, at: noon)
      }
        == PolicyRefusal("no", detail: "because", hint: "ask"))
  }

  @Test func `the word that confirms is the name of the one thing that changes`() {
    #expect(plan().confirmationWord == "orders_idx")
    #expect(plan(.setUp).confirmationWord == "setup")
    var two = plan()
    two.steps += two.steps
    #expect(two.confirmationWord == "promote")
  }
}
