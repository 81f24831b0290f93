import Notebook
import Reports

/// `expect PREDICATE`
struct ExpectCommand: Command {
  static let declaration = CommandDeclaration(
    name: "expect", form: Form("PREDICATE"),
    summary: "a statement that must hold; a script ends when it does not",
    details: """
      Predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n|NAME, plan @n has "Index Scan", \
      plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, \
      error CODE, VALUE < VALUE (and <= > >= = <>) with the values of let. The plan is asked for anew. drops compares with the plan without the active designs or, when none is \
      active, with the first plan of the query in this session. no regression means: no query with a handle costs more \
      or has a worse join with the active designs, and all of them were planned; allowing N unplanned after it lets so \
      many be left out. error CODE is about the command before it.
      """,
    examples: [
      .init("expect cost @1 < 100000000", gives: .parts([], showing: "ok")),
      .init("expect role primary", gives: .parts([], showing: "ok")),
    ], group: .notebooks,
    effects: [.looks, .checks])

  private let expectation: NotebookExpectation

  init(_ arguments: Arguments) throws(Failure) { expectation = try NotebookExpectation(arguments) }

  func foresees(_ failure: Failure) -> Bool {
    if case .error(let code) = expectation.predicate { failure.sqlState == code } else { false }
  }

  var usesOfPlans: RecordedUses.Plans {
    switch expectation.predicate {
    case .noSequentialScan: .last
    case .noRegression: .all
    default: .named
    }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let finding = try expectation.evaluate(in: workspace)
    guard finding.holds else {
      throw Failure(.expectation, "expectation failed: \(expectation.text)", detail: finding.explanation)
    }
    return .message("expect", "ok  \(expectation.text)  (\(finding.explanation))", .good)
  }
}
