import IndexDesign
import Notebook
import Reports
import Server

/// `top [N] [by …] [on TABLE]`
struct TopCommand: Command {
  static let declaration = CommandDeclaration(
    name: "top",
    form: Form(
      "[N] [by \(Form.words(WorkloadRanking.self))] [on TABLE] {since}",
      ["N": .count("the number of statements")]),
    summary: "the statements that cost most, from pg_stat_statements",
    details: """
      Ranks the statements of this database that have a plan, by default 10 of them by total time: those too that \
      run one, as DECLARE, FETCH, PREPARE, COPY (QUERY), CREATE TABLE AS and REFRESH MATERIALIZED VIEW do. Left out are \
      hypo's own, others without a plan, such as COMMIT and ANALYZE, and those that read only tables named with the \
      schema pg_catalog, as psql's \\d does; it says how many these are, and their share of the time. What EXPLAIN \
      only plans is no call, and a cursor's time is in its FETCH. SQL that you type in hypo counts as yours. on TABLE \
      takes the statements that name the table, its parents, partitions or views, or call a function whose body does; a \
      body that is not SQL is searched for the name, and what triggers and dynamic SQL reach is not known. Each gets a \
      handle @n, the same one every time. reads and writes count shared blocks, temp counts blocks of \
      temporary files, wal counts bytes of write-ahead log. The share is of all statements of the database but hypo's own.
      """,
    examples: [
      .init("top 5", gives: .parts(["statements", "rest"], showing: "@1")),
      .init("top 3 by mean", gives: .parts(["statements", "rest"], showing: "@1")),
      .init("top by calls on orders", gives: .parts(["statements", "rest"], showing: "orders")),
    ], group: .workload,
    effects: [.looks, .keepsInWorkspace])

  private let limit: Int
  private let ranking: WorkloadRanking
  private let table: (name: RelationName, offset: Int)?
  private let text: String

  init(_ arguments: Arguments) throws(Failure) {
    text = arguments.text
    limit = try arguments.count("N") ?? 10
    ranking = arguments.choice(WorkloadRanking.self) ?? .total
    table = try arguments.relation()
    if let since = arguments.keyword("since") {
      throw arguments.failure(
        "snapshots are not there yet", at: since, hint: "top without since ranks what was counted so far")
    }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    var relation: Relation?
    if let table {
      do { relation = try session.relation(table.name) } catch {
        var failure = Failure(error)
        failure.hint = failure.hint ?? Advice.tables
        failure.place = .init(text: text, range: table.offset..<table.offset + table.name.name.utf8.count)
        throw failure
      }
    }
    let found = try session.statementRanking(by: ranking, limit: limit, on: relation)
    let leftOut = Report.Fields(
      name: "rest", values: [.init("left out", .text(found.leftOut.words), isVolatile: true)])
    var report = Report("top", [.table(table(found, relation, workspace)), .fields(leftOut)])
    if found.hiddenStatements > 0 {
      report.note(
        .warning,
        "\(found.hiddenStatements) statements of other roles are hidden: grant pg_read_all_stats to see them")
    }
    return report
  }

  private func counter(_ name: String) -> Report.Column { .init(name, isNumber: true, isVolatile: true) }

  private func table(
    _ found: StatementRanking, _ relation: Relation?, _ workspace: Workspace
  ) -> Report.Table {
    var columns: [Report.Column] = [
      .init("query", isVolatile: true), counter("calls"), counter("total"), counter("mean"), counter("rows"),
    ]
    let extra = ranking.extraColumn
    if let extra { columns.append(counter(extra)) }
    columns += [counter("share"), .init("text")]
    let rows = found.statements.map { ranked -> [Cell] in
      let statement = ranked.statement
      let query = workspace.ranked(statement)
      var row: [Cell] = [
        .handle(query.handle.description), .integer(statement.calls),
        .milliseconds(statement.totalTimeInMilliseconds),
        .milliseconds(statement.meanTimeInMilliseconds), .integer(statement.rows),
      ]
      if extra != nil {
        row.append(ranking == .wal ? .bytes(Int64(ranked.value)) : .integer(Int64(ranked.value)))
      }
      return row + [ranked.share.map { .share($0) } ?? .missing, .sql(statement.text)]
    }
    return .init(
      name: "statements", title: nil, columns: columns, rows: rows,
      whenEmpty: found.reasonForNothing(on: relation))
  }
}

extension WorkloadRanking {
  /// The column that the ranking adds to the usual ones; nil when it is one of them.
  fileprivate var extraColumn: String? {
    switch self {
    case .total, .mean, .calls, .rows: nil
    case .reads: "blocks read"
    case .writes: "blocks dirtied"
    case .temp: "temp blocks"
    case .wal: "WAL"
    }
  }
}
