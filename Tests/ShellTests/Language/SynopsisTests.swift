import Testing

@testable import Shell

@Suite struct SynopsisTests {
  @Test(arguments: CommandRegistry.all.map { $0.declaration })
  func `every command's arguments can be read, and written again`(declaration: CommandDeclaration) throws {
    let synopsis = try Synopsis(declaration.arguments)
    #expect(try Synopsis(synopsis.text) == synopsis, "\(declaration.name): \(synopsis.text)")
    #expect(CommandLineText(declaration.name)?.synopsis == synopsis)
  }

  @Test(arguments: Synopsis.parts.keys.sorted())
  func `every part has a notation that can be read`(name: String) {
    #expect(Synopsis.part(name) != nil)
  }

  @Test(arguments: BackslashWords.all.map(\.name))
  func `so have the backslash commands, which are there`(name: String) {
    #expect(BackslashWords.synopsis(name) != nil)
    #expect(Backslash.own.contains(name) || PsqlLine.describes(name))
  }

  @Test func `the notation becomes a tree`() throws {
    #expect(try Synopsis("") == .sequence([]))
    #expect(try Synopsis("FILE") == .placeholder("FILE"))
    #expect(
      try Synopsis("[N] [by total|mean] [on TABLE]")
        == .options([
          .placeholder("N"),
          .sequence([.keyword("by"), .alternatives([.keyword("total"), .keyword("mean")], isTight: true)]),
          .sequence([.keyword("on"), .placeholder("TABLE")]),
        ]))
    #expect(
      try Synopsis("%n … | all")
        == .alternatives([.repeated(.placeholder("%n")), .keyword("all")], isTight: false))
    #expect(
      try Synopsis("TABLE(KEYS) [with (VALUE, …)]")
        == .sequence([
          .placeholder("TABLE"), .group(.placeholder("KEYS"), isGlued: true),
          .options([.sequence([.keyword("with"), .group(.list(.placeholder("VALUE")), isGlued: false)])]),
        ]))
  }

  @Test(arguments: [
    ("[N", "\"]\" is missing"), ("N]", "\"]\" has no partner"),
    ("(", "something is missing beside a bracket or a |"),
    ("a | ", "something is missing beside a bracket or a |"), ("…", "\"…\" cannot stand here"),
    ("a|", "something is missing beside a bracket or a |"),
  ])
  func `a mistake in it is told`(text: String, message: String) {
    #expect(throws: Synopsis.Mistake(message: message)) { try Synopsis(text) }
  }
}
