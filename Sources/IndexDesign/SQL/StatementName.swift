/// The name that ties FETCH to DECLARE and EXECUTE to PREPARE.
public enum StatementName: Hashable, Sendable {
  /// A cursor, folded.
  case cursor(String)
  /// A prepared statement, folded.
  case prepared(String)

  /// The name that a statement gives to a query: DECLARE and PREPARE.
  public static func given(by text: String) -> StatementName? {
    let lexer = SQLLexer(text)
    switch lexer.word(at: 0) {
    case "declare": return lexer.name(at: 1).map { .cursor($0) }
    case "prepare" where lexer.word(at: 1) != "transaction": return lexer.name(at: 1).map { .prepared($0) }
    default: return nil
    }
  }

  /// The name by which a statement runs a query that it does not hold: FETCH, MOVE, EXECUTE and CREATE TABLE … AS
  /// EXECUTE.
  public static func used(by text: String) -> StatementName? {
    let lexer = SQLLexer(text)
    switch lexer.word(at: 0) {
    case "fetch", "move":
      // The cursor is the last word, whatever direction and count stand in front of it.
      return lexer.name(at: lexer.tokens.lastIndex { lexer.text(of: $0.range) != ";" } ?? 0).map {
        .cursor($0)
      }
    case "execute": return lexer.name(at: 1).map { .prepared($0) }
    case "create":
      guard let index = lexer.tokens.indices.first(where: { lexer.word(at: $0) == "execute" }),
        lexer.word(at: index - 1) == "as"
      else { return nil }
      return lexer.name(at: index + 1).map { .prepared($0) }
    default: return nil
    }
  }
}
