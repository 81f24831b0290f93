import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `verify [change N]`
struct VerifyCommand: Command {
  static let declaration = CommandDeclaration(
    name: "verify", form: Form("[change N | {N}]", ["N": .change]),
    summary: "after a change: is the index used, is it faster, how big is it",
    details: """
      Shows whether the index is there and valid, its size against the estimate, scans of index and table since the \
      change, calls and time of the table's statements before and since, and the real plan of the query that it was \
      made for. Counters of two instances, as of a writer and a reader or before and after a failover, are not compared: \
      it says so. Without a number the newest change of this session that is in the database now is meant; of a change \
      that is not, it says what became of it. An index that is not as recorded is a failure: it ends a script with \
      status 3.
      """,
    examples: [
      .init("verify", gives: .parts(["index", "statements", "plan"], showing: "valid, as recorded")),
      .init("verify change 7", gives: .parts(["index", "statements", "plan"], showing: "promoted")),
    ], group: .change, effects: .looks)

  private let change: (number: ChangeNumber, place: Failure.Place)?

  init(_ arguments: Arguments) throws(Failure) { change = try arguments.change() }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    // What is recorded of its query is planned.
    let record = try workspace.proven(record(workspace))
    if record.intent.kind == .setUp {
      throw Failure(
        .script, "\(record.number) installed an extension, not an index", hint: "doctor checks the extensions"
      )
    }
    let found = try session.verify(record, statement: workspace.statement(of: record))
    let report = Self.report(found, record)
    guard Self.standing(found).0 != .stop else {
      loop.show(report)
      throw Failure(
        .script, "the index of \(record.number) is not as recorded: \(Self.standing(found).1)")
    }
    return report
  }

  private func record(_ workspace: Workspace) throws -> ChangeRecord {
    if let change { return try workspace.record(of: change.number, at: change.place) }
    let own = try workspace.changes.reversed().map { try workspace.record(of: $0, at: nil) }
      .filter { $0.intent.kind != .setUp }
    if let newest = own.first(where: Self.leavesIndex) { return newest }
    guard own.isEmpty else {
      throw Failure(
        .script, "no change of this session is in the database now",
        hint: "verify change N; "
          + own.prefix(5).map { "\($0.number): \($0.state)" }.joined(separator: ", "))
    }
    let known = try workspace.ledger().listing(limit: 5).map(\.number.description).joined(separator: ", ")
    throw Failure(
      .script, "no change was made in this session",
      hint: known.isEmpty ? "the ledger is empty" : "verify change N; newest: \(known)")
  }

  private static func report(_ found: Verification, _ record: ChangeRecord) -> Report {
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName).sql
    var values: [Report.Field] = [
      .init(
        "change", .handle(record.number.description), remark: record.state.description, isVolatile: true),
      .init("index", .identifier(name)),
      .init("standing", .outcome(standing(found).0), remark: standing(found).1),
    ]
    guard leavesIndex(record) else { return withoutGains(record, values) }
    if let index = found.index {
      values.append(.init("size", .bytes(index.sizeInBytes), remark: sizeRemark(found)))
    }
    values += [
      .init("index scans since", found.indexScans.map { .integer($0) } ?? .missing, isVolatile: true),
      .init(
        "sequential scans of the table since", found.tableSequentialScans.map { .integer($0) } ?? .missing,
        isVolatile: true),
    ]
    var report = Report("verify", [.fields(.init(name: "index", title: nil, values: values))])
    if let obstacle = found.obstacleToComparing {
      report.note(.warning, "the counters before and since the change are not compared: \(obstacle)")
    } else {
      report.blocks.append(.table(statements(found)))
    }
    if found.statisticsWereReset {
      report.note(.warning, "pg_stat_statements was reset since the change; its counters begin there")
    }
    addPlan(found, &report)
    addVerdict(found, &report)
    return report
  }

  /// A change that is not in the database has brought nothing: what was counted since is not its doing.
  private static func withoutGains(_ record: ChangeRecord, _ values: [Report.Field]) -> Report {
    var report = Report("verify", [.fields(.init(name: "index", title: nil, values: values))])
    if let outcome = record.outcome {
      report.note(.information, "when it ended: \(outcome.sentence)")
    }
    report.note(.information, "it is not in the database now, so there is nothing to compare")
    return report
  }

  /// Whether a change of this state leaves an index behind.
  private static func leavesIndex(_ record: ChangeRecord) -> Bool {
    if case .rollback = record.intent.kind { return false }
    return switch record.state {
    case .promoted, .nothingToDo, .started, .leftInvalid, .interrupted: true
    case .retired, .rolledBack, .undid, .failed, .cancelled, .setUp: false
    }
  }

  private static func standing(_ found: Verification) -> (Finding.Outcome, String) {
    if !leavesIndex(found.record) {
      if case .missing = found.standing { return (.ok, "it is not there, as recorded") }
      return (.warning, "an index of that name is there")
    }
    return switch found.standing {
    case .valid: (.ok, "valid, as recorded")
    case .maintained(_, let since): (.ok, "valid; \(since)")
    case .invalid: (.stop, "it is invalid: no query uses it")
    case .renamed(let index): (.warning, "it is called \(index.qualifiedName) now")
    case .another(let index): (.stop, "another index has its name: \(index.definition)")
    case .missing: (.stop, "it is not there")
    }
  }

  private static func sizeRemark(_ found: Verification) -> String? {
    guard let estimate = found.estimatedSizeInBytes else { return nil }
    let ratio = found.sizeRatio.map { ", \(NumberText.percent($0)) of it" } ?? ""
    return "estimated \(NumberText.bytes(estimate))\(ratio)"
  }

  private static func statements(_ found: Verification) -> Report.Table {
    .init(
      name: "statements", title: "Statements on the table since the change",
      columns: [
        "calls before", "mean before", "calls since", "mean since", "change",
      ].map { .init($0, isNumber: true, isVolatile: true) } + [.init("text")],
      rows: found.statements.prefix(10).map { statement in
        let before = statement.before?.meanTimeInMilliseconds
        let since = statement.since.meanTimeInMilliseconds
        let change: Double? = before.flatMap { before in
          since.flatMap { before > 0 ? ($0 - before) / before : nil }
        }
        return [
          statement.before.map { .integer($0.calls) } ?? .missing,
          before.map { .milliseconds($0) } ?? .missing,
          .integer(statement.since.calls), since.map { .milliseconds($0) } ?? .missing,
          change.map { .share($0) } ?? .missing, .sql(statement.text),
        ]
      }, whenEmpty: "no statement on the table has run since the change")
  }

  private static func addPlan(_ found: Verification, _ report: inout Report) {
    if let plan = found.plan {
      report.blocks.append(
        .plan(.init(name: "plan", title: "The plan of its query now", plan: plan.baseline ?? plan.plan)))
    } else if let problem = found.planProblem {
      report.note(.warning, "its query cannot be planned now: \(problem.message)")
    }
  }

  private static func addVerdict(_ found: Verification, _ report: inout Report) {
    guard standing(found).0 == .ok, leavesIndex(found.record) else { return }
    if found.planUsesIndex == false {
      report.note(.warning, "the planner does not use the index for its query now")
    } else if found.obstacleToComparing != nil {
      return
    } else if let scans = found.indexScans, scans > 0 {
      report.note(.good, "the index is in use: \(NumberText.counted(scans, "scan")) since the change")
    } else {
      report.note(.information, "the index has not been scanned yet; let the workload run and verify again")
    }
  }
}
