import IndexDesign
import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct NotebookExpectationTests {
  private func parse(_ text: String) throws(Failure) -> NotebookExpectation {
    try NotebookExpectation(typed: text)
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
    ("no regression", "noRegression(allowingUnplanned: 0)"),
    ("no regression allowing 3 unplanned", "noRegression(allowingUnplanned: 3)"),
    ("role Primary", #"role("primary")"#),
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
      ("colour @1", "\"colour\" is no predicate", 0..<6, forms),
      ("rols primary", "\"rols\" is no predicate", 0..<4, "did you mean \"role\"?"),
      ("cost", "cost needs a query handle", 4..<4, "query lists them"),
      ("cost 1 < 2", "\"1\" is no query handle", 5..<6, "query lists them"),
      ("cost @1", "expect needs <, <=, >, >=, =, <> or drops", 7..<7, forms),
      ("cost @1 != 3", "unexpected \"!=\"", 8..<10, "one of: <, <=, >, >=, =, <>, drops"),
      ("cost @1 < cheap", "\"cheap\" is no number", 10..<15, forms),
      ("cost @1 <", "there is no number after the <", 9..<9, forms),
      ("cost @1 < inf", "\"inf\" is no number", 10..<13, forms),
      ("cost @1 < 3x", "\"3x\" is no number", 10..<12, forms),
      ("cost @1 < 3 4", "unexpected \"4\"", 12..<13, forms),
      ("cost @1 < 50%", "a cost has no %", 10..<13, "cost @n drops >= N% compares with the plan before"),
      ("plan @1", "expect needs uses, has or lacks", 7..<7, forms),
      ("plan @1 using x", "unexpected \"using\"", 8..<13, "one of: uses, has, lacks"),
      ("plan @1 uses %1", "unexpected \"%1\"", 13..<15, forms),
      ("plan @1 uses index", "index needs a design handle or an index", 18..<18, forms),
      ("plan @1 has", "has needs a step of a plan", 11..<11, "for example has \"Index Scan\""),
      ("no", "no needs seq, regression or index", 2..<2, forms),
      ("no seq on t", "unexpected \"on\"", 7..<9, forms),
      ("no seq scan on", "on needs a table", 14..<14, "for example on orders"),
      ("index", "index needs an index", 5..<5, "for example index orders_pkey"),
      ("index a", "expect needs valid", 7..<7, forms),
      ("role king", "unexpected \"king\"", 5..<9, "one of: primary, standby, writer, reader"),
      ("role", "role needs primary, standby, writer or reader", 4..<4, forms),
      (
        "error", "error needs an error code", 5..<5,
        "an SQLSTATE has five characters, such as 42P01"
      ),
      ("error syntax", "\"syntax\" is no SQLSTATE", 6..<12, "an SQLSTATE has five characters, such as 42P01"),
      ("1", "expect needs <, <=, >, >=, = or <>", 1..<1, forms),
      ("1 < x", "unexpected \"x\"", 4..<5, forms),
    ] as [(String, String, Range<Int>, String?)])
  func `what is wrong is told with its place`(text: String, message: String, range: Range<Int>, hint: String?)
  {
    let place = range.lowerBound + 7..<range.upperBound + 7
    #expect(
      failure(text)
        == Failure(.script, message, hint: hint, place: .init(text: "expect " + text, range: place)))
  }
}

extension NotebookExpectation {
  /// What stands behind `expect`.
  init(typed text: String) throws(Failure) {
    guard let command = CommandRegistry.all.first(where: { $0.declaration.name == "expect" }) else {
      throw Failure(.ownFailure, "there is no expect")
    }
    try self.init(Arguments("expect " + text, from: 6, of: command.declaration))
  }
}
