/// The name that ties FETCH to DECLARE and EXECUTE to PREPARE.
public enum StatementName: Hashable, Sendable {
  /// A cursor, folded.
  case cursor(String)
  /// A prepared statement, folded.
  case prepared(String)

  /// What has the name, as the subject of a sentence.
  public var words: String {
    switch self {
    case .cursor(let name): "what the cursor \"\(name)\" was declared for"
    case .prepared(let name): "what was prepared as \"\(name)\""
    }
  }

  /// The statement that gives such a name.
  public var verb: String {
    switch self {
    case .cursor: "DECLARE"
    case .prepared: "PREPARE"
    }
  }

  /// The values behind the name in `EXECUTE name(VALUE, …)`; nil when there are none, or a parameter is among them.
  public func values(in text: String) -> [String]? {
    guard case .prepared = self, Self.used(by: text) == self, StatementParameters(text).numbers.isEmpty else {
      return nil
    }
    let lexer = SQLLexer(text)
    guard let index = lexer.tokens.indices.first(where: { lexer.word(at: $0) == "execute" }),
      lexer.isMark("(", at: index + 2)
    else { return nil }
    let start = lexer.tokens[index + 2].range.lowerBound
    return try? StatementParameters.parseValues(lexer.text(of: start..<lexer.bytes.count)).values
  }

  /// How many values EXECUTE must give to what a PREPARE has prepared, and whether that is by the types that it names;
  /// nil for another statement.
  public static func parameterCount(ofPrepared text: String) -> (count: Int, isDeclared: Bool)? {
    guard let inner = InnerStatement(in: text), inner.wrapper == .prepare else { return nil }
    if !inner.parameterTypes.isEmpty { return (inner.parameterTypes.count, true) }
    return (StatementParameters(text).numbers.last ?? 0, false)
  }

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
