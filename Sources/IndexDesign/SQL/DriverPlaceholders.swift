/// The placeholders `?`, `%s` and `%(name)s` of drivers, in a text that is no SQL with them.
///
/// `?` is also an operator of jsonb: it is a placeholder only where a value is expected, and only when the grammar
/// cannot read the text as it is.
struct DriverPlaceholders {
  /// What puts parameters in their places.
  private(set) var edits: [EditedText.Edit] = []
  private var names: [String] = []
  private var count = 0
  private let lexer: SQLLexer

  /// Looks for them in one statement.
  init(in text: String) {
    lexer = SQLLexer(text)
    let mayHold = lexer.tokens.contains { $0.kind == .operator && hasSign($0) }
    guard mayHold, !lexer.tokens.contains(where: { $0.kind == .parameter }),
      (try? StatementParser.parse(text)) == nil
    else { return }
    for index in lexer.tokens.indices where lexer.tokens[index].kind == .operator { read(index) }
  }

  private func hasSign(_ token: SQLToken) -> Bool {
    lexer.bytes[token.range].last == UInt8(ascii: "?") || lexer.bytes[token.range].last == UInt8(ascii: "%")
  }

  private mutating func read(_ index: Int) {
    let token = lexer.tokens[index]
    let sign = token.range.upperBound - 1
    guard hasSign(token), token.range.count > 1 || isValueExpected(at: index) else { return }
    if lexer.bytes[sign] == UInt8(ascii: "?") {
      count += 1
      edits.append(.init(range: sign..<sign + 1, replacement: parameter(count)))
    } else if isAdjacent(index + 1), lexer.word(at: index + 1) == "s" {
      count += 1
      edits.append(
        .init(range: sign..<lexer.tokens[index + 1].range.upperBound, replacement: parameter(count)))
    } else if lexer.isMark("(", at: index + 1), let name = lexer.name(at: index + 2),
      lexer.isMark(")", at: index + 3),
      isAdjacent(index + 4), lexer.word(at: index + 4) == "s"
    {
      if !names.contains(name) { names.append(name) }
      let number = (names.firstIndex(of: name) ?? 0) + 1
      edits.append(
        .init(range: sign..<lexer.tokens[index + 4].range.upperBound, replacement: parameter(number)))
    }
  }

  /// With a blank in front, which an operator before it may lack.
  private func parameter(_ number: Int) -> String { " $\(number)" }

  private func isAdjacent(_ index: Int) -> Bool {
    lexer.tokens.indices.contains(index)
      && lexer.tokens[index].range.lowerBound == lexer.tokens[index - 1].range.upperBound
  }

  /// Whether no value stands in front, to which an operator could belong.
  private func isValueExpected(at index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = lexer.tokens[index - 1]
    switch before.kind {
    case .operator: return true
    case .punctuation: return !lexer.isMark(")", at: index - 1) && !lexer.isMark("]", at: index - 1)
    case .word: return isInFrontOfValue(lexer.word(at: index - 1) ?? "")
    default: return false
    }
  }

  private func isInFrontOfValue(_ word: String) -> Bool {
    let values: Set<String> = [
      "null", "true", "false", "end", "current_date", "current_timestamp", "current_user",
    ]
    return Identifier.reservedWords.contains(word) && !values.contains(word)
      || ["between", "by", "escape", "ilike", "interval", "like", "similar", "values", "zone"].contains(word)
  }
}
