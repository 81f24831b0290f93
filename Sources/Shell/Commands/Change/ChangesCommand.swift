import IndexDesign
import Ledger
import Notebook
import Reports

/// `changes`
struct ChangesCommand: Command {
  static let declaration = CommandDeclaration(
    name: "changes", form: Form("[N]", ["N": .count("the number of changes")]),
    summary: "what was changed through hypo, from the ledger",
    details:
      "Lists the newest changes, 20 by default, of every session and server. show change N tells all.",
    examples: [
      .init("changes", gives: .parts(["changes"], showing: "promoted")),
      .init("changes 5", gives: .parts(["changes"], showing: "rolled back by change 6")),
    ], group: .change, effects: [.looks, .listsWhatGrows])

  private let limit: Int

  init(_ arguments: Arguments) throws(Failure) { limit = try arguments.count("N") ?? 20 }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let records = try workspace.ledger().changes(limit: limit)
    return Report(
      "changes",
      [
        .table(
          .init(
            name: "changes", title: nil,
            columns: [
              .init("change", isVolatile: true), .init("started"), .init("state", isVolatile: true),
              .init("database"), .init("index"),
              .init("ticket"),
              .init("statement"),
            ],
            rows: records.map { record in
              [
                .handle(record.number.description), .timestamp(record.started.description),
                .text(record.state.description), .identifier(record.intent.server.database),
                .identifier(record.intent.indexName),
                record.intent.ticket.map { .identifier($0) } ?? .missing,
                .sql(record.intent.statement),
              ]
            }, whenEmpty: "nothing was changed through hypo yet"))
      ])
  }
}
