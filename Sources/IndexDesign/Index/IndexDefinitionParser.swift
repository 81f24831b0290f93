/// Reads an index definition as people type it.
///
/// One reader by tokens serves the short form and the statement; the result is then shown to
/// libpg_query, so that errors inside expressions have PostgreSQL's own words.
public enum IndexDefinitionParser {
  /// The right form, for hints.
  public static let shortFormSynopsis =
    "TABLE(KEY [desc], …) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (NAME = VALUE)] "
    + "[unique] [as NAME]"

  /// Reads `TABLE(KEYS)` and then, in any order, `using`, `include`, `where`, `with`, `unique`,
  /// `nulls [not] distinct`, `tablespace` and `as`; a last `;` may be there.
  ///
  /// - Throws: `DesignError` with code `.syntax` or `.secondStatement` and the exact place.
  public static func parseShortForm(_ text: String) throws(DesignError) -> ParsedIndexDefinition {
    try refuseSecondStatement(in: text)
    var reader = IndexDefinitionReader(text)
    let parsed = try reader.shortForm()
    try IndexGrammarCheck.check(parsed)
    return parsed
  }

  /// Reads a whole `CREATE INDEX` statement; a last `;` may be there. `CONCURRENTLY` and
  /// `IF NOT EXISTS` are read over: how an index is built is decided when it is promoted.
  ///
  /// - Throws: `DesignError` with code `.syntax` or `.secondStatement` and the exact place.
  public static func parseCreateIndex(_ text: String) throws(DesignError) -> ParsedIndexDefinition {
    try refuseSecondStatement(in: text)
    var reader = IndexDefinitionReader(text)
    let parsed = try reader.createIndex()
    try IndexGrammarCheck.check(parsed)
    return parsed
  }

  private static func refuseSecondStatement(in text: String) throws(DesignError) {
    let scan = SQLScan(text)
    guard let second = scan.secondStatementOffset else { return }
    throw DesignError(
      .secondStatement, "only one index definition is taken at a time",
      hint: "leave out what follows the \";\"", position: second..<text.utf8.count)
  }
}
