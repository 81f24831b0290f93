import Notebook
import Testing

@testable import Shell

@Suite struct FormWalkTests {
  /// What may come at the end of a text, in short.
  private func next(_ notation: String, _ text: String) -> [String] {
    let cursor = TypedWords(text).partialStart
    return FormWalk(completing: Form(notation), text, from: 0, cursor: cursor).expectations.map {
      switch $0.kind {
      case .keyword(let word): word
      case .placeholder(let name, let opens): opens ? name + "(" : name
      case .parenthesis: "("
      case .end: "end"
      case .text(let name, let start): "\(name):\(start)"
      }
    }
  }

  @Test(arguments: [
    ("", ["N", "by", "on"]), ("5 ", ["by", "on"]), ("by ", ["total", "mean"]), ("by mean ", ["on"]),
    ("on orders ", ["by"]), ("on ", ["TABLE"]), ("5 on orders by ", ["total", "mean"]), ("x ", []),
    ("by x ", []), ("5 5 ", []), ("5 by total on orders ", []),
  ])
  func `options with keywords come in any order, others in their place`(text: String, expected: [String]) {
    #expect(next("[N] [by total|mean] [on TABLE]", text) == expected)
  }

  @Test(arguments: [
    ("", ["@n", "with", "generic", "SQL:0"]), ("@1 ", ["with", "generic"]), ("@1 with ", ["("]),
    ("@1 with (1, ", ["VALUE:9"]), ("@1 with (1) ", ["generic"]), ("select 1 fr", ["SQL:0"]),
    ("select 1; ", ["with"]), ("select 1; with ", ["("]),
  ])
  func `a statement goes to its semicolon`(text: String, expected: [String]) {
    #expect(
      next("[@n] [with (VALUE, …)] [generic] | SQL; [with (VALUE, …)]", text) == expected)
  }

  @Test(arguments: [
    ("", ["TABLE(", "create", "%n"]), ("orders", ["TABLE(", "create", "%n"]), ("orders ", ["("]),
    ("orders(", ["KEYS:7"]), ("orders(a) ", ["using", "include", "where", "as"]),
    ("orders(a) include (", ["COLUMN:19"]), ("orders(a) where ", ["CONDITION:16"]),
    ("orders(a) where x = 1 ", ["CONDITION:16", "using", "include", "as"]),
    ("orders(a) where x as ", ["NAME"]), ("%1 ", []), ("create ", ["unique", "index"]),
    ("create index ", ["concurrently", "if", "NAME", "on"]), ("create index on ", ["only", "TABLE"]),
    ("create index on orders using brin (", ["KEYS:35"]),
  ])
  func `an index's parts`(text: String, expected: [String]) {
    #expect(
      next(
        "TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [as NAME] | STATEMENT; | %n", text
      )
        == expected)
  }

  @Test func `what stands for just this word counts more`() {
    #expect(next("@n | change N | plan @n | SETTING", "plan ") == ["@n"])
    #expect(next("@n | change N | plan @n | SETTING", "change ") == ["N"])
    #expect(next("%n … | all", "%1 ") == ["%n"])
    #expect(next("%n … | all", "all ") == [])
  }

  @Test func `what was filled in is known later`() {
    let text = "format "
    let walk = FormWalk(
      completing: Form("[SETTING [{=|to} VALUE]]"), text, from: 0, cursor: text.utf8.count)
    #expect(walk.expectations.map(\.filledIn) == [["SETTING": "format"]])
  }
}
