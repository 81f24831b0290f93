import IndexDesign
import Ledger
import Reports

/// `changes`
struct ChangesCommand: Command {
  static let declaration = CommandDeclaration(
    name: "changes", arguments: "[N]", summary: "what was changed through hypo, from the ledger",
    details:
      "Lists the newest changes, 20 unless told otherwise, of every session and server. show change N tells all.",
    examples: ["changes", "changes 5"], group: .change, effects: [.looks, .listsWhatGrows])

  private let limit: Int

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    limit = arguments.isAtEnd ? 20 : try arguments.count("the number of changes")
    try arguments.expectEnd(Self.declaration.synopsis)
  }

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

  /// All that was recorded of one change.
  static func details(_ number: ChangeNumber, _ place: Failure.Place, _ workspace: Workspace) throws -> Report
  {
    let record = try workspace.record(of: number, at: place)
    let intent = record.intent
    let server = intent.server
    var values: [Report.Field] = [
      .init("change", .handle(number.description), isVolatile: true),
      .init("state", .text(record.state.description)),
      .init("started", .timestamp(record.started.description)),
      .init("finished", record.finished.map { .timestamp($0.description) } ?? .missing),
      .init(
        "server", .text("\(server.host):\(server.port)"), remark: "PostgreSQL \(server.serverVersion)",
        isVolatile: true),
      .init("database", .identifier(server.database)),
      .init("role", .identifier(server.user), isVolatile: true),
      .init(
        "by", .text("\(intent.operatingSystemUser)@\(intent.operatingSystemHost)"),
        remark: "hypo \(intent.hypoVersion)", isVolatile: true),
      .init("ticket", intent.ticket.map { .identifier($0) } ?? .missing),
      .init("index", .identifier(RelationName(schema: intent.indexSchema, name: intent.indexName).sql)),
    ]
    if let before = intent.measuredBefore.plannerCostBefore {
      values.append(.init("cost before", .cost(before)))
    }
    if let after = intent.measuredBefore.estimatedPlannerCostAfter {
      values.append(.init("cost after", .cost(after), remark: "estimated"))
    }
    if let size = intent.measuredBefore.estimatedIndexSizeInBytes {
      values.append(.init("estimated size", .bytes(size)))
    }
    if let outcome = record.outcome {
      values += [
        .init("took", .milliseconds(outcome.durationInSeconds * 1_000)),
        .init("outcome", .text(outcome.sentence)),
      ]
    }
    var report = Report(
      "show",
      [
        .fields(.init(name: "change", title: nil, values: values)),
        .statement(name: "statement", title: "Statement", sql: intent.statement + ";"),
        .statement(name: "reverse", title: "Its reverse", sql: intent.reverse + ";"),
      ])
    if let query = intent.queryText {
      report.blocks.append(.statement(name: "query", title: "For the query", sql: query))
    }
    return report
  }
}
