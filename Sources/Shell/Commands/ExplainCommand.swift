import IndexDesign
import Reports
import Server

/// `explain [@n] [with (…)] [generic]`, `explain SQL;`
struct ExplainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "explain", arguments: "[@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]",
    summary: "the estimated plan; with active designs the pair, without and with them",
    details: """
      The statement is never executed, so explaining an UPDATE changes nothing, and ANALYZE is refused. Parameters \
      $1 … get the values of with (…); without values it is the generic plan, for any value, that prepared statements \
      get. Bare explain takes the last query. Costs are the planner's units, not time.
      """,
    examples: [
      "explain @1", "explain SELECT count(*) FROM orders WHERE customer_id = 42;",
      "explain SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50; with (42)",
    ], group: .plans, effects: [.looks, .keepsInWorkspace])

  private let subject: PlanArguments

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    subject = try PlanArguments(&arguments, synopsis: Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let query = try subject.query(in: workspace, command: "explain")
    let session = try workspace.connected()
    // Bare explain repeats the last one, values and all.
    let remembered = subject.isBare ? workspace.plans.values(of: query) : nil
    let explanation = try workspace.explain(
      subject.question(about: query, remembered: remembered), of: query, typed: subject.placeOfStatement)
    workspace.remember(explanation, of: query)
    return Self.report(explanation, query, session, workspace)
  }

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

  static func report(_ explanation: Explanation, _ query: Query, _ session: Session, _ workspace: Workspace)
    -> Report
  {
    var report = Report("explain")
    report.blocks.append(.note(.init(weight: .information, text: heading(explanation, query))))
    report.blocks += plans(explanation, query)
    if explanation.baseline != nil {
      report.blocks.append(.table(uses(explanation, session, workspace)))
      report.note(.hint, "diff compares the two, with a verdict")
    } else if !session.hypotheticals.active.isEmpty {
      report.note(.information, "hypothetical indexes are switched off; hypo on lets the planner see them")
    }
    return report
  }

  /// The plan, or the pair without and with the designs that were active.
  static func plans(_ explanation: Explanation, _ query: Query, toldInWords: Bool = false) -> [Report.Block] {
    let statement = Report.PlanBlock.Statement(title: title(explanation, query), sql: query.text)
    func block(_ name: String, _ title: String, _ plan: ExecutionPlan) -> Report.Block {
      .plan(.init(name: name, title: title, plan: plan, statement: statement, isToldInWords: toldInWords))
    }
    guard let baseline = explanation.baseline else { return [block("plan", "Plan", explanation.plan)] }
    let designs = explanation.designs.map(\.description).joined(separator: " ")
    return [
      block("baseline", "Without designs", baseline), block("plan", "With \(designs)", explanation.plan),
    ]
  }

  /// What was planned and with which values.
  private static func title(_ explanation: Explanation, _ query: Query) -> String {
    let name = query.handle == .name("") ? "the statement" : "\(query.handle)"
    switch explanation.values {
    case .none: return name
    case .given(let values):
      return "\(name) with " + values.enumerated().map { "$\($0 + 1) = \($1)" }.joined(separator: ", ")
    case .generic: return "\(name), generic plan: for any value of its parameters"
    }
  }

  /// What was planned, with which values and how.
  static func heading(_ explanation: Explanation, _ query: Query) -> String {
    title(explanation, query) + (explanation.values == .generic ? "; " : ", ")
      + (explanation.values == .generic ? "estimated, not executed" : "estimated; not executed")
  }

  /// Of each active design whether it is used and, if not, what beat it.
  static func uses(_ explanation: Explanation, _ session: Session, _ workspace: Workspace) -> Report.Table {
    let rows = session.hypotheticals.active.map { active -> [Cell] in
      let design = workspace.designs[active.handle]
      let table = design?.definition.table
      let (used, why): (Bool, String) =
        switch design?.use(in: explanation.plan) ?? .tableNotRead {
        case .used(let titles): (true, titles.joined(separator: "; "))
        case .tableNotRead: (false, "the statement does not read \(table?.name ?? "its table")")
        case .beaten where explanation.unofferedDesigns.contains(active.handle):
          (
            false,
            "not tried: HypoPG offers partial and expression designs only for a statement's first table"
          )
        case .beaten(let title, let cost): (false, "beaten by \(title), cost \(CellText.cost(cost))")
        }
      return [
        .handle(active.handle.description), .boolean(used), .text(why),
        .sql(design?.definition.shortForm ?? ""),
      ]
    }
    return .init(
      name: "designs", title: nil,
      columns: [.init("design"), .init("used"), .init("how"), .init("definition")],
      rows: rows)
  }
}
