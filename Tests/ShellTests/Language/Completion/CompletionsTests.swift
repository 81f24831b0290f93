import Terminal
import IndexDesign
import Testing

@testable import Shell

@Suite struct CompletionsTests {
  @Test func `connect offers the targets of the configuration, without their conninfo`() {
    let targets = [
      Target(name: "staging", conninfo: "host=h password=geheim"),
      Target(name: "live", conninfo: "live", policy: TargetPolicy(isProduction: true)),
    ]
    let workspace = Workspace(environment: [:], configuration: Configuration(targets: targets))
    let offered = Completions(workspace).offered("connect ", 8)
    func note(_ name: String) -> String? { offered.first { $0.text == name }?.note }
    #expect(note("staging") == "")
    #expect(note("live") == "PRODUCTION")
    #expect(note("sandbox") == "a private server with sample data")
  }
}
