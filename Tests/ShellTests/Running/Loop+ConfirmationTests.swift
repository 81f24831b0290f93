import IndexDesign
import Reports
import Server
import TestSupport
import Testing

@testable import Shell

@Suite struct LoopConfirmationTests {
  /// The time that a test says that it is.
  private final class Clock { var time = Timestamp(secondsSinceEpoch: 0) }

  private let target: Target
  private let clock = Clock()
  private let console = SilentConsole()

  init() throws {
    target = Target(
      name: "live", conninfo: try Shop.database().conninfo,
      policy: TargetPolicy(
        isProduction: true, changeWindow: try ChangeWindow("Mon 22:00-23:00", zones: .ofThisMachine)))
  }

  /// A shell on the target.
  ///
  /// - Parameter yes: whether `--yes` was said.
  private func loop(yes: Bool = false) throws -> Loop {
    var configuration = Configuration(targets: [target])
    configuration.settings.yes = yes
    let loop = Loop(
      console: console, environment: [:], configuration: configuration, now: { [clock] in clock.time })
    _ = try loop.workspace.connect(to: "live")
    return loop
  }

  private func at(_ time: String) throws { clock.time = try #require(Timestamp(time)) }

  private func failure(_ body: () throws(Failure) -> Void) -> Failure? {
    do {
      try body()
      return nil
    } catch { return error }
  }

  private let plan = ChangePlan(
    kind: .promote,
    server: ServerFingerprint(host: "h", port: 1, database: "d", user: "u", serverVersion: "15"),
    steps: [
      ChangeStep(
        .drop(objectID: 7), name: RelationName(schema: "public", name: "idx"), statement: "a", reverse: "b")
    ])

  private func refusal(of plan: ChangePlan, _ loop: Loop) -> Failure? {
    failure { () throws(Failure) in _ = try loop.permit(plan, to: "build it") }
  }

  private let closed = Failure(
    .refused, "promote is refused outside of the change window of \"live\": Mon 22:00-23:00",
    hint: "it opens Mon 2026-11-30 22:00 UTC")

  @Test func `the question names production and is not asked when the window is closed`() throws {
    let loop = try loop()
    try at("2026-11-23T22:30:00Z")
    console.answers = ["idx"]
    #expect(refusal(of: plan, loop) == nil)
    #expect(console.questions == ["Type idx to build it on PRODUCTION live: "])
    try at("2026-11-23T23:00:00Z")
    #expect(refusal(of: plan, loop) == closed)
    #expect(console.questions.count == 1)
  }

  @Test func `a window that closes while the question stands refuses`() throws {
    let loop = try loop()
    try at("2026-11-23T22:59:59Z")
    console.answers = ["idx"]
    console.onQuestion = { try? at("2026-11-23T23:00:00Z") }
    #expect(refusal(of: plan, loop) == closed)
    #expect(console.questions.count == 1)
  }

  @Test func `on production a person has to type the name, and yes opens no window`() throws {
    let loop = try loop(yes: true)
    try at("2026-11-23T23:00:00Z")
    #expect(refusal(of: plan, loop) == closed)
    #expect(console.questions.isEmpty)
    try at("2026-11-23T22:30:00Z")
    #expect(
      refusal(of: plan, loop)
        == Failure(
          .refused, "nobody confirmed: nothing was changed",
          hint: "on a production target a person has to type idx"))
    console.answers = ["idx"]
    var rollback = plan
    rollback.kind = .rollback(of: ChangeNumber(7))
    #expect(refusal(of: rollback, loop) == nil)
    #expect(console.questions.count == 2)
    #expect(failure { () throws(Failure) in try loop.allow(.measure) }?.status == .refused)
  }

  @Test func `elsewhere yes answers`() throws {
    var configuration = Configuration(
      targets: [Target(name: "play", conninfo: try Shop.database().conninfo, policy: TargetPolicy())])
    configuration.settings.yes = true
    let loop = Loop(console: console, environment: [:], configuration: configuration)
    _ = try loop.workspace.connect(to: "play")
    #expect(refusal(of: plan, loop) == nil)
    #expect(console.questions.isEmpty)
  }

  @Test(arguments: [
    ("other", Failure(.refused, "the answer was not \"idx\": nothing was changed")), (" idx ", nil),
  ])
  func `only the name of what changes confirms it`(answer: String, failure expected: Failure?) throws {
    let loop = try loop()
    try at("2026-11-23T22:30:00Z")
    console.answers = [answer]
    #expect(refusal(of: plan, loop) == expected)
  }

  @Test func `what changes nothing on the server is not asked about`() throws {
    let loop = try loop()
    try at("2026-11-23T23:00:00Z")
    var note = plan
    note.kind = .rollback(of: ChangeNumber(7))
    note.steps[0].work = .note(.wasNotThere)
    #expect(refusal(of: note, loop) == nil)
    #expect(console.questions.isEmpty)
  }

  @Test func `what is no change to the database asks without the target`() throws {
    let loop = try loop()
    console.answers = ["stop"]
    #expect(
      failure { () throws(Failure) in try loop.confirm(typing: "stop", to: "stop the sandbox") } == nil)
    #expect(console.questions == ["Type stop to stop the sandbox: "])
  }
}
