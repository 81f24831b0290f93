extension StatementParameters {
  /// A statement in which `interval $1` is `$1::interval`.
  ///
  /// pg_stat_statements puts `$1` in the place of the constant and leaves the type in front of it, which no server
  /// accepts. Other texts come back as they are.
  public static func castingTypedLiterals(in text: String) -> String {
    EditedText(text).editing(typedLiteralEdits(SQLLexer(text))).text
  }

  /// What makes a cast of every type in front of a parameter; what follows, as in `interval $1 day`, is a part of
  /// the type in both forms.
  static func typedLiteralEdits(_ lexer: SQLLexer) -> [EditedText.Edit] {
    lexer.tokens.indices.flatMap { index -> [EditedText.Edit] in
      guard lexer.tokens[index].kind == .parameter,
        let type = LiteralTypeReader(lexer: lexer).type(before: index)
      else { return [] }
      let parameter = lexer.tokens[index].range
      return [
        .init(range: type.start..<parameter.lowerBound, replacement: ""),
        .init(range: parameter.upperBound..<parameter.upperBound, replacement: "::\(type.name)"),
      ]
    }
  }
}

extension StatementParameters {
  /// The statement for any values: a form that a server can prepare, as far as the text alone tells.
  ///
  /// - Parameter types: the types of `$1` … as declared in PREPARE; empty for none.
  func prepared(types: [String]) -> (text: EditedText, assumptions: [ParameterAssumption]) {
    let lexer = SQLLexer(numbered.text)
    let lists = SquashedList.expansions(in: lexer, highest: numbers.last ?? 0)
    let fields = DateTimeField.edits(in: lexer)
    var declared: [EditedText.Edit] = []
    for (number, type) in types.enumerated() where type.lowercased() != "unknown" {
      guard
        let first = lexer.tokens.first(where: {
          $0.kind == .parameter && lexer.text(of: $0.range) == "$\(number + 1)"
        })
      else { continue }
      declared.append(.init(range: first.range.upperBound..<first.range.upperBound, replacement: "::\(type)"))
    }
    let lengths = lists.lists.map {
      ParameterAssumption.listLength(number: $0.number, count: SquashedList.plannedLength)
    }
    return (
      numbered.editing(lists.edits + fields.edits + Self.typedLiteralEdits(lexer) + declared),
      (fields.assumptions + lengths).sorted { $0.number < $1.number }
    )
  }
}

/// Reads the name of a type that ends in front of a constant, backwards.
///
/// Source: PostgreSQL's grammar, `AexprConst`.
struct LiteralTypeReader {
  let lexer: SQLLexer

  func type(before index: Int) -> (start: Int, name: String)? {
    guard index > 0, let first = firstToken(upTo: index - 1) else { return nil }
    let range = lexer.tokens[first].range.lowerBound..<lexer.tokens[index - 1].range.upperBound
    let name = lexer.text(of: range)
    // As the types of constants these two have no length, and as those of casts the length 1.
    let unlimited = ["bit": "\"bit\"", "char": "bpchar", "character": "bpchar"]
    return (range.lowerBound, unlimited[name.lowercased()] ?? name)
  }

  private func firstToken(upTo last: Int) -> Int? {
    switch lexer.word(at: last) {
    case "zone": return zoned(last)
    case "precision": return lexer.word(at: last - 1) == "double" ? last - 1 : nil
    case "varying":
      return ["bit", "character", "char"].contains(lexer.word(at: last - 1) ?? "") ? last - 1 : nil
    default: break
    }
    guard let name = name(upTo: lexer.isMark(")", at: last) ? behindArguments(last) : last) else {
      return nil
    }
    return name
  }

  /// `timestamp(3) with time zone`, and not `at time zone`.
  private func zoned(_ last: Int) -> Int? {
    guard lexer.word(at: last - 1) == "time", ["with", "without"].contains(lexer.word(at: last - 2) ?? "")
    else { return nil }
    let end = lexer.isMark(")", at: last - 3) ? behindArguments(last - 3) : last - 3
    return ["timestamp", "time"].contains(lexer.word(at: end) ?? "") ? end : nil
  }

  /// The token in front of `(3, 2)`; -1 when these are no lengths.
  private func behindArguments(_ last: Int) -> Int {
    var index = last - 1
    while index > 0, lexer.tokens[index].kind == .number || lexer.isMark(",", at: index) { index -= 1 }
    return lexer.isMark("(", at: index) && index < last - 1 ? index - 1 : -1
  }

  private func name(upTo last: Int) -> Int? {
    guard last >= 0, lexer.tokens.indices.contains(last) else { return nil }
    switch lexer.tokens[last].kind {
    case .quotedIdentifier: break
    case .word: if !mayBeType(lexer.word(at: last) ?? "", isQualified: isQualified(last)) { return nil }
    default: return nil
    }
    return isQualified(last) ? last - 2 : last
  }

  private func isQualified(_ index: Int) -> Bool {
    index > 1 && lexer.isMark(".", at: index - 1)
      && [.word, .quotedIdentifier].contains(lexer.tokens[index - 2].kind)
  }

  private func mayBeType(_ word: String, isQualified: Bool) -> Bool {
    if isQualified { return true }
    if Identifier.reservedWords.contains(word) || Identifier.functionOrTypeWords.contains(word)
      || Self.inFrontOfExpressions.contains(word)
    {
      return false
    }
    return !Identifier.columnNameWords.contains(word) || Self.builtIn.contains(word)
  }

  /// Keywords of the grammar that are types.
  private static let builtIn: Set<String> = [
    "bigint", "bit", "boolean", "char", "character", "dec", "decimal", "float", "int", "integer", "interval",
    "json", "nchar", "numeric", "real", "smallint", "time", "timestamp", "varchar",
  ]

  /// Keywords that are not reserved and stand in front of an expression.
  private static let inFrontOfExpressions: Set<String> = [
    "absolute", "at", "backward", "by", "call", "content", "document", "escape", "execute", "first",
    "forward",
    "groups", "key", "last", "next", "of", "passing", "path", "prior", "range", "relative", "rows", "set",
    "similar",
    "value", "zone",
  ]
}
