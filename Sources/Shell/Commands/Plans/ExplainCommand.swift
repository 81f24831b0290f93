import IndexDesign
import Notebook
import Reports
import Server

/// `explain [@n] [with (…)] [generic]`, `explain SQL;`
struct ExplainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "explain", form: Form(PlanArguments.notation),
    summary: "the estimated plan; with active designs the pair, without and with them",
    details: """
      The statement is never executed, so explaining an UPDATE changes nothing, and ANALYZE is refused. The planner \
      itself runs functions that are not VOLATILE where it knows their arguments; those of which nobody knows what they \
      do are named, and set plan_functions refuse plans no statement that calls one. Parameters \
      $1 … get the values of with (…); without values it is the generic plan, for any value. A prepared \
      statement gets that one when five plans with values were no cheaper on average, or plan_cache_mode asks for it. \
      What had to be assumed of a parameter, such as its type, stands beside the plan. A list that PostgreSQL 18 cut \
      short takes any number of values; placeholders of drivers are parameters, too. Of DECLARE, CREATE TABLE AS, COPY \
      (QUERY), REFRESH MATERIALIZED VIEW and PREPARE the statement inside is planned, and of EXECUTE and FETCH what \
      pg_stat_statements knows under that name. \
      Bare explain takes the last query. Costs are the planner's units, not time. The inner side of a nested loop \
      shows the cost of one loop, and in a line below how many loops there are and what they cost; below a Gather rows \
      are those of one worker. A statement that rules turn into others shows the plans of those. A scan that goes \
      through an index in the order of ORDER BY for a LIMIT, and throws nine of ten rows away, is named.
      """,
    examples: [
      .init("explain @1", gives: .parts(["baseline", "plan", "designs"], showing: "estimated")),
      .init(
        "explain SELECT count(*) FROM orders WHERE customer_id = 42;",
        gives: .parts(["baseline", "plan", "designs"], showing: "%1")),
      .init(
        "explain SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50; with (42)",
        gives: .parts(["baseline", "plan", "designs"], showing: "$1 = 42")),
    ], group: .plans, effects: [.looks, .keepsInWorkspace])

  private let subject: PlanArguments

  init(_ arguments: Arguments) throws(Failure) { subject = try PlanArguments(arguments) }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let query = try subject.query(in: workspace, command: "explain")
    let session = try workspace.connected()
    // Bare explain repeats the last one, values and all.
    let remembered = subject.isBare ? workspace.plans.values(of: query) : nil
    let explanation = try workspace.explain(
      subject.question(about: query, remembered: remembered), of: query, typed: subject.placeOfStatement,
      askingWhy: true)
    workspace.remember(explanation, of: query)
    var report = Self.report(explanation, query, session, workspace)
    if let walk = try session.orderedWalk(in: explanation.plan) { report.note(.warning, walk.sentence) }
    return report
  }

  func question(in workspace: Workspace) -> PlanQuestion? {
    // Bare explain asks with the values of whatever was planned last.
    guard !subject.isBare, let query = try? subject.query(in: workspace, command: "explain") else {
      return nil
    }
    return try? subject.question(about: query, remembered: nil)
  }

  var usesOfPlans: RecordedUses.Plans { subject.meansLast ? .last : .none }

  func sent(in forecast: inout Forecast) -> [String] {
    if let typed = subject.typed {
      return ["BEGIN READ ONLY; EXPLAIN (FORMAT JSON) \(CellText.oneLine(typed.text))"]
    }
    guard let (handle, place) = subject.handle, let query = try? forecast.queries.find(handle, at: place)
    else {
      return ["BEGIN READ ONLY; EXPLAIN (FORMAT JSON) …, of a statement that the server knows"]
    }
    return ["BEGIN READ ONLY; EXPLAIN (FORMAT JSON) \(CellText.oneLine(query.text))"]
  }

  private static func report(
    _ explanation: Explanation, _ query: Query, _ session: Session, _ workspace: Workspace
  ) -> Report {
    var report = Report("explain")
    report.blocks.append(.note(.init(weight: .information, text: explanation.heading(of: query.handle))))
    for premise in explanation.premises { report.note(.information, premise) }
    report.blocks += PlanReport.plans(explanation, query)
    if explanation.baseline != nil {
      report.blocks.append(.table(PlanReport.uses(explanation, session, workspace)))
      if let remark = explanation.remark { report.note(.warning, remark) }
      report.note(.hint, "diff compares the two, with a verdict")
    } else if !session.hypotheticals.active.isEmpty {
      report.note(.information, "hypothetical indexes are switched off; hypo on lets the planner see them")
    }
    PlanReport.warn(&report, of: explanation.missingStatistics)
    PlanReport.warn(&report, of: explanation.plannedFunctions)
    return report
  }
}
