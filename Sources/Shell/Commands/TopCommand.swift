import IndexDesign
import Reports
import Server

/// `top [N] [by …] [on TABLE]`
struct TopCommand: Command {
  static let declaration = CommandDeclaration(
    name: "top", arguments: "[N] [by total|mean|calls|rows|reads|writes|temp|wal] [on TABLE]",
    summary: "the statements that cost most, from pg_stat_statements",
    details: """
      Ranks the statements of this database, 10 of them by total time unless told otherwise, without hypo's own \
      and without those that no index can help: what has no plan, such as ANALYZE, EXPLAIN or CREATE, and what reads \
      only tables named with the schema pg_catalog, as psql's \\d does. SQL that you type in hypo counts as yours. Each gets a handle @n, the same one every time. reads and writes count shared blocks, temp counts blocks of \
      temporary files, wal counts bytes of write-ahead log. The share is of all statements of the database.
      """,
    examples: ["top 5", "top 3 by mean", "top by calls on orders"], group: .workload,
    effects: [.looks, .keepsInWorkspace])

  private var limit = 10
  private var ranking = WorkloadRanking.total
  private var table: (name: RelationName, offset: Int)?
  private let text: String

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    text = arguments.text
    if let word = arguments.next, word.text.first?.isNumber == true {
      limit = try arguments.count("the number of statements")
    }
    while let word = arguments.word() {
      switch word.lowercased {
      case "by": ranking = try Self.ranking(&arguments)
      case "on":
        guard let name = arguments.word() else {
          throw arguments.failure("on needs a table", at: nil, hint: "for example top on orders")
        }
        do { table = (try RelationName.parse(name.text), name.range.lowerBound) } catch {
          throw Failure(error, in: arguments.text, offset: name.range.lowerBound)
        }
      case "since":
        throw arguments.failure(
          "snapshots are not there yet", at: word, hint: "top without since ranks what was counted so far")
      default:
        throw arguments.unexpected(word, Self.declaration.synopsis)
      }
    }
  }

  private static func ranking(_ arguments: inout ArgumentReader) throws(Failure) -> WorkloadRanking {
    let word = arguments.word()
    if let word, let ranking = WorkloadRanking(rawValue: word.lowercased) { return ranking }
    let names = WorkloadRanking.allCases.map(\.rawValue)
    throw arguments.failure(
      word.map { "cannot rank by \"\($0.text)\"" } ?? "by needs a word", at: word,
      hint: word.flatMap { NearName.closest(to: $0.lowercased, among: names) }.map {
        "did you mean \"\($0)\"?"
      }
        ?? "one of: " + names.joined(separator: ", "))
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
    var report = Report("top", [.table(table(found, workspace))])
    if found.hiddenStatements > 0 {
      report.note(
        .warning,
        "\(found.hiddenStatements) statements of other roles are hidden: grant pg_read_all_stats to see them")
    }
    return report
  }

  private func counter(_ name: String) -> Report.Column { .init(name, isNumber: true, isVolatile: true) }

  private func table(_ found: StatementRanking, _ workspace: Workspace) -> Report.Table {
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
      whenEmpty: "pg_stat_statements has counted nothing in this database yet")
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
