/// Signs of syntax that came after the grammar of libpg_query 15.
///
/// Where one is seen, a failure to read says nothing and the server judges.
/// Source: release notes of PostgreSQL 16, 17 and 18.
enum NewerSyntax {
  static func mayBe(in text: String) -> Bool {
    let lexer = SQLLexer(text)
    return lexer.tokens.contains { token in
      let raw = Identifier.folded(lexer.text(of: token.range))
      switch token.kind {
      case .word: return words.contains(raw)
      case .number: return raw.contains("_") || raw.contains("x") || raw.contains("o") || raw.contains("b")
      default: return false
      }
    }
  }

  private static let words: Set<String> = [
    "json", "json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query",
    "json_scalar", "json_serialize", "json_table", "json_value", "merge_action", "system_user",
  ]
}
