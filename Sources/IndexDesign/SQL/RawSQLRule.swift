/// A word that begins, ends or marks a transaction.
public enum TransactionWord: Equatable, Sendable {
  /// `BEGIN` or `START TRANSACTION`; the session begins a read-only one.
  case begin
  /// The same with an isolation level, such as `repeatable read`.
  case beginIsolated(String)
  /// `COMMIT` or `END`.
  case commit
  /// `ROLLBACK` or `ABORT`.
  case rollback
  /// `SAVEPOINT` with its name.
  case savepoint(String)
  /// `ROLLBACK TO` with its name.
  case rollbackTo(String)
  /// `RELEASE` with its name.
  case release(String)
}

/// Whether a text may be sent from the analysis session as it is.
public enum RawSQLJudgement: Equatable, Sendable {
  /// What a passing text does.
  public enum Passage: Equatable, Sendable {
    /// SELECT, WITH, VALUES or TABLE that only reads.
    case reading
    /// A transaction word, which the session acts on itself.
    case transaction(TransactionWord)
    /// SET or RESET of the setting with this name.
    case setting(String)
    /// SHOW.
    case show
  }

  /// It may be sent.
  case pass(Passage)
  /// It may not, and why.
  case refuse(DesignError)
}

/// Decides what raw SQL may leave the analysis session: looking, planner and display settings, and
/// transaction words.
///
/// A read-only transaction alone does not stop `REINDEX`, `VACUUM FULL`, `CLUSTER` or `COPY … TO PROGRAM`,
/// nor `set_config` from switching it off. Functions that are known to
/// act outside of transactions are refused by their names (`OutsideEffect`); what others do is not seen here.
public enum RawSQLRule {
  /// Judges one statement with or without its `;`.
  public static func judge(_ text: String) -> RawSQLJudgement {
    let lexer = SQLLexer(text)
    if let zero = lexer.bytes.firstIndex(of: 0) {
      return .refuse(DesignError(.syntax, "the text holds a zero byte", position: zero..<zero + 1))
    }
    if let open = lexer.open { return .refuse(TokenCursor.unterminated(open, in: lexer)) }
    guard lexer.tokens.contains(where: { lexer.text(of: $0.range) != ";" }) else {
      return .refuse(DesignError(.syntax, "there is no statement", hint: "type one before the \";\""))
    }
    if let second = secondStatement(in: lexer) { return .refuse(second) }
    do {
      let statements = try StatementParser.parse(text)
      guard statements.count == 1 else { return .refuse(moreThanOne(at: 0..<text.utf8.count)) }
      return judge(statements[0], in: TokenCursor(text))
    } catch {
      return UnreadRawSQL.judge(TokenCursor(text), because: error)
    }
  }

  /// Wherever it stands, a `;` with a token before and another behind it parts two statements.
  private static func secondStatement(in lexer: SQLLexer) -> DesignError? {
    let isEnd = lexer.tokens.map { $0.kind == .punctuation && lexer.text(of: $0.range) == ";" }
    guard let first = isEnd.firstIndex(of: false), let end = isEnd[first...].firstIndex(of: true),
      let next = isEnd[end...].firstIndex(of: false)
    else { return nil }
    return moreThanOne(at: lexer.tokens[next].range.lowerBound..<lexer.bytes.count)
  }

  private static func moreThanOne(at range: Range<Int>) -> DesignError {
    DesignError(
      .secondStatement, "only one statement is sent at a time", hint: "send what follows the \";\" by itself",
      position: range)
  }

  private static func judge(_ statement: ParsedStatement, in cursor: TokenCursor) -> RawSQLJudgement {
    switch statement.kind {
    case "SelectStmt":
      if let error = ReadingCheck.obstacle(in: statement.tree, of: cursor) { return .refuse(error) }
      return .pass(.reading)
    case "VariableShowStmt": return .pass(.show)
    case "VariableSetStmt": return setting(statement.tree, in: cursor)
    case "TransactionStmt": return transaction(statement.tree, in: cursor)
    default: return .refuse(notForLooking(cursor))
    }
  }

  private static func setting(_ tree: JSONValue, in cursor: TokenCursor) -> RawSQLJudgement {
    let kind = tree["kind"]?.string ?? ""
    guard let name = tree["name"]?.string, kind != "VAR_SET_MULTI", kind != "VAR_RESET_ALL" else {
      return .refuse(
        kind == "VAR_RESET_ALL" ? resetAll(cursor) : settingRefused("these characteristics", cursor))
    }
    guard AnalysisSetting.isAllowed(name) else { return .refuse(settingRefused("\"\(name)\"", cursor)) }
    return .pass(.setting(Identifier.folded(name)))
  }

  private static func resetAll(_ cursor: TokenCursor) -> DesignError {
    DesignError(
      .refused, "RESET ALL would also reset what keeps this session safe",
      hint: "reset one setting by its name", position: cursor.here)
  }

  static func settingRefused(_ what: String, _ cursor: TokenCursor) -> DesignError {
    DesignError(
      .refused, "\(what) cannot be set in the analysis session",
      detail: "Only planner and display settings can.", hint: "use psql for other settings",
      position: cursor.here)
  }

  private static func transaction(_ tree: JSONValue, in cursor: TokenCursor) -> RawSQLJudgement {
    let savepoint = tree["savepoint_name"]?.string ?? ""
    guard tree["chain"]?.bool != true else {
      return .refuse(transactionRefused("AND CHAIN is not taken", cursor))
    }
    switch tree["kind"]?.string {
    case "TRANS_STMT_BEGIN", "TRANS_STMT_START": return begin(tree["options"]?.array ?? [], in: cursor)
    case "TRANS_STMT_COMMIT": return .pass(.transaction(.commit))
    case "TRANS_STMT_ROLLBACK": return .pass(.transaction(.rollback))
    case "TRANS_STMT_SAVEPOINT": return .pass(.transaction(.savepoint(savepoint)))
    case "TRANS_STMT_ROLLBACK_TO": return .pass(.transaction(.rollbackTo(savepoint)))
    case "TRANS_STMT_RELEASE": return .pass(.transaction(.release(savepoint)))
    default: return .refuse(transactionRefused("two-phase transactions are not taken", cursor))
    }
  }

  private static func begin(_ options: [JSONValue], in cursor: TokenCursor) -> RawSQLJudgement {
    var word = TransactionWord.begin
    for option in options.compactMap({ $0["DefElem"] }) {
      switch option["defname"]?.string {
      case "transaction_read_only":
        if option["arg"]?["A_Const"]?["ival"]?["ival"]?.integer != 1 {
          return .refuse(transactionRefused("READ WRITE is not taken", cursor))
        }
      case "transaction_isolation":
        if let level = option["arg"]?.constantString { word = .beginIsolated(Identifier.folded(level)) }
      default: break
      }
    }
    return .pass(.transaction(word))
  }

  private static func transactionRefused(_ message: String, _ cursor: TokenCursor) -> DesignError {
    DesignError(
      .refused, message + ": every transaction of the analysis session is read only",
      hint: "use \"begin;\" here, and psql to write", position: cursor.here)
  }

  /// The refusal of a statement by its first word.
  static func notForLooking(_ cursor: TokenCursor) -> DesignError {
    let word = (cursor.word() ?? "").uppercased()
    let object = cursor.word(1)
    let hint =
      switch (word, object) {
      case ("CREATE", "index"), ("CREATE", "unique"):
        "try the index with \"hypo add\" before the statement, then make it with \"promote\""
      case ("DROP", "index"): "use psql; \"rollback\" drops what \"promote\" built"
      case ("EXPLAIN", _): "use hypo's own \"explain\""
      default: "use \"promote\" to make an index, and psql for everything else"
      }
    return DesignError(
      .refused, "\(word) is not sent from the analysis session",
      detail: "Raw SQL is for looking: SELECT, WITH, VALUES, TABLE, SHOW, SET and RESET of planner and "
        + "display settings, and transaction words.",
      hint: hint, position: cursor.here)
  }
}
