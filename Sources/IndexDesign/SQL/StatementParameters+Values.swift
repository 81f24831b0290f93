extension StatementParameters {
  /// Reads a list of values such as `(42, 'a, b', null, '2024-01-01'::date, array[1, 2])`.
  ///
  /// Each value is a constant or made of constants: it reads no table, and calls no function but a few of
  /// dates and times. A field of these, such as `month`, needs no quotes.
  ///
  /// - Returns: the values as typed, and where the text goes on behind the `)`.
  /// - Throws: `DesignError` with code `.syntax` or `.parameter` and the exact place.
  public static func parseValues(_ text: String) throws(DesignError) -> (values: [String], end: Int) {
    var cursor = TokenCursor(text)
    let hint = "write (VALUE, …), with strings in single quotes"
    var ahead = cursor
    _ = try ahead.balanced(hint: hint)
    cursor.index += 1
    var values: [String] = []
    if cursor.accept(mark: ")") { return ([], cursor.lastEnd) }
    repeat {
      let range = try valueRange(&cursor, hint: hint)
      try ConstantCheck.check(range, in: cursor)
      values.append(IndexExpression.cleaned(cursor.text(of: range)))
    } while cursor.accept(mark: ",")
    guard cursor.accept(mark: ")") else { throw cursor.unexpected(expecting: "\",\" or \")\"", hint: hint) }
    return (values, cursor.lastEnd)
  }

  private static func valueRange(
    _ cursor: inout TokenCursor, hint: String
  ) throws(DesignError) -> Range<Int> {
    let start = cursor.here.lowerBound
    let first = cursor.index
    var brackets = 0
    while cursor.current != nil, !cursor.isMark(")"), brackets > 0 || !cursor.isMark(",") {
      if cursor.isMark("(") {
        _ = try cursor.balanced(hint: hint)
        continue
      }
      if cursor.isMark("[") { brackets += 1 }
      if cursor.isMark("]") { brackets -= 1 }
      cursor.index += 1
    }
    guard cursor.index > first else { throw cursor.unexpected(expecting: "a value", hint: hint) }
    return start..<cursor.lastEnd
  }
}

/// Whether a value reads nothing but itself.
private enum ConstantCheck {
  static func check(_ range: Range<Int>, in cursor: TokenCursor) throws(DesignError) {
    let text = cursor.text(of: range)
    let tokens = SQLLexer(text).tokens
    if tokens.count == 1, [.number, .string, .dollarString].contains(tokens[0].kind) { return }
    if DateTimeField.isName(text) { return }
    let prefix = "SELECT "
    let statements: [ParsedStatement]
    do {
      statements = try StatementParser.parse(prefix + text)
    } catch {
      var error = error
      let shift = range.lowerBound - prefix.utf8.count
      error.position =
        error.position.map { place in
          let lower = min(max(place.lowerBound + shift, range.lowerBound), range.upperBound - 1)
          return lower..<max(lower + 1, min(place.upperBound + shift, range.upperBound))
        } ?? range
      error.hint = "strings need single quotes"
      throw error
    }
    guard statements.count == 1, let target = onlyTarget(of: statements[0].tree) else {
      throw DesignError(
        .parameter, "this is not one value", hint: "strings need single quotes", position: range)
    }
    if let found = target.firstMember(where: isForbidden) {
      throw refusal(of: found, shift: range.lowerBound - prefix.utf8.count, range: range, cursor: cursor)
    }
  }

  /// The one value of `SELECT value` with nothing else in it.
  private static func onlyTarget(of select: JSONValue) -> JSONValue? {
    guard case .object(let members) = select,
      members.allSatisfy({ ["targetList", "limitOption", "op"].contains($0.name) }),
      let targets = select["targetList"]?.array, targets.count == 1,
      let target = targets[0]["ResTarget"], target["name"] == nil
    else { return nil }
    return target["val"]
  }

  private static let timeFunctions: Set<String> = [
    "now", "date_trunc", "make_date", "make_interval", "make_time", "make_timestamp", "make_timestamptz",
    "to_date", "to_timestamp", "timezone",
  ]

  private static func isForbidden(_ name: String, _ value: JSONValue) -> Bool {
    switch name {
    case "ColumnRef", "SubLink", "ParamRef", "SelectStmt": true
    case "FuncCall": !timeFunctions.contains(value["funcname"]?.nodeStrings.last ?? "")
    default: false
    }
  }

  private static func refusal(
    of found: (name: String, value: JSONValue), shift: Int, range: Range<Int>, cursor: TokenCursor
  ) -> DesignError {
    let offset = found.value["location"]?.integer.map { $0 + shift } ?? range.lowerBound
    let place = cursor.lexer.tokens.first { $0.range.lowerBound >= offset }?.range ?? range
    let (what, hint): (String, String) =
      switch found.name {
      case "ColumnRef":
        ("a column", "a string needs single quotes: \(Literal.quoted(cursor.text(of: place)))")
      case "ParamRef": ("a parameter", "write the value itself")
      case "FuncCall": ("a function call", "write its result, as a constant")
      default: ("a query", "write its result, as a constant")
      }
    return DesignError(
      .parameter, "a value must be a constant, and this is \(what)", hint: hint, position: place)
  }
}
