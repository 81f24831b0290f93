import Changes
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `rollback [change N]`
struct RollbackCommand: Command {
  static let declaration = CommandDeclaration(
    name: "rollback", form: Form("[change N | {N}]", ["N": .change]),
    summary: "take a change back, by its recorded reverse",
    details: """
      Compares the index with the record, shows the recorded reverse and asks for the index's name (a script says \
      --yes), drops it concurrently, sees that it is gone and records it. DROP INDEX CONCURRENTLY waits for every transaction \
      that has used the table, those that only read included; VACUUM and ANALYZE of the table wait meanwhile. Without a number only the newest change of \
      this session that was not rolled back is meant. With a semicolon, rollback; is SQL and ends a transaction.
      """,
    examples: [
      .init("rollback", gives: .parts(["change"], showing: "the index was dropped")),
      .init("rollback change 7", gives: .parts(["change"], showing: "the index was dropped")),
    ], group: .change, effects: [.changesDatabase, .changesNames])

  private let change: (number: ChangeNumber, place: Failure.Place)?

  init(_ arguments: Arguments) throws(Failure) { change = try arguments.change() }

  func sent(in forecast: inout Forecast) -> [String] {
    guard let last = forecast.built.popLast() else { return ["the recorded reverse of the change"] }
    return ["DROP INDEX CONCURRENTLY IF EXISTS \(last.sql);"]
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let record = try record(workspace)
    if record.intent.kind == .setUp {
      throw Failure(
        .refused, "\(record.number) installed an extension, which hypo does not drop",
        hint: "the recorded reverse, for psql: \(record.intent.reverse);")
    }
    let plan = try session.planRollback(of: record)
    loop.show(Self.preview(plan, of: record))
    try Self.refuseCopy(plan, of: record, workspace, loop)
    let permit = try loop.permit(plan, to: "drop this index")
    let context = workspace.changeContext(for: nil, record.intent.ticket)
    return try conclude(loop.carryOut(plan, by: permit, context), record, workspace)
  }

  /// The newest change of this session that can still be taken back.
  private func record(_ workspace: Workspace) throws -> ChangeRecord {
    if let change { return try workspace.record(of: change.number, at: change.place) }
    let server = try workspace.connected().fingerprint()
    if let record = try workspace.ledger().newestToRollBack(on: server, among: workspace.changes) {
      return record
    }
    let open = try workspace.ledger().changes(limit: 50).filter {
      $0.canBeRolledBack && $0.intent.server.matches(server)
    }
    throw Failure(
      .script, "no change of this session is left to roll back",
      hint: open.isEmpty
        ? "changes lists what the ledger holds; rollback; with a semicolon ends a transaction"
        : "rollback change N; open changes: "
          + open.map { "\($0.number.number) (\($0.intent.indexName))" }.joined(separator: ", "))
  }

  private static func preview(_ plan: ChangePlan, of record: ChangeRecord) -> Report {
    let index = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    let found = plan.findings.map { Report.Field($0.name, .outcome($0.outcome), remark: $0.fact) }
    return Report(
      "rollback plan",
      [
        .fields(
          .init(
            name: "change", title: nil,
            values: [
              .init("change", .handle(record.number.description), isVolatile: true),
              .init("index", .identifier(index.sql)),
            ] + found)),
        .statement(name: "statement", title: "Statement", sql: plan.statements),
        .statement(name: "reverse", title: "Its reverse", sql: plan.reverses),
      ])
  }

  /// A copy of a server has its identity, its object ids and its definitions, and only its address differs.
  private static func refuseCopy(
    _ plan: ChangePlan, of record: ChangeRecord, _ workspace: Workspace, _ loop: Loop
  ) throws(Failure) {
    let recorded = record.intent.server
    guard recorded.host != plan.server.host || recorded.port != plan.server.port else { return }
    let addresses =
      "\(record.number) was made at \(recorded.host):\(recorded.port), "
      + "this is \(plan.server.host):\(plan.server.port)"
    guard !workspace.settings.yes else {
      throw Failure(
        .refused, "the address is another one than the recorded: \(addresses)",
        detail: "hypo cannot tell a restored or cloned server from the original.",
        hint: "connect to the recorded address, or confirm without --yes")
    }
    loop.show(.message("rollback plan", "\(addresses): make sure that it is no copy", .warning))
  }

  private func conclude(_ finished: [FinishedChange], _ record: ChangeRecord, _ workspace: Workspace) throws
    -> Report
  {
    var report = Report("rollback", finished.map(workspace.fields))
    for change in finished {
      switch change.outcome.result {
      case .dropped: report.note(.good, change.outcome.sentence)
      case .wasNotThere: report.note(.warning, change.outcome.sentence)
      default: throw Failure(change)
      }
      markRolledBack(change, record, workspace)
    }
    return report
  }

  private func markRolledBack(_ finished: FinishedChange, _ record: ChangeRecord, _ workspace: Workspace) {
    for design in workspace.designs.all where design.state == .promoted(record.number) {
      workspace.noteRolledBack(design.handle, by: finished.number)
    }
  }
}
