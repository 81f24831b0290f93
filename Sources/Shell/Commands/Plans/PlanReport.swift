import IndexDesign
import Reports
import Server

/// How plans are shown: what was planned, the plan or the pair, and what became of each design.
enum PlanReport {
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
    if case .generic = explanation.values {
      title(explanation, query) + "; estimated, not executed"
    } else {
      title(explanation, query) + ", estimated; not executed"
    }
  }

  /// Warns of tables without statistics; nothing for nil.
  static func warn(_ report: inout Report, of missing: MissingStatistics?) {
    guard let missing else { return }
    report.note(.warning, missing.sentence)
    report.note(.hint, missing.hint)
  }

  private static func why(_ unjudged: UnjudgedDesign?) -> String {
    switch unjudged?.reason {
    case .notFirstTable?:
      "unknown: HypoPG offers partial and expression designs only for a statement's first table"
    case .notRecognised?: "unknown: HypoPG does not recognise the design, not even in its own words"
    case nil: ""
    }
  }

  /// What has to be known of the two plans besides; nil for nothing.
  static func remark(_ explanation: Explanation) -> String? {
    let differ = "without and with the designs the planner chose two plans, neither of which reads a design"
    return switch explanation.unexplained {
    case .none: nil
    case .plannedWithoutGEQO:
      "\(differ): from geqo_threshold relations on it tries join orders by chance; these plans are made with geqo = off"
    case .tooDearWithoutGEQO:
      "\(differ), and planning with geqo = off took too long: what differs is no effect of a design"
    case .remains:
      "\(differ), also with geqo = off: a UNIQUE design can let it leave out or simplify a join, or statistics changed "
        + "in between"
    }
  }

  /// What was planned in the place of the statement, in which form, and what was assumed of its parameters; nothing when
  /// it was planned as it is.
  static func premises(_ explanation: Explanation) -> [String] {
    [
      explanation.wrapper?.sentence, explanation.formSentence,
      ParameterAssumption.sentence(of: explanation.assumptions),
    ].compactMap(\.self)
  }

  /// The same as the end of a sentence, with the query's handle where several are meant.
  static func premisesBehind(_ explanation: Explanation, of handle: QueryHandle? = nil) -> String {
    premises(explanation).map { "; " + (handle.map { "\($0) " } ?? "") + $0 }.joined()
  }

  /// Of each active design whether it is used and, if not, what beat it or why it cannot serve.
  static func uses(_ explanation: Explanation, _ session: Session, _ workspace: Workspace) -> Report.Table {
    let rows = session.hypotheticals.active.map { active -> [Cell] in
      let design = workspace.designs[active.handle]
      let table = design?.definition.table
      let (used, why): (Bool, String) =
        switch design?.use(in: explanation.plan) ?? .tableNotRead {
        case .used(let titles): (true, titles.joined(separator: "; "))
        case .tableNotRead: (false, "the statement does not read \(table?.name ?? "its table")")
        case .beaten where explanation.unjudgedDesigns.contains { $0.handle == active.handle }:
          (false, why(explanation.unjudgedDesigns.first { $0.handle == active.handle }))
        case .beaten(let title, _):
          (false, (explanation.contests[active.handle] ?? .unknown).words(rival: title))
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
