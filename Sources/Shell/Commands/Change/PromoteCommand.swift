import Changes
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `promote [%n] [as NAME] [for TICKET]`
struct PromoteCommand: Command {
  static let declaration = CommandDeclaration(
    name: "promote", form: Form("[%n] [as NAME] [for TICKET]"),
    summary: "build a design for real, without blocking writers",
    details: """
      Shows a checklist, the exact statement and its reverse, and asks for the index's name (a script says --yes). The \
      intent is written to the ledger; then CREATE INDEX CONCURRENTLY runs on a second connection, with progress; \
      Ctrl-C cancels it on the server. The build waits for transactions that have written to the table, then for older \
      snapshots of the database; VACUUM and ANALYZE of the table and other changes of it wait meanwhile. Afterwards the index is looked up: valid, or an invalid leftover of this build, \
      which is dropped. Changes of one table take turns: a second shell waits for the first, says who that is, and \
      gives up after 30 seconds with nothing built. Without %n the only hypothetical design is meant.
      """,
    examples: [
      .init(
        "promote %1 as orders_customer_created_at_idx for CHG-1042",
        gives: .parts(["change"], showing: "the index was built and is valid"))
    ], group: .change,
    effects: [.changesDatabase, .changesNames])

  private let handle: (handle: DesignHandle, place: Failure.Place)?
  private let name: String?
  private let ticket: String?

  init(_ arguments: Arguments) throws(Failure) {
    handle = try arguments.designHandle()
    name = try arguments.indexName()
    ticket = arguments.word("TICKET")?.text.filter { $0 != "'" && $0 != "\"" }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let design = try design(workspace, session)
    try loop.allow(.promote)
    let plan = try session.planPromotion(
      of: design.definition, name: name, estimatedSizeInBytes: design.estimatedSizeInBytes)
    loop.show(.promotionPlan(plan))
    if let refusal = plan.refusal { throw Failure(refusal) }
    let permit = try loop.permit(plan, to: "build this index")
    let context = workspace.changeContext(for: design, ticket ?? workspace.frame.ticket)
    let finished = try loop.carryOut(plan, by: permit, context)
    return try conclude(finished, design, plan, session, workspace)
  }

  private func design(_ workspace: Workspace, _ session: Session) throws(Failure) -> Design {
    if let (handle, place) = handle { return try workspace.designs.find(handle, at: place) }
    let active = session.hypotheticals.active.compactMap { workspace.designs[$0.handle] }
    if active.count == 1 { return active[0] }
    let meant = active.isEmpty ? workspace.designs.all : active
    let known = meant.map(\.handle.description).joined(separator: " ")
    throw Failure(
      .script, active.isEmpty ? "no design is hypothetical" : "promote could mean several designs",
      hint: known.isEmpty ? "hypo add makes a design" : "promote %n; designs: \(known)")
  }

  func sent(in forecast: inout Forecast) -> [String] {
    let designs = forecast.designs
    let design = handle.map { designs[$0.0] } ?? (designs.all.count == 1 ? designs.all.first : nil)
    guard let definition = design?.definition else {
      return ["CREATE INDEX CONCURRENTLY … of a design that only running can tell"]
    }
    let name = name ?? definition.name ?? definition.suggestedName
    let index = RelationName(schema: definition.table.schema, name: name)
    forecast.built.append(index)
    return [
      "\(definition.createStatement(name: name, concurrently: true, ifNotExists: true));",
      "its reverse: \(ChangeStep.dropStatement(of: index));",
    ]
  }

  func proposals(showing shown: [Report], in workspace: Workspace) -> Proposals {
    guard let number = workspace.changes.last, let record = try? workspace.ledger().change(number) else {
      return Proposals()
    }
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName).sql
    return Proposals(expectations: ["expect index \(name) valid"])
  }

  private func conclude(
    _ finished: [FinishedChange], _ design: Design, _ plan: ChangePlan, _ session: Session,
    _ workspace: Workspace
  ) throws -> Report {
    var report = Report("promote", finished.map(workspace.fields))
    for change in finished {
      guard change.outcome.isPromotion else { throw Failure(change) }
      report.note(.good, change.outcome.sentence)
      // What plans its query with both would praise the design for what its index does.
      do { try session.hypotheticals.drop(design.handle) } catch {
        report.note(.warning, "\(design.handle) is still hypothetical beside its index: \(error.message)")
        report.note(.hint, "disconnect and connect again to leave it behind")
      }
      workspace.notePromoted(design.handle, as: plan.confirmationWord, by: change.number)
    }
    report.note(.hint, "verify shows what it brings; rollback takes it back")
    return report
  }
}

extension ChangeOutcome {
  /// Whether the wanted index stands and is valid.
  fileprivate var isPromotion: Bool {
    switch result {
    case .built, .alreadyThere(_, isValid: true): true
    default: false
    }
  }
}

extension Arguments {
  fileprivate func indexName() throws(Failure) -> String? {
    guard let word = word("NAME"), let name = try relation("NAME")?.name else { return nil }
    guard name.schema == nil else {
      throw failure("an index is made in the schema of its table", at: word, hint: "give the name alone")
    }
    return name.name
  }
}
