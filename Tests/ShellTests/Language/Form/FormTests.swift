import Notebook
import Testing

@testable import Shell

@Suite struct FormTests {
  static let declarations = (CommandRegistry.all + CommandRegistry.backslashed).map { $0.declaration }

  private func tree(_ notation: String) throws -> FormPart {
    let form = Form(notation)
    if let mistake = form.mistake { throw mistake }
    return form.tree
  }

  @Test(arguments: declarations)
  func `every command's form can be read, and written again`(declaration: CommandDeclaration) throws {
    #expect(declaration.form.mistake == nil)
    #expect(
      try tree(declaration.form.text) == declaration.form.shown,
      "\(declaration.name): \(declaration.form.text)")
  }

  @Test(arguments: declarations)
  func `every placeholder stands for something`(declaration: CommandDeclaration) {
    for name in declaration.form.tree.placeholders.union(declaration.form.shown.placeholders) {
      let meaning = declaration.form.placeholder(name)
      #expect(Placeholder.table[name] != nil && !meaning.noun.isEmpty && !meaning.example.isEmpty, "\(name)")
    }
  }

  @Test(arguments: Placeholder.table.keys.sorted())
  func `a placeholder's own form can be read`(name: String) throws {
    let form = try #require(Placeholder.table[name]).form
    #expect(form?.mistake == nil)
    for inner in form?.tree.placeholders ?? [] {
      #expect(form?.placeholder(inner).example.isEmpty == false, "\(name): \(inner)")
    }
  }

  @Test(arguments: BackslashWords.all.map(\.name))
  func `so have the backslash commands, which are there`(name: String) {
    #expect(BackslashWords.form(name)?.mistake == nil)
    #expect(Backslash.own.contains(name) || PsqlLine.describes(name))
  }

  @Test func `the notation becomes a tree`() throws {
    #expect(try tree("") == .sequence([]))
    #expect(try tree("FILE") == .placeholder("FILE"))
    #expect(
      try tree("[N] [by total|mean] [on TABLE]")
        == .options([
          .placeholder("N"),
          .sequence([.keyword("by"), .alternatives([.keyword("total"), .keyword("mean")], isTight: true)]),
          .sequence([.keyword("on"), .placeholder("TABLE")]),
        ]))
    #expect(
      try tree("%n … | all")
        == .alternatives([.repeated(.placeholder("%n")), .keyword("all")], isTight: false))
    #expect(
      try tree("TABLE(KEYS) [with (VALUE, …)]")
        == .sequence([
          .placeholder("TABLE"), .group(.placeholder("KEYS"), isGlued: true),
          .options([.sequence([.keyword("with"), .group(.list(.placeholder("VALUE")), isGlued: false)])]),
        ]))
    #expect(
      try tree("[SETTING [{=|to} VALUE]]")
        == .options([
          .sequence([
            .placeholder("SETTING"),
            .options([
              .sequence([
                .hidden(.alternatives([.keyword("="), .keyword("to")], isTight: true)), .placeholder("VALUE"),
              ])
            ]),
          ])
        ]))
  }

  @Test(arguments: [
    ("[SETTING [{=|to} VALUE]]", "[SETTING [VALUE]]"), ("[change N | {N}]", "[change N]"),
    ("[{--all} FILE [--all] | off | {on}]", "[FILE [--all] | off]"), ("{since}", ""),
    ("[N] [on TABLE] {since}", "[N] [on TABLE]"),
    (
      "DESIGN | STATEMENT; | %n",
      "TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] [as NAME] "
        + "| create [unique] index DEFINITION; | %n"
    ),
  ])
  func `help shows neither what is hidden nor names for other forms`(notation: String, shown: String) {
    #expect(Form(notation).text == shown)
  }

  @Test(arguments: [
    ("[N", "\"]\" is missing"), ("N]", "\"]\" has no partner"), ("{N", "\"}\" is missing"),
    ("(", "something is missing beside a bracket or a |"),
    ("a | ", "something is missing beside a bracket or a |"), ("…", "\"…\" cannot be here"),
    ("a|", "something is missing beside a bracket or a |"),
  ])
  func `a mistake in it is told`(text: String, message: String) {
    #expect(Form(text).mistake == Form.Mistake(message: message))
  }
}
