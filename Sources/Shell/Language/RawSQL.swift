import IndexDesign
import Server

/// SQL that a person typed: for looking.
enum RawSQL {
  /// Sends it, when the rule lets it pass.
  static func run(_ text: String, in sitting: Sitting) throws -> Report {
    let scan = SQLScan(text)
    if let second = scan.secondStatementOffset {
      throw Failure(
        .script, "a second statement is not allowed on one line", hint: "give one statement at a time",
        place: .init(text: text, range: second..<second + 1))
    }
    if case .refuse(let error) = RawSQLRule.judge(text) { throw Failure(error, in: text) }
    let session = try sitting.connected()
    let rows: ServerRows
    do { rows = try session.look(text) } catch {
      throw Advice.onStatement(Failure(error, in: text), session, statement: text)
    }
    guard !rows.columns.isEmpty else { return .message("sql", rows.commandTag) }
    var report = Report(
      "sql",
      [
        .table(
          .init(
            name: "rows", title: nil,
            columns: rows.columns.map { .init($0.name, isNumber: $0.kind == .integer || $0.kind == .number) },
            rows: rows.rows.map { row in zip(rows.columns, row).map { cell($0.kind, $1) } }, whenEmpty: nil))
      ])
    report.note(.information, rows.rows.count == 1 ? "(1 row)" : "(\(rows.rows.count) rows)")
    return report
  }

  /// The server's own words: rounding them would be a change of what was asked for.
  private static func cell(_ kind: ServerRows.Kind, _ value: String?) -> Cell {
    guard let value else { return .missing }
    return kind == .boolean ? .flag(value == "t") : .value(value, isNumber: kind != .text)
  }
}
