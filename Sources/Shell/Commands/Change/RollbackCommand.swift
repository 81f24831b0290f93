import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `rollback [change N]`
struct RollbackCommand: Command {
  static let declaration = CommandDeclaration(
    name: "rollback", form: Form("[change N | {N}]", ["N": .change]),
    summary: "take a change back, by the reverse of what was recorded",
    details: """
      Sees that the ledger is as it was written and that the record is what hypo would write, and compares the index \
      with it. The statement is made of what was found; a recorded text is never run. It is shown, the index's name is \
      asked for (a script says --yes), and then hypo drops the index concurrently, sees that it is gone and records it. DROP INDEX CONCURRENTLY waits for every transaction \
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
    guard let last = forecast.built.popLast() else { return ["the reverse of the change"] }
    return [ChangeStep.dropStatement(of: last) + ";"]
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    _ = try workspace.connected()
    return try loop.rollBack(try record(workspace))
  }

  /// The newest change of this session that can still be taken back.
  private func record(_ workspace: Workspace) throws -> ChangeRecord {
    if let change { return try workspace.record(of: change.number, at: change.place) }
    let server = try workspace.connected().fingerprint()
    if let record = try workspace.ledger().newestToRollBack(on: server, among: workspace.changes) {
      return record
    }
    let open = try workspace.ledger().listing(limit: 50).compactMap { try? $0.record.get() }.filter {
      $0.canBeRolledBack && $0.intent.server.matches(server)
    }
    throw Failure(
      .script, "no change of this session is left to roll back",
      hint: open.isEmpty
        ? "changes lists what the ledger holds; rollback; with a semicolon ends a transaction"
        : "rollback change N; open changes: "
          + open.map { "\($0.number.number) (\($0.intent.indexName))" }.joined(separator: ", "))
  }
}
