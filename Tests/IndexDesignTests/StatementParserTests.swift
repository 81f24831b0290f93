import IndexDesign
import Testing

@Suite struct StatementParserTests {
  @Test func `each statement has its kind and its place`() throws {
    let statements = try StatementParser.parse("select 'é';\n insert into t values (1) ;")
    #expect(statements.map(\.kind) == ["SelectStmt", "InsertStmt"])
    #expect(statements.map(\.range) == [0..<11, 14..<38])
    #expect(statements[1].tree["relation"]?["relname"] == .string("t"))
    #expect(try StatementParser.parse(" -- nothing").isEmpty)
  }

  @Test(
    arguments: [
      ("select é from from", "syntax error at or near \"from\"", 15..<19),
      ("select", nil, nil),
      ("select * from", "syntax error at end of input", 13..<13),
      ("select 'abc", "unterminated quoted string at or near \"'abc\"", 7..<11),
      ("selekt 1", "syntax error at or near \"selekt\"", 0..<6),
      ("select 1\0", "the text holds a zero byte", 8..<9),
    ] as [(String, String?, Range<Int>?)])
  func `an error has PostgreSQL's words and the bytes they mean`(
    text: String, message: String?, place: Range<Int>?
  )
    throws
  {
    guard let message else { return #expect(try StatementParser.parse(text).count == 1) }
    #expect(throws: DesignError(.syntax, message, position: place)) { try StatementParser.parse(text) }
  }

  @Test func `a statement too deep to read is an error and not a crash`() {
    let deep = "select " + String(repeating: "(", count: 50_000) + "1" + String(repeating: ")", count: 50_000)
    #expect(throws: DesignError.self) { try StatementParser.parse(deep) }
    let chain = "select " + Array(repeating: "a", count: 5_000).joined(separator: " || ")
    #expect(throws: DesignError.self) { try StatementParser.parse(chain) }
  }

  @Test func `statements are read on several threads at once`() async {
    await withTaskGroup(of: Int.self) { group in
      for number in 0..<16 {
        group.addTask {
          (0..<50).compactMap { try? StatementParser.parse("select \(number), \($0)") }.count
        }
      }
      for await count in group { #expect(count == 50) }
    }
  }
}
