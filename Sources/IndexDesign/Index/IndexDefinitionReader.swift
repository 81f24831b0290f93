/// The two grammars of an index definition, by recursive descent.
struct IndexDefinitionReader {
  private var cursor: TokenCursor
  private var parsed = ParsedIndexDefinition(
    definition: IndexDefinition(table: RelationName(name: ""), keys: []), tableRange: 0..<0, keys: [],
    includeRanges: [])
  private var seen: Set<String> = []

  init(_ text: String) { cursor = TokenCursor(text) }

  private static let shortHint = "write " + IndexDefinitionParser.shortFormSynopsis
  private static let statementHint =
    "write CREATE [UNIQUE] INDEX [NAME] ON TABLE [USING METHOD] (KEY, …) [INCLUDE (COLUMN, …)] "
    + "[WITH (NAME = VALUE)] [WHERE CONDITION]"

  // MARK: The short form

  mutating func shortForm() throws(DesignError) -> ParsedIndexDefinition {
    try table(hint: Self.shortHint)
    // CREATE INDEX has the access method in front of the keys.
    if cursor.word() == "using" {
      seen.insert("using")
      try accessMethod()
    }
    try keys(hint: Self.shortHint)
    while cursor.current != nil, !cursor.isMark(";") {
      try shortOption()
    }
    return parsed
  }

  private mutating func shortOption() throws(DesignError) {
    let word = cursor.word() ?? ""
    let place = cursor.here
    guard Self.optionWords.contains(word) else {
      throw cursor.unexpected(expecting: "an option of the index", hint: Self.shortHint)
    }
    guard seen.insert(word).inserted else {
      throw DesignError(.syntax, "\(word) is given twice", hint: "leave one of them out", position: place)
    }
    switch word {
    case "using": try accessMethod()
    case "include": try include()
    case "with": try storage()
    case "tablespace": try tablespace()
    case "nulls": try nullsDistinct()
    case "where": try predicate(endsAtOptions: true)
    case "unique":
      cursor.index += 1
      parsed.definition.isUnique = true
    default:
      cursor.index += 1
      try indexName(hint: "write as NAME")
    }
  }

  private static let optionWords: Set<String> = [
    "using", "include", "with", "tablespace", "nulls", "where", "unique", "as",
  ]

  // MARK: The statement

  mutating func createIndex() throws(DesignError) -> ParsedIndexDefinition {
    let hint = Self.statementHint
    guard cursor.accept(word: "create") else {
      throw cursor.unexpected(expecting: "CREATE INDEX", hint: hint)
    }
    parsed.definition.isUnique = cursor.accept(word: "unique")
    guard cursor.accept(word: "index") else { throw cursor.unexpected(expecting: "INDEX", hint: hint) }
    _ = cursor.accept(word: "concurrently")
    if cursor.accept(word: "if", "not", "exists") || cursor.word() != "on" { try indexName(hint: hint) }
    guard cursor.accept(word: "on") else { throw cursor.unexpected(expecting: "ON", hint: hint) }
    parsed.definition.onlyParent = cursor.accept(word: "only")
    try table(hint: hint)
    if !parsed.definition.onlyParent { _ = cursor.accept(mark: "*") }
    if cursor.word() == "using" { try accessMethod() }
    try keys(hint: hint)
    if cursor.word() == "include" { try include() }
    if cursor.word() == "nulls" { try nullsDistinct() }
    if cursor.word() == "with" { try storage() }
    if cursor.word() == "tablespace" { try tablespace() }
    if cursor.word() == "where" { try predicate(endsAtOptions: false) }
    guard cursor.current == nil || cursor.isMark(";") else { throw cursor.unexpected(hint: hint) }
    return parsed
  }

  // MARK: Parts

  private mutating func table(hint: String) throws(DesignError) {
    let start = cursor.here.lowerBound
    parsed.definition.table = try cursor.relationName(what: "a table", hint: hint)
    parsed.tableRange = start..<cursor.lastEnd
  }

  private mutating func keys(hint: String) throws(DesignError) {
    (parsed.definition.keys, parsed.keys) = try cursor.indexKeys(hint: hint)
  }

  private mutating func indexName(hint: String) throws(DesignError) {
    let start = cursor.here.lowerBound
    parsed.definition.name = try cursor.name(what: "an index name", hint: hint)
    parsed.nameRange = start..<cursor.lastEnd
    if cursor.isMark(".") {
      throw DesignError(
        .syntax, "an index name has no schema: the index goes where its table is",
        hint: "leave the schema out", position: start..<cursor.here.upperBound)
    }
    if let name = parsed.definition.name, Identifier.isTooLong(name) {
      throw DesignError(
        .syntax, "the index name is \(name.utf8.count) bytes long and a name has at most 63",
        hint: "shorten it: the server would cut it off", position: start..<cursor.lastEnd)
    }
  }

  private mutating func accessMethod() throws(DesignError) {
    cursor.index += 1
    let start = cursor.here.lowerBound
    parsed.definition.accessMethod = try cursor.name(
      what: "an access method", hint: "write using btree, hash, brin, gin, gist, spgist or bloom")
    parsed.accessMethodRange = start..<cursor.lastEnd
  }

  private mutating func include() throws(DesignError) {
    cursor.index += 1
    (parsed.definition.includedColumns, parsed.includeRanges) = try cursor.includedColumns()
  }

  private mutating func storage() throws(DesignError) {
    cursor.index += 1
    parsed.definition.storageParameters = try cursor.parameters(
      hint: "write with (fillfactor = 70), for example")
  }

  private mutating func tablespace() throws(DesignError) {
    cursor.index += 1
    let start = cursor.here.lowerBound
    parsed.definition.tablespace = try cursor.name(what: "a tablespace", hint: "write tablespace NAME")
    parsed.tablespaceRange = start..<cursor.lastEnd
  }

  private mutating func nullsDistinct() throws(DesignError) {
    cursor.index += 1
    let isNegated = cursor.accept(word: "not")
    guard cursor.accept(word: "distinct") else {
      throw cursor.unexpected(expecting: "[not] distinct", hint: "write nulls not distinct")
    }
    parsed.definition.nullsNotDistinct = isNegated
  }

  private mutating func predicate(endsAtOptions: Bool) throws(DesignError) {
    cursor.index += 1
    let start = cursor.here.lowerBound
    let first = cursor.index
    while cursor.current != nil, !cursor.isMark(";") {
      if cursor.isMark("(") {
        _ = try cursor.balanced()
      } else if cursor.isMark(")") {
        throw cursor.unexpected(hint: "this parenthesis was not opened")
      } else if endsAtOptions, cursor.index > first, startsOption {
        break
      } else {
        cursor.index += 1
      }
    }
    if let open = cursor.lexer.open { throw TokenCursor.unterminated(open, in: cursor.lexer) }
    guard cursor.index > first else {
      throw cursor.unexpected(expecting: "a condition", hint: "write where CONDITION")
    }
    parsed.definition.predicate = IndexExpression.cleaned(cursor.text(of: start..<cursor.lastEnd))
    parsed.predicateRange = start..<cursor.lastEnd
  }

  /// Whether a condition ends here. Words that may also stand in one count only with what follows them.
  private var startsOption: Bool {
    switch cursor.word() {
    case "as", "using", "where": true
    case "unique": cursor.word(1) != "keys"
    case "include", "with": cursor.isMark("(", 1)
    case "nulls": cursor.word(1) == "distinct" || (cursor.word(1) == "not" && cursor.word(2) == "distinct")
    case "tablespace": cursor.peek(1)?.kind == .word || cursor.peek(1)?.kind == .quotedIdentifier
    default: false
    }
  }
}
