import Terminal
import Testing

@Suite struct TextTableTests {
  func plain(_ lines: [StyledText]) -> String { lines.map(\.text).joined(separator: "\n") }

  let queries = TextTable(
    columns: [.init("query", .right), .init("calls", .right), .init("statement", shrinks: true)],
    rows: [
      ["@1", "1,204", "select * from orders where customer_id = $1 order by created_at desc limit 50"],
      ["@10", "7", "select 1"],
    ])

  @Test func `numbers stand right and words left with no blanks at line ends`() {
    #expect(
      plain(queries.lines()) == """
        query | calls | statement
        ------+-------+------------------------------------------------------------------------------
           @1 | 1,204 | select * from orders where customer_id = $1 order by created_at desc limit 50
          @10 |     7 | select 1
        """)
  }

  @Test func `only a column that shrinks is cut to the width`() {
    let lines = queries.lines(width: 40)
    #expect(
      plain(lines) == """
        query | calls | statement
        ------+-------+-------------------------
           @1 | 1,204 | select * from orders wh…
          @10 |     7 | select 1
        """)
    #expect(lines.map(\.width).max() == 40)
  }

  @Test func `a table that cannot shrink enough becomes records that lose nothing`() {
    #expect(
      plain(queries.lines(width: 24)) == """
        -[ RECORD 1 ]-----------
        query     | @1
        calls     | 1,204
        statement | select *
                  | from orders
                  | where
                  | customer_id
                  | = $1 order
                  | by
                  | created_at
                  | desc limit
                  | 50
        -[ RECORD 2 ]-----------
        query     | @10
        calls     | 7
        statement | select 1
        """)
  }

  @Test func `several wide columns shrink evenly`() {
    let long = StyledText(String(repeating: "x", count: 50))
    let table = TextTable(
      columns: [.init("a", shrinks: true), .init("b", shrinks: true), .init("n", .right)],
      rows: [[long, long, "1"]])
    let row = table.lines(width: 54)[2].text.split(separator: " | ").map(\.count)
    #expect(row == [23, 24, 1] || row == [24, 23, 1])
  }

  @Test func `a cell of several lines makes a row of several lines`() {
    let table = TextTable(
      columns: [.init("n", .right), .init("sql")], rows: [["1", "select\n  1"], ["2", ""]])
    #expect(
      plain(table.lines()) == """
        n | sql
        --+-------
        1 | select
          |   1
        2 |
        """)
  }

  @Test func `wide and combining characters keep the columns straight`() {
    let table = TextTable(
      columns: [.init("name"), .init("n", .right)], rows: [["表👍🏽", "1"], ["e\u{301}", "22"]])
    #expect(
      plain(table.lines()) == """
        name |  n
        -----+---
        表👍🏽 |  1
        e\u{301}    | 22
        """)
  }

  @Test func `a table without rows shows its titles and records nothing`() {
    let table = TextTable(columns: [.init("a"), .init("b")])
    #expect(plain(table.lines()) == "a | b\n--+--")
    #expect(table.lines(records: .always) == [])
  }

  @Test func `rows of another length are made to fit`() {
    let table = TextTable(columns: [.init("a"), .init("b")], rows: [["1"], ["1", "2", "3"]])
    #expect(table.rows == [["1", ""], ["1", "2"]])
  }

  @Test func `styles and hostile values come through a table safely`() {
    let table = TextTable(columns: [.init("v")], rows: [[StyledText("\u{1B}[2J", .bad)]])
    #expect(
      table.lines().map { $0.render(colour: true) } == [
        "\u{1B}[1mv\u{1B}[0m", "\u{1B}[2m-------\u{1B}[0m", "\u{1B}[31m\\x1B[2J\u{1B}[0m",
      ])
  }
}
