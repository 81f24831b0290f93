import IndexDesign
import Server
import TestSupport
import Testing

@testable import Shell

@Suite struct WorkspacePolicyTests {
  private let workspace: Workspace
  private let console = SilentConsole()

  init() throws {
    let target = Target(
      name: "live", conninfo: try Shop.database().conninfo,
      policy: TargetPolicy(isProduction: true, changeWindow: try ChangeWindow("Mon 22:00-23:00")))
    workspace = Workspace(
      console: console, environment: [:], configuration: Configuration(targets: [target]))
    _ = try workspace.connect(to: "live")
  }

  private func at(_ time: String) { workspace.now = { [time = Timestamp(time)!] in time } }

  private func failure(_ body: () throws(Failure) -> Void) -> Failure? {
    do {
      try body()
      return nil
    } catch { return error }
  }

  private let closed = Failure(
    .refused, "promote is refused outside of the change window of \"live\": Mon 22:00-23:00",
    hint: "it opens Mon 2026-11-30 22:00 UTC")

  @Test func `the question names production and is not asked when the window is closed`() {
    at("2026-11-23T22:30:00Z")
    console.answers = ["idx"]
    #expect(
      failure { () throws(Failure) in try workspace.confirm(typing: "idx", to: "build it", .promote) } == nil)
    #expect(console.questions == ["Type idx to build it on PRODUCTION live: "])
    at("2026-11-23T23:00:00Z")
    #expect(
      failure { () throws(Failure) in try workspace.confirm(typing: "idx", to: "build it", .promote) }
        == closed
    )
    #expect(console.questions.count == 1)
  }

  @Test func `a window that closes while the question stands refuses`() {
    at("2026-11-23T22:59:59Z")
    console.answers = ["idx"]
    console.onQuestion = { at("2026-11-23T23:00:00Z") }
    #expect(
      failure { () throws(Failure) in try workspace.confirm(typing: "idx", to: "build it", .promote) }
        == closed
    )
    #expect(console.questions.count == 1)
  }

  @Test func `yes answers questions and opens no window`() {
    workspace.settings.yes = true
    at("2026-11-23T23:00:00Z")
    #expect(
      failure { () throws(Failure) in try workspace.confirm(typing: "idx", to: "build it", .promote) }
        == closed
    )
    #expect(
      failure { () throws(Failure) in try workspace.confirm(typing: "idx", to: "drop it", .rollback) } == nil)
    #expect(failure { () throws(Failure) in try workspace.permit(.measure) }?.status == .refused)
    #expect(console.questions.isEmpty)
  }

  @Test func `what is no change to the database asks without the target`() {
    console.answers = ["stop"]
    #expect(
      failure { () throws(Failure) in try workspace.confirm(typing: "stop", to: "stop the sandbox") } == nil)
    #expect(console.questions == ["Type stop to stop the sandbox: "])
  }
}
