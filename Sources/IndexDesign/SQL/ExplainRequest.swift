/// What somebody asks `explain` for: a statement and PostgreSQL's options, never its execution.
public struct ExplainRequest: Equatable, Sendable {
  /// One option of PostgreSQL's list.
  public struct Option: Equatable, Sendable {
    /// The folded name: `verbose`.
    public var name: String
    /// The value as typed; nil when only the name was given, which means on.
    public var value: String?

    /// The option as it stands in a statement.
    public var sql: String { value.map { "\(name) \($0)" } ?? name }
  }

  /// The options in the order in which they stand; `verbose` as a word is one of them.
  public var options: [Option]
  /// The statement without blanks around it and without its `;`.
  public var statement: String
  /// Where the statement stands in the text that was given.
  public var statementRange: Range<Int>
  /// The name of the statement's node (`SelectStmt`); nil when libpg_query cannot read it.
  public var kind: String?
  /// Why libpg_query cannot read the statement, placed in the text that was given; nil when it can. The
  /// server's grammar may be newer, so this is an error only when the server says so too.
  public var grammarError: DesignError?

  /// Reads only the options behind the word `explain`, so that something other than SQL may follow them.
  ///
  /// - Returns: the options, and where the rest starts.
  /// - Throws: `DesignError` as `parse` does for options.
  public static func parseOptions(_ text: String) throws(DesignError) -> (options: [Option], end: Int) {
    var reader = ExplainReader(cursor: TokenCursor(text))
    let options = try reader.options()
    return (options, reader.cursor.here.lowerBound)
  }

  /// Reads what follows the word `explain`.
  ///
  /// - Throws: `DesignError`: `.refused` for ANALYZE, FORMAT and for what EXPLAIN does not take,
  ///   `.secondStatement`, `.syntax`.
  public static func parse(_ text: String) throws(DesignError) -> ExplainRequest {
    var reader = ExplainReader(cursor: TokenCursor(text))
    let options = try reader.options()
    let range = try reader.statementRange()
    let (kind, error) = try reader.judge(range)
    return ExplainRequest(
      options: options, statement: reader.cursor.text(of: range), statementRange: range, kind: kind,
      grammarError: error)
  }
}

private struct ExplainReader {
  var cursor: TokenCursor

  private static let takes =
    "SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES, TABLE, WITH, CREATE TABLE AS, "
    + "CREATE MATERIALIZED VIEW AS, DECLARE, COPY (QUERY), REFRESH MATERIALIZED VIEW, PREPARE, "
    + "EXECUTE or FETCH"

  mutating func options() throws(DesignError) -> [ExplainRequest.Option] {
    if cursor.isMark("("), let word = cursor.word(1), !Self.firstWords.contains(word) { return try list() }
    if let word = cursor.word(), word == "analyze" || word == "analyse" { throw analyzeRefused() }
    guard cursor.accept(word: "verbose") else { return [] }
    return [ExplainRequest.Option(name: "verbose", value: nil)]
  }

  private mutating func list() throws(DesignError) -> [ExplainRequest.Option] {
    cursor.index += 1
    var options: [ExplainRequest.Option] = []
    repeat {
      guard let name = cursor.word() else {
        throw cursor.unexpected(expecting: "an option", hint: "write explain (verbose, settings) STATEMENT")
      }
      if name == "analyze" || name == "analyse" { throw analyzeRefused() }
      if name == "format" {
        throw DesignError(
          .refused, "FORMAT is not an option here: hypo reads the plan itself",
          hint: "choose how results look with --format or \"set format\"", position: cursor.here)
      }
      if name == "costs" {
        throw DesignError(
          .refused, "COSTS is not an option here: hypo's plans always have their costs", hint: "leave it out",
          position: cursor.here)
      }
      cursor.index += 1
      let start = cursor.here.lowerBound
      let first = cursor.index
      while cursor.current != nil, !cursor.isMark(","), !cursor.isMark(")") { cursor.index += 1 }
      let value = cursor.index > first ? cursor.text(of: start..<cursor.lastEnd) : nil
      options.append(ExplainRequest.Option(name: name, value: value))
    } while cursor.accept(mark: ",")
    guard cursor.accept(mark: ")") else { throw cursor.unexpected(expecting: "\",\" or \")\"") }
    return options
  }

  private func analyzeRefused() -> DesignError {
    DesignError(
      .refused, "explain never executes a statement, so it does not take ANALYZE",
      detail: "Even as \"analyze off\" the word makes HypoPG leave the hypothetical indexes out.",
      hint: "leave ANALYZE out; real times are for psql, where the statement may run", position: cursor.here)
  }

  /// Everything up to the first top-level `;`, which must be the last thing.
  func statementRange() throws(DesignError) -> Range<Int> {
    let start = cursor.here.lowerBound
    let length = cursor.lexer.bytes.count
    let rest = SQLScan(cursor.text(of: start..<length))
    if let second = rest.secondStatementOffset {
      throw DesignError(
        .secondStatement, "only one statement is explained at a time",
        hint: "explain what follows the \";\" by itself", position: start + second..<length)
    }
    let range = cursor.trimmed(start..<(rest.firstStatementEnd.map { start + $0 - 1 } ?? length))
    if range.isEmpty {
      throw DesignError(
        .syntax, "there is no statement to explain", hint: "write explain STATEMENT; or explain @1",
        position: start..<length)
    }
    if let open = cursor.lexer.open { throw TokenCursor.unterminated(open, in: cursor.lexer) }
    return range
  }

  func judge(_ range: Range<Int>) throws(DesignError) -> (kind: String?, error: DesignError?) {
    do throws(DesignError) {
      let text = cursor.text(of: range)
      let kind = try StatementParser.firstKind(of: text)
      if let kind, Self.plainKinds.contains(kind) { return (kind, nil) }
      let statements = try StatementParser.parse(text)
      guard let statement = statements.first, statements.count == 1 else {
        throw DesignError(.secondStatement, "only one statement is explained at a time", position: range)
      }
      try judge(statement)
      return (statement.kind, nil)
    } catch {
      guard error.code == .syntax else { throw error }
      var error = error
      error.position = error.position.map {
        $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound
      }
      try judgeFirstWord(unless: error)
      return (nil, error)
    }
  }

  private func judge(_ statement: ParsedStatement) throws(DesignError) {
    if statement.kind == "CopyStmt", statement.tree["query"] == nil { throw copyRefused() }
    if !Self.kinds.contains(statement.kind) { throw notExplained(cursor.word() ?? "this", at: cursor.here) }
  }

  private func judgeFirstWord(unless error: DesignError) throws(DesignError) {
    var cursor = cursor
    while cursor.accept(mark: "(") {}
    let place = cursor.here
    guard let word = cursor.word() else { throw error }
    if Self.firstWords.contains(word) { return }
    throw StatementKeyword.all.contains(word) ? notExplained(word, at: place) : error
  }

  private func notExplained(_ word: String, at place: Range<Int>) -> DesignError {
    DesignError(
      .refused, "\(word.uppercased()) has no plan", hint: "explain takes \(Self.takes)",
      position: place)
  }

  private func copyRefused() -> DesignError {
    DesignError(
      .refused, "COPY of a table has no plan: it reads or writes the whole of it",
      hint: "COPY (QUERY) TO … has the plan of its query", position: cursor.here)
  }

  private static let kinds: Set<String> = [
    "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CreateTableAsStmt",
    "DeclareCursorStmt", "CopyStmt", "RefreshMatViewStmt", "PrepareStmt", "ExecuteStmt", "FetchStmt",
  ]
  /// Those of which nothing else has to be known.
  private static let plainKinds: Set<String> = [
    "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt",
  ]
  private static let firstWords: Set<String> = [
    "select", "insert", "update", "delete", "merge", "values", "table", "with", "create", "declare", "copy",
    "refresh", "prepare", "execute", "fetch", "move",
  ]
}
