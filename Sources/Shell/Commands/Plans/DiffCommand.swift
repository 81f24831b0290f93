import IndexDesign
import Notebook
import Reports
import Server

/// `diff [@n …|all]`, `diff SQL;`
struct DiffCommand: Command {
  static let declaration = CommandDeclaration(
    name: "diff",
    form: Form(
      "[@n [with (VALUE, …)] | all {of @n …} | SQL; [with (VALUE, …) | generic] | {\(PlanArguments.notation)}]",
      ["SQL": PlanArguments.statement]),
    summary: "what the active designs change in a plan, with a verdict",
    details: """
      Plans the query without and with the active designs and matches the two plans by what their steps read. Says \
      which scans, sorts and joins changed, and makes three checks: an index or bitmap index scan uses a design, the \
      estimated cost is lower, no join got worse. Costs of a change count all executions of the step; of a nested \
      loop's inner side the cost of one is said, too. A join is worse when it costs more, whatever is compared with it, \
      by over 5 % of what the statement cost, or when a new loop goes through a whole inner side again and again for \
      that much. Bare diff takes the last query; a statement in its place goes on to its semicolon; all takes every \
      query with a handle, all of @1 @2, as recordings have it, only these. \
      JSON holds both plans; > FILE.svg or > FILE.html after diff draws them side by side, with what changed marked.
      """,
    examples: [
      .init("diff", gives: .parts(["baseline", "plan", "cost", "changes", "checks"], showing: "%1")),
      .init(
        "diff @1",
        gives: .parts(["baseline", "plan", "cost", "changes", "checks", "designs"], showing: "cost before")),
      .init(
        "diff SELECT count(*) FROM orders WHERE customer_id = 42;",
        gives: .parts(["baseline", "plan", "cost", "changes", "checks"], showing: "%1")),
      .init("diff all", gives: .parts(["queries"], showing: "better")),
      .init(
        "diff > diff.svg", gives: .parts(["baseline", "plan", "cost", "changes", "checks"], showing: "%1")),
    ], group: .plans,
    effects: [.looks, .keepsInWorkspace])

  private let subject: PlanArguments?
  /// The queries that `all` is about; empty for every one.
  private let handles: [(handle: QueryHandle, place: Failure.Place)]

  init(_ arguments: Arguments) throws(Failure) {
    subject = arguments.has("all") ? nil : try PlanArguments(arguments)
    handles = subject == nil ? try arguments.queryHandles() : []
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    guard let subject else { return try all(session, workspace) }
    let query = try subject.query(in: workspace, command: "diff")
    let explanation = try workspace.explain(
      subject.question(about: query, remembered: workspace.plans.values(of: query)), of: query,
      typed: subject.placeOfStatement, askingWhy: true)
    guard let baseline = explanation.baseline else { throw noDesign(session, workspace) }
    workspace.remember(explanation, of: query)
    let diff = PlanDiff(before: baseline, after: explanation.plan)
    return try report(diff, explanation, query, session, workspace)
  }

  /// In a replay other queries may have a handle, too.
  func recordedAddition(in workspace: Workspace) -> String? {
    guard subject == nil, handles.isEmpty, workspace.queries.all.contains(where: workspace.queries.isRanked)
    else { return nil }
    return " of " + workspace.queries.all.map(\.handle.description).joined(separator: " ")
  }

  var usesOfPlans: RecordedUses.Plans {
    guard let subject else { return handles.isEmpty ? .all : .named }
    if subject.meansLast { return .last }
    return subject.handle != nil && subject.values == nil && !subject.isGeneric ? .named : .none
  }

  func proposals(showing shown: [Report], in workspace: Workspace) -> Proposals {
    let known = workspace.queries.all
    let compared: [QueryHandle]
    if subject == nil {
      let rows = Set(shown.flatMap(\.namedQueries))
      compared = known.map(\.handle).filter(rows.contains)
    } else {
      // A statement without a handle is the last one, too, and no expectation can name it.
      compared = known.map(\.handle).filter { $0 == workspace.queries.lastText?.handle }
    }
    let plans = compared.compactMap { handle in workspace.plans[handle].map { (handle, $0) } }
    var lines = plans.flatMap { $1.expectations(of: $0) }
    // What ranks in a replay is another question, and what was not compared may be worse.
    let isClosed = !known.contains(where: workspace.queries.isRanked) && plans.count == known.count
    if !lines.isEmpty, isClosed, plans.allSatisfy({ !$1.isRegression(in: workspace) }) {
      lines.append("expect no regression")
    }
    return Proposals(
      expectations: lines, subject: subject == nil ? " all" : compared.map { " \($0)" }.joined())
  }

  private func noDesign(_ session: Session, _ workspace: Workspace) -> Failure {
    guard session.hypotheticals.active.isEmpty else {
      return Failure(
        .script, "hypothetical indexes are switched off", hint: "hypo on lets the planner see them")
    }
    let proposed = workspace.designs.all.filter { design in
      let isHere = workspace.place.map { design.places.isEmpty || design.places.contains(where: $0.isSame) }
      return design.state == .proposed && design.definition.hypotheticalObstacle == nil && isHere != false
    }.map(\.handle.description)
    let again =
      switch proposed.count {
      case 0: ""
      case 1: "hypo add \(proposed[0]) makes it hypothetical, "
      default: "hypo add %n makes one of \(proposed.joined(separator: " ")) hypothetical, "
      }
    return Failure(
      .script, "no design is active, so there is nothing to compare",
      hint: again + "hypo add TABLE(COLUMNS) makes " + (again.isEmpty ? "one" : "a new one"))
  }

  private func report(
    _ diff: PlanDiff, _ explanation: Explanation, _ query: Query, _ session: Session, _ workspace: Workspace
  ) throws -> Report {
    let verdict = try session.verdict(on: explanation, diff)
    var report = Report("diff")
    for premise in explanation.premises { report.note(.information, premise) }
    report.blocks += PlanReport.plans(explanation, query, toldInWords: true)
    report.blocks += [
      .fields(
        .init(
          name: "cost", title: nil,
          values: [
            .init("query", .text(explanation.heading(of: query.handle))),
            .init("cost before", .cost(diff.before.totalCost)),
            .init("cost after", .cost(diff.after.totalCost)),
            .init("change", diff.costChange.map { .share($0) } ?? .missing),
          ])),
      .table(.init(changesOf: diff)),
      .table(
        .init(
          name: "checks", title: nil, columns: [.init("check"), .init("outcome"), .init("why")],
          rows: verdict.checks.map(\.cells))),
    ]
    if verdict.indexUse.outcome != .ok {
      report.blocks.append(.table(PlanReport.uses(explanation, session, workspace)))
    }
    for remark in [explanation.remark, explanation.missingExpressions].compactMap(\.self) {
      report.note(.warning, remark)
    }
    if let walk = try session.orderedWalk(in: explanation.plan) { report.note(.warning, walk.sentence) }
    PlanReport.warn(&report, of: explanation.missingStatistics)
    PlanReport.warn(&report, of: explanation.plannedFunctions)
    report.note(verdict.overall.weight, verdict.sentence)
    return report
  }

  private func all(_ session: Session, _ workspace: Workspace) throws -> Report {
    if session.hypotheticals.active.isEmpty || !session.hypotheticals.isEnabled {
      throw noDesign(session, workspace)
    }
    guard !workspace.queries.isEmpty else {
      _ = try workspace.queries.onlyOrLast("diff all"); return Report("diff")
    }
    var report = Report("diff")
    report.designs = session.hypotheticals.active.map(\.handle)
    var rows: [[Cell]] = []
    let queries = try handles.map { try workspace.queries.find($0.handle, at: $0.place) }
    for query in queries.isEmpty ? workspace.queries.all : queries {
      do {
        var explanation = try workspace.explain(query)
        guard let baseline = explanation.baseline else { continue }
        workspace.remember(explanation, of: query)
        let diff = PlanDiff(before: baseline, after: explanation.plan)
        var verdict = try session.verdict(on: explanation, diff)
        // Whether a design has lost for certain takes more questions.
        if verdict.overall == .unchanged {
          explanation = try workspace.explain(query, askingWhy: true)
          verdict = try session.verdict(on: explanation, diff)
        }
        if let remark = explanation.remark { report.note(.warning, "\(query.handle): \(remark)") }
        for premise in explanation.premises {
          report.note(.information, "\(query.handle): \(premise)")
        }
        rows.append([
          .handle(query.handle.description), .cost(diff.before.totalCost), .cost(diff.after.totalCost),
          diff.costChange.map { .share($0) } ?? .missing, .identifier(verdict.overall.rawValue),
          .sql(query.text),
        ])
      } catch let error as Failure where error.status == .script {
        report.note(.warning, "\(query.handle) could not be planned: \(error.message)")
      }
    }
    report.blocks.insert(
      .table(
        .init(
          name: "queries", title: nil,
          columns: [
            .init("query"), .init("cost before", isNumber: true), .init("cost after", isNumber: true),
            .init("change", isNumber: true), .init("verdict"), .init("text"),
          ], rows: rows)), at: 0)
    return report
  }
}

extension PlanVerdict.Overall {
  fileprivate var weight: Report.Note.Weight {
    switch self {
    case .better: .good
    case .unchanged: .information
    case .worse: .bad
    case .mixed, .unknown: .warning
    }
  }
}

extension Explanation {
  /// What could be expected of it.
  fileprivate func expectations(of handle: QueryHandle) -> [String] {
    guard let baseline else { return [] }
    var lines = plan.usedDesigns.map { "expect plan \(handle) uses index \($0)" }
    // Somewhat less than was seen, because estimates move with the statistics.
    let cost = costWithDescents(after: baseline.totalCost)
    if let change = cost.change(from: baseline.totalCost), change < -0.02 {
      let share = Int(-change * 100 * 0.9)
      if share > 0 { lines.append("expect cost \(handle) drops >= \(share)%") }
    }
    return lines
  }

  /// Whether an expectation of none would find one.
  fileprivate func isRegression(in workspace: Workspace) -> Bool {
    guard let baseline, let session = workspace.session,
      let verdict = try? session.verdict(on: self, PlanDiff(before: baseline, after: plan))
    else { return true }
    return verdict.overall == .worse || verdict.joins.outcome == .stop
  }
}
