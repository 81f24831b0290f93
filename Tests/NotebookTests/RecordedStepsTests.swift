import Testing

@testable import Notebook

@Suite struct RecordedStepsTests {
  @Test func `steps stand apart, prose goes on, and proposals stand behind the last of each command`() {
    var steps = RecordedSteps()
    #expect(steps.add(["#: hypo 1"]) == "#: hypo 1\n")
    #expect(steps.add(["# a"], isProse: true) == "# a\n")
    #expect(steps.add(["diff", "| x"], proposals: ["expect 1"], command: "diff") == "\ndiff\n| x\n")
    #expect(steps.add(["diff"], proposals: ["expect 2"], command: "diff") == "\ndiff\n")
    #expect(steps.add(["# b"], isProse: true) == "\n# b\n")
    #expect(steps.proposals == ["expect 2"])
    #expect(steps.text == "#: hypo 1\n# a\n\ndiff\n| x\n\ndiff\n\n# b\n")
    #expect(steps.textWithProposals == "#: hypo 1\n# a\n\ndiff\n| x\n\ndiff\nexpect 2\n\n# b\n")
  }

  @Test func `each thing that commands are about has its proposals behind its own last one`() {
    var steps = RecordedSteps()
    for query in ["@a", "@a", "@b"] {
      _ = steps.add(["diff \(query)"], proposals: ["expect \(query)"], command: "diff \(query)")
    }
    _ = steps.add(["diff select 1;"], command: "diff")
    #expect(steps.proposals == ["expect @a", "expect @b"])
    #expect(
      steps.textWithProposals
        == "diff @a\n\ndiff @a\nexpect @a\n\ndiff @b\nexpect @b\n\ndiff select 1;\n")
  }
}
