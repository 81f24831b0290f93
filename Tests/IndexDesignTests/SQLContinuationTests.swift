import Testing

@testable import IndexDesign

@Suite struct SQLContinuationTests {
  private func read(_ text: String) -> SQLContinuation {
    var continuation = SQLContinuation()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      continuation.read(line: Array(line.utf8)[...])
    }
    return continuation
  }

  private func open(_ scan: SQLScan) -> SQLContinuation.Open? {
    switch scan.open {
    case nil: nil
    case .parenthesis: .parenthesis
    case .string: .string
    case .quotedIdentifier: .quotedIdentifier
    case .dollarQuote: .dollarQuote
    case .comment: .comment
    }
  }

  @Test(arguments: [
    "select 'a\nb", "select 'a''\n'", "select e'a\\'\n", "select e'a'\n'b\\'", "select xe'a\\'",
    "select \"a\n",
    "select $$ a\n $$;", "select $a$ $$ \n$a$", "select a$b$ c", "select $1 $2", "/* a /* b */\n", "-- (\n(",
    "select (1;\n2)", "select 1; (", "(\n)", "select U&'a\n", "a)(", "$a $", "é$x$ y",
  ])
  func `it says line by line what the scan of the whole says`(text: String) {
    let scan = SQLScan(text)
    #expect(read(text).open == open(scan))
    #expect(read(text).hasStatementEnd == (scan.firstStatementEnd != nil))
  }

  @Test func `it agrees with the scan on texts of all kinds`() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let parts = [
      "'", "''", "\"", "$$", "$a$", "(", ")", ";", "--", "/*", "*/", "e'", "\\", "\n", " ", "a", "1", "$1",
      "é", "E",
    ]
    for _ in 0..<20_000 {
      let text = (0..<next(12)).map { _ in parts[next(parts.count)] }.joined()
      let scan = SQLScan(text)
      let found = read(text)
      #expect(found.open == open(scan), "\(text.debugDescription)")
      #expect(found.hasStatementEnd == (scan.firstStatementEnd != nil), "\(text.debugDescription)")
    }
  }
}
