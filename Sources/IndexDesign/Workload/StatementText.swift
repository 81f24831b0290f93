/// Texts of pg_stat_statements as they may be shown and kept.
public enum StatementText {
  /// COPY without the file or program behind its query, which may hold a password; every other text as it is.
  public static func withoutCopyTarget(_ text: String) -> String {
    let lexer = SQLLexer(text)
    guard lexer.word(at: 0) == "copy", lexer.isMark("(", at: 1) else { return text }
    var (depth, edits) = (0, [EditedText.Edit]())
    for index in lexer.tokens.indices.dropFirst() {
      if lexer.isMark("(", at: index) { depth += 1 }
      if lexer.isMark(")", at: index) { depth -= 1 }
      if depth == 0, [.string, .dollarString].contains(lexer.tokens[index].kind) {
        edits.append(.init(range: lexer.tokens[index].range, replacement: "'…'"))
      }
    }
    return edits.isEmpty ? text : EditedText(text).editing(edits).text
  }

  /// The text without constants.
  ///
  /// Up to PostgreSQL 15 the server leaves those of utility statements, such as CREATE TABLE AS, where they are.
  public static func withoutConstants(_ text: String) -> String {
    let words: Set<String> = ["declare", "copy", "create", "prepare", "refresh"]
    guard words.contains(SQLLexer(text).word(at: 0) ?? "") else { return text }
    return NormalisedStatement(text).text
  }
}
