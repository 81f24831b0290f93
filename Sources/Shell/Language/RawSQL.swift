import IndexDesign
import Reports
import Server

/// SQL that a person typed: for looking.
enum RawSQL {
  /// Lets one statement for looking pass.
  ///
  /// - Throws: `Failure` at what is refused.
  static func check(_ text: String) throws(Failure) {
    let scan = SQLScan(text)
    if let second = scan.secondStatementOffset {
      throw Failure(
        .script, "a second statement is not allowed on one line", hint: "give one statement at a time",
        place: .init(text: text, range: second..<second + 1))
    }
    if case .refuse(let error) = RawSQLRule.judge(text) { throw Failure(error, in: text) }
  }

  /// The report of a statement that was let pass. It is sent when its rows are written.
  static func run(_ text: String, in workspace: Workspace) throws -> Report {
    _ = try workspace.connected()
    return Report("sql", [.rows(.init(name: "rows", sql: text))])
  }

  /// Sends statements of a session and hands on their rows.
  static func rows(in workspace: Workspace) -> ReportWriter.RowSource {
    { [unowned workspace] text, receive in
      let session = try workspace.connected()
      do {
        return try session.look(text) { columns, rows in
          try receive(columns.map(Report.ServerColumn.init), rows)
        }
      } catch let error as ServerError {
        var failure = Failure(error, in: text)
        // The server counts the values that the protocol gives.
        if failure.sqlState == "08P01",
          let parameter = SQLLexer(text).tokens.first(where: { $0.kind == .parameter })
        {
          failure.message = "there is no value for a parameter of SQL that is run"
          failure.hint = "write the value into it, or plan it: explain STATEMENT; with (VALUE, …)"
          failure.place = .init(text: text, range: parameter.range)
        }
        throw Advice.onStatement(failure, session, statement: text)
      }
    }
  }
}

extension Report.ServerColumn {
  /// A column as the server gave it.
  fileprivate init(_ column: ServerRows.Column) {
    let kind: Kind =
      switch column.kind {
      case .integer: .integer
      case .number: .number
      case .boolean: .boolean
      case .text: .text
      }
    self.init(name: column.name, kind: kind)
  }
}
