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
}
