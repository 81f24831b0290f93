import IndexDesign
import Ledger
import Reports

/// How one change is shown.
enum ChangeDetails {
  /// All that was recorded of one change.
  ///
  /// - Throws: `Failure` at its place when there is no such change.
  static func report(_ number: ChangeNumber, _ place: Failure.Place, _ workspace: Workspace) throws -> Report
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
    if let settlement = record.settlement {
      values += [
        .init(
          "settled", .timestamp(settlement.written.description),
          remark: "by \(settlement.operatingSystemUser)@\(settlement.operatingSystemHost), "
            + "as \(settlement.databaseUser)"),
        .init("found", .text(settlement.result.sentence)),
      ]
    }
    var report = Report(
      "show",
      [
        .fields(.init(name: "change", title: nil, values: values)),
        .statement(name: "statement", title: "Statement", sql: intent.statement + ";"),
        .statement(name: "reverse", title: "Its reverse", sql: intent.reverse + ";"),
      ])
    if let query = workspace.statement(of: record) ?? intent.query?.statement {
      report.blocks.append(.statement(name: "query", title: "For the query", sql: query))
    }
    return report
  }
}
