import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `show @n | %n | change N | plan @n | NAME`
struct ShowCommand: Command {
  static let declaration = CommandDeclaration(
    name: "show", form: Form("@n | %n | change N | plan @n | SETTING", ["N": .change]),
    summary: "everything known of a query, a design, a change, or a setting",
    details: """
      show plan @n shows the plan that explain or diff gave last, or the pair, without asking the server again; long \
      conditions end in … unless expanded is on. > FILE.svg or > FILE.html after it draws the plan: boxes with each \
      step's own share of the cost, arrows as thick as there are rows. show NAME shows a setting of this shell.
      """,
    examples: [
      .init("show @1", gives: .parts(["text", "counters"], showing: "calls")),
      .init("show plan @recent", gives: .parts(["baseline", "plan"], showing: "Seq Scan")),
      .init("show plan @recent > plan.svg", gives: .parts(["baseline", "plan"], showing: "Seq Scan")),
      .init("show format", gives: .parts(["setting"], showing: "aligned")),
    ],
    group: .session, effects: .looks
  )

  private enum Subject {
    case query(QueryHandle, Failure.Place)
    case plan(QueryHandle, Failure.Place)
    case design(DesignHandle, Failure.Place)
    case change(ChangeNumber, Failure.Place)
    case setting(Settings.Entry)
  }

  private let subject: Subject

  init(_ arguments: Arguments) throws(Failure) {
    if let (handle, place) = try arguments.queryHandle() {
      subject = arguments.has("plan") ? .plan(handle, place) : .query(handle, place)
    } else if let (handle, place) = try arguments.designHandle() {
      subject = .design(handle, place)
    } else if let (number, place) = try arguments.change() {
      subject = .change(number, place)
    } else {
      subject = .setting(
        try Settings.entry(arguments.required("SETTING"), in: ArgumentReader(arguments.text)))
    }
  }

  var usesOfPlans: RecordedUses.Plans { if case .plan = subject { .shown } else { .none } }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    switch subject {
    case .query(let handle, let place): return query(try workspace.queries.find(handle, at: place))
    case .design(let handle, let place):
      return design(
        try workspace.designs.find(handle, at: place),
        workspace.session?.hypotheticals.active.first { $0.handle == handle })
    case .plan(let handle, let place): return try plan(workspace.queries.find(handle, at: place), workspace)
    case .change(let number, let place):
      return try ChangeDetails.report(number, place, workspace)
    case .setting(let entry): return entry.report("show", workspace.settings)
    }
  }

  private func query(_ query: Query) -> Report {
    var report = Report("show", [.statement(name: "text", title: "\(query.handle)", sql: query.text)])
    guard let counters = query.statistics else { return report }
    var values: [Report.Field] = [
      .init("queryid", .text(counters.queryID)), .init("calls", .integer(counters.calls)),
      .init("total", .milliseconds(counters.totalTimeInMilliseconds)),
      .init("mean", .milliseconds(counters.meanTimeInMilliseconds)), .init("rows", .integer(counters.rows)),
      .init("shared blocks hit", .integer(counters.sharedBlocksHit)),
      .init("shared blocks read", .integer(counters.sharedBlocksRead)),
      .init("shared blocks dirtied", .integer(counters.sharedBlocksDirtied)),
      .init("temp blocks", .integer(counters.tempBlocksRead + counters.tempBlocksWritten)),
    ]
    if let wal = counters.walBytes { values.append(.init("WAL", .bytes(wal))) }
    for index in values.indices { values[index].isVolatile = true }
    report.blocks.append(.fields(.init(name: "counters", title: nil, values: values)))
    return report
  }

  private func design(_ design: Design, _ active: HypotheticalIndexes.Active?) -> Report {
    let definition = design.definition
    return Report(
      "show",
      [
        .fields(
          .init(
            name: "design", title: nil,
            values: [
              .init("design", .handle(design.handle.description)), .init("state", .text(design.state.words)),
              .init("estimated size", design.estimatedSizeInBytes.map { .bytes($0) } ?? .missing),
              .init("definition", .sql(definition.shortForm)),
            ] + folded(active))),
        .statement(
          name: "statement", title: "What promote would run",
          sql: definition.createStatement(
            name: definition.name ?? definition.suggestedName, concurrently: true, ifNotExists: true) + ";"),
      ])
  }

  /// What HypoPG has in place of the typed words, where the planner simplifies them.
  private func folded(_ active: HypotheticalIndexes.Active?) -> [Report.Field] {
    guard let active, active.isFolded else { return [] }
    return [
      .init(
        "planned as", .sql(active.canonicalDefinition),
        remark: "the planner simplifies expressions and conditions so; promote builds what was typed")
    ]
  }

  private func plan(_ query: Query, _ workspace: Workspace) throws -> Report {
    guard let explanation = workspace.plans[query.handle] else {
      throw Failure(.script, "\(query.handle) was not explained yet", hint: "explain \(query.handle)")
    }
    return Report("show", PlanReport.plans(explanation, query))
  }
}
