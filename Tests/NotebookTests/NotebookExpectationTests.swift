import IndexDesign
import Reports
import Testing

@testable import Notebook

@Suite struct NotebookExpectationTests {
  private func parse(_ text: String) throws(Failure) -> NotebookExpectation {
    var reader = ArgumentReader("expect " + text, from: 6)
    let expectation = try NotebookExpectation(&reader)
    try reader.expectEnd("expect PREDICATE")
    return expectation
  }

  @Test(arguments: [
    ("cost @1 < 100", #"cost(@1, IndexDesign.Comparison.less, 100.0)"#),
    ("COST @q >= 1e3;", #"cost(@q, IndexDesign.Comparison.moreOrEqual, 1000.0)"#),
    ("cost @1 = 0.5", #"cost(@1, IndexDesign.Comparison.equal, 0.5)"#),
    ("cost @1 drops >= 90%", #"drop(@1, IndexDesign.Comparison.moreOrEqual, 0.9)"#),
    ("cost @1 drops > 50 %", #"drop(@1, IndexDesign.Comparison.more, 0.5)"#),
    ("cost @1 drops <= 10", #"drop(@1, IndexDesign.Comparison.lessOrEqual, 0.1)"#),
    ("plan @1 uses index %1", #"usesIndex(@1, "%1")"#),
    ("plan @1 uses index orders_pkey", #"usesIndex(@1, "orders_pkey")"#),
    (#"plan @1 has "Index Scan""#, #"hasNode(@1, "Index Scan", wanted: true)"#),
    ("plan @1 lacks Sort", #"hasNode(@1, "Sort", wanted: false)"#),
    ("plan @1 has Seq Scan ;", #"hasNode(@1, "Seq Scan", wanted: true)"#),
    ("no regression", "noRegression"), ("role Primary", #"role("primary")"#),
    ("role reader", #"role("reader")"#),
    ("error 42p01", #"error("42P01")"#), ("error 42P01;", #"error("42P01")"#),
  ])
  func `each form is read`(text: String, predicate: String) throws {
    let found = String(describing: try parse(text).predicate)
      .replacing("IndexDesign.QueryHandle.", with: "")
    #expect(found == predicate)
  }

  @Test func `forms with relations are read with their schemas`() throws {
    func name(_ text: String) throws -> RelationName? {
      switch try parse(text).predicate {
      case .noSequentialScan(let name), .indexValid(let name), .noIndex(let name): name
      default: nil
      }
    }
    #expect(try name("no seq scan on orders") == RelationName(schema: nil, name: "orders"))
    #expect(try name("index shop.orders_idx valid") == RelationName(schema: "shop", name: "orders_idx"))
    #expect(try name(#"no index "Orders Idx""#) == RelationName(schema: nil, name: "Orders Idx"))
  }

  @Test func `the predicate is kept as it was typed`() throws {
    #expect(try parse("cost  @1 < 100;").text == "cost  @1 < 100")
  }

  private func failure(_ text: String) -> Failure? {
    do {
      _ = try parse(text)
      return nil
    } catch { return error }
  }

  static let forms = """
    predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", \
    plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
    """

  @Test(
    arguments: [
      ("", "expect needs a predicate", 0..<0, forms), ("colour @1", "cannot expect \"colour\"", 0..<6, forms),
      ("cost", "expected a query handle such as @1", 4..<4, nil),
      ("cost 1 < 2", "expected a query handle such as @1", 5..<6, nil),
      ("cost @1", "expected one of < <= > >= = <>", 7..<7, nil),
      ("cost @1 != 3", "expected one of < <= > >= = <>", 8..<10, nil),
      ("cost @1 < cheap", "expected a number", 10..<15, nil), ("cost @1 <", "expected a number", 9..<9, nil),
      ("cost @1 < inf", "expected a number", 10..<13, nil),
      ("cost @1 < 3 4", "unexpected \"4\"", 12..<13, "usage: expect PREDICATE"),
      ("cost @1 < 50%", "a cost has no %", 10..<13, "cost @n drops >= N% compares with the plan before"),
      ("plan @1", "expected uses, has or lacks", 7..<7, forms),
      ("plan @1 using x", "expected uses, has or lacks", 8..<13, forms),
      ("plan @1 uses %1", "expected \"index\"", 13..<15, forms),
      ("plan @1 uses index", "expected %n or an index's name", 18..<18, nil),
      ("plan @1 has", "expected a node type such as \"Index Scan\"", 11..<11, nil),
      ("no", "expected regression, index or seq scan on TABLE", 2..<2, forms),
      ("no seq on t", "expected \"scan\"", 7..<9, forms), ("no seq scan on", "expected a name", 14..<14, nil),
      ("index", "expected a name", 5..<5, nil), ("index a", "expected \"valid\"", 7..<7, forms),
      ("role king", "a role is primary, standby, writer or reader", 5..<9, nil),
      ("role", "a role is primary, standby, writer or reader", 4..<4, nil),
      ("error", "expect error needs an SQLSTATE", 5..<5, nil),
      ("error syntax", "\"syntax\" is no SQLSTATE", 6..<12, "an SQLSTATE has five characters, such as 42P01"),
    ] as [(String, String, Range<Int>, String?)])
  func `what is wrong is told with its place`(text: String, message: String, range: Range<Int>, hint: String?)
  {
    let place = range.lowerBound + 7..<range.upperBound + 7
    #expect(
      failure(text)
        == Failure(.script, message, hint: hint, place: .init(text: "expect " + text, range: place)))
  }
}
