/// What raw SQL may do behind a connection pooler, where the next transaction may run in another backend and this one
/// serves other people.
public enum PooledSQL {
  /// How far a statement sets something.
  public enum Scope: Equatable, Sendable {
    /// `SET LOCAL` and `SET TRANSACTION`: up to the end of the transaction.
    case transaction
    /// `SET`: for the session.
    case session
    /// `RESET`: takes back what was set for the session.
    case reset
  }

  /// The scope of a statement that begins with SET or RESET.
  public static func scope(of text: String) -> Scope {
    let lexer = SQLLexer(text)
    switch (lexer.word(at: 0), lexer.word(at: 1)) {
    case ("reset", _): return .reset
    case (_, "local"), (_, "transaction"): return .transaction
    default: return .session
    }
  }

  /// Why a statement that may be sent to a server may not be sent through a pooler; nil when it may.
  ///
  /// - Parameters:
  ///   - judgement: what `RawSQLRule` says of `text`.
  ///   - isInTransaction: whether a person has opened a transaction.
  public static func refusal(
    _ judgement: RawSQLJudgement, _ text: String, isInTransaction: Bool
  ) -> DesignError? {
    let lexer = SQLLexer(text)
    switch judgement {
    case .pass(.setting) where isInTransaction && scope(of: text) != .transaction:
      return DesignError(
        .refused, "a connection pooler is in between: what is set for the session would stay for others",
        hint: "use SET LOCAL in a transaction; outside of one hypo gives what was SET to each transaction",
        position: lexer.tokens.first?.range)
    case .pass(.reading):
      let typed = lexer.tokens.indices.map { lexer.name(at: $0) }
      // Names with escapes are known to the parser alone, and newer syntax to the lexer alone.
      let called = StatementParser.functions(in: text)?.map(\.name) ?? typed.compactMap(\.self)
      guard let name = called.first(where: { obstacle($0) != nil }), let (what, hint) = obstacle(name) else {
        return nil
      }
      return DesignError(
        .refused, "a connection pooler is in between: \(what) would stay for others", hint: hint,
        position: typed.firstIndex(of: name).map { lexer.tokens[$0].range })
    default: return nil
    }
  }

  private static func obstacle(_ name: String) -> (what: String, hint: String)? {
    if name == "set_config" {
      return ("what set_config sets", "use SET; hypo gives what was set to each transaction")
    }
    let locks = ["pg_advisory_lock", "pg_try_advisory_lock", "pg_advisory_unlock"]
    guard locks.contains(where: name.hasPrefix) else { return nil }
    return ("a lock of the session", "use pg_advisory_xact_lock between \"begin;\" and \"commit;\"")
  }
}
