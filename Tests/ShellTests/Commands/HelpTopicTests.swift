import Reports
import Testing

@testable import Notebook
@testable import Shell

@Suite struct HelpTopicTests {
  @Test func `names are words of their own, and no command has them`() {
    let names = HelpTopic.all.flatMap { [$0.name] + $0.others }
    #expect(Set(names).count == names.count)
    for name in names { #expect(CommandRegistry.find(name) == nil, "\(name)") }
  }

  @Test(arguments: HelpTopic.all.map(\.name)) func `a topic has sentences and an example`(name: String) throws
  {
    let topic = try #require(HelpTopic.find(name))
    #expect(!topic.summary.hasSuffix(".") && !topic.summary.isEmpty && !topic.examples.isEmpty)
    #expect(topic.paragraphs.allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") })
    for example in topic.examples { #expect(Completeness.of(example) == .complete, "\(example)") }
  }

  @Test(arguments: [
    ("guards", NotebookGuard.words), ("tolerances", NotebookTolerance.Field.allCases.map(\.rawValue)),
    ("predicates", NotebookExpectation.examples), ("values", ["let", "parameter", "--set"]),
  ])
  func `a topic of notebooks leaves nothing out`(name: String, words: [String]) throws {
    let text = try #require(HelpTopic.find(name)).paragraphs.joined(separator: " ")
    for word in words { #expect(text.contains(word), "\(word)") }
  }

  @Test(arguments: ["notebooks", "psql", "\\d", "\\watch", "settings;"])
  func `help finds it`(word: String) throws {
    let loop = Loop(console: SilentConsole(), environment: [:])
    let report = try HelpCommand(reading: word, from: 0).run(in: loop.workspace, by: loop)
    #expect(report.kind == "help" && report.blocks.count > 2)
  }
}
