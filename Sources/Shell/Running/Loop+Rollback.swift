import Changes
import IndexDesign
import Reports

extension Loop {
  /// Takes a change back: shows what is found and what is to run, asks, runs it and notes it.
  ///
  /// - Throws: `Failure` when it is refused or ends otherwise, and what the server or the ledger refuses.
  func rollBack(_ record: ChangeRecord) throws -> Report {
    let record = try workspace.proven(record)
    if record.intent.kind == .setUp {
      throw Failure(
        .refused, "\(record.number) installed an extension, which hypo does not drop",
        hint: "its reverse, for psql: \(ChangeStep.dropStatement(ofExtension: record.intent.indexName));")
    }
    let plan = try workspace.connected().planRollback(of: record)
    show(.rollbackPlan(plan, of: record))
    try refuseCopy(plan, of: record)
    let permit = try permit(plan, to: "drop this index")
    let context = workspace.changeContext(for: nil, record.intent.ticket)
    return try conclude(carryOut(plan, by: permit, context), record)
  }

  /// A copy of a server has its identity, its object ids and its definitions, and only its address differs.
  private func refuseCopy(_ plan: ChangePlan, of record: ChangeRecord) throws(Failure) {
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
    show(.message("rollback plan", "\(addresses): make sure that it is no copy", .warning))
  }

  private func conclude(_ finished: [FinishedChange], _ record: ChangeRecord) throws -> Report {
    var report = Report("rollback", finished.map(workspace.fields))
    for change in finished {
      switch change.outcome.result {
      case .dropped: report.note(.good, change.outcome.sentence)
      case .wasNotThere: report.note(.warning, change.outcome.sentence)
      default: throw Failure(change)
      }
      for design in workspace.designs.all where design.state == .promoted(record.number) {
        workspace.noteRolledBack(design.handle, by: change.number)
      }
    }
    return report
  }
}
