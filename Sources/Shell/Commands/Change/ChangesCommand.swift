import Changes
import Foundation
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `changes [N | settle CHANGE]`
struct ChangesCommand: Command {
  static let declaration = CommandDeclaration(
    name: "changes",
    form: Form("[N | settle CHANGE]", ["N": .count("the number of changes"), "CHANGE": .change]),
    summary: "what was changed through hypo, from the ledger",
    details: """
      Lists the newest changes, 20 by default, of every session and server. show change N tells all. changes settle N \
      is for a change that was cut off, whose ending nobody knows: it looks in the catalog and writes down what it finds. \
      It is refused while a change still runs in that database. An index counts as the change's own when its build was \
      seen to make it; rollback change N then drops it.
      """,
    examples: [
      .init("changes", gives: .parts(["changes"], showing: "promoted")),
      .init("changes 5", gives: .parts(["changes"], showing: "rolled back by change 6")),
      .init("changes settle 7", gives: .elsewhere("it needs a change that was cut off")),
    ], group: .change, effects: [.looks, .listsWhatGrows])

  private enum Request {
    case list(limit: Int)
    case settle(ChangeNumber, Failure.Place)
  }

  private let request: Request

  init(_ arguments: Arguments) throws(Failure) {
    if let number = try arguments.count("CHANGE"), let word = arguments.word("CHANGE") {
      request = .settle(ChangeNumber(Int64(number)), arguments.place(word))
    } else {
      request = .list(limit: try arguments.count("N") ?? 20)
    }
  }

  /// What is settled is written down, once.
  var effects: Effects { if case .settle = request { [] } else { Self.declaration.effects } }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    switch request {
    case .list(let limit): Self.list(try workspace.ledger().listing(limit: limit))
    case .settle(let number, let place): try Self.settle(number, place, workspace)
    }
  }

  private static func settle(_ number: ChangeNumber, _ place: Failure.Place, _ workspace: Workspace)
    throws
    -> Report
  {
    let session = try workspace.connected()
    let record = try workspace.proven(workspace.record(of: number, at: place))
    let result = try session.settlement(of: record)
    try workspace.ledger().settle(
      number,
      ChangeSettlement(
        result, operatingSystemUser: NSUserName(),
        operatingSystemHost: ProcessInfo.processInfo.hostName,
        hypoVersion: ShellProgram.version, databaseUser: session.facts.user,
        written: workspace.now()))
    let settled = try workspace.record(of: number, at: place)
    let index = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    var report = Report(
      "changes",
      [
        .fields(
          .init(
            name: "change", title: nil,
            values: [
              .init("change", .handle(number.description), isVolatile: true),
              .init("index", .identifier(index.sql)),
              .init("state", .text(settled.state.description)),
            ]))
      ])
    report.note(.good, "found and written down: \(result.sentence)")
    if settled.canBeRolledBack || settled.hasLeftover && settled.intent.kind == .promote {
      report.note(.hint, "rollback \(number) drops it")
    } else if case .foundThere(_, let isValid) = result {
      report.note(
        .hint,
        isValid
          ? "it stays; if it has to go, drop it with psql: \(ChangeStep.dropStatement(of: index))"
          : "when nobody is building it, drop it with psql: \(ChangeStep.dropStatement(of: index))")
    }
    return report
  }

  private static func list(_ changes: [ListedChange]) -> Report {
    var report = Report(
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
            rows: changes.map(row), whenEmpty: "nothing was changed through hypo yet"))
      ])
    for change in changes {
      guard case .failure(let error) = change.record else { continue }
      report.note(.warning, error.message)
    }
    return report
  }

  private static func row(_ change: ListedChange) -> [Cell] {
    guard let record = try? change.record.get() else {
      return [.handle(change.number.description), .missing, .text("cannot be read")]
        + [Cell](repeating: .missing, count: 4)
    }
    return [
      .handle(record.number.description), .timestamp(record.started.description),
      .text(record.state.description), .identifier(record.intent.server.database),
      .identifier(record.intent.indexName),
      record.intent.ticket.map { .identifier($0) } ?? .missing,
      .sql(record.intent.statement),
    ]
  }
}
