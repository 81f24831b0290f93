import IndexDesign
import Testing

@testable import Reports

@Suite struct PromptTemplateTests {
  @Test func `the standard pattern is what its text says`() throws {
    #expect(try PromptTemplate(PromptTemplate.standard.text) == .standard)
  }

  @Test func `signs inside of the braces belong to the placeholder`() throws {
    #expect(
      try PromptTemplate("a{@target}{(ROLE)} é").parts == [
        .literal("a"), .placeholder(.target, before: "@", after: ""),
        .placeholder(.role, before: "(", after: ")"), .literal(" é"),
      ])
  }

  private let names = "production, database, target, user, host, port, role, transaction, designs, recording"

  @Test func `a wrong placeholder is told with those that exist`() {
    #expect(
      PromptTemplate.problem("é {databse}>")
        == SettingProblem(
          message: "unknown placeholder \"{databse}\"",
          hint: "did you mean \"{database}\"? placeholders: \(names)", range: 4..<11))
    #expect(
      PromptTemplate.problem("{}")
        == SettingProblem(
          message: "unknown placeholder \"{}\"", hint: "placeholders: \(names)", range: 1..<1))
    #expect(PromptTemplate.problem("{user name}")?.message == "unknown placeholder \"{user name}\"")
  }

  @Test func `an open brace and a line break are told`() {
    #expect(
      PromptTemplate.problem("x {user")
        == SettingProblem(message: "the brace is not closed", hint: "placeholders: \(names)", range: 2..<3))
    #expect(
      PromptTemplate.problem("x\ny")
        == SettingProblem(message: "a prompt is one line", hint: "leave the line break out", range: 1..<2))
    #expect(PromptTemplate.problem("{user}> ") == nil)
  }
}
