/// The parameters of a statement, and values in their places.
///
/// They are `$n`; in a text that is no SQL otherwise they are the placeholders of drivers, in their order. A list
/// that PostgreSQL 18 wrote as `$1 /*, ... */` is one parameter with any number of values.
public struct StatementParameters: Equatable, Sendable {
  /// The numbers that stand in the statement, ascending and each once; empty when there are none.
  public let numbers: [Int]
  /// The statement with `$n` for every parameter.
  let numbered: EditedText

  /// Finds the parameters outside quotes and comments.
  public init(_ text: String) { self.init(EditedText(text)) }

  init(_ source: EditedText) {
    numbered = source.editing(DriverPlaceholders(in: source.text).edits)
    let lexer = SQLLexer(numbered.text)
    numbers = Set(lexer.tokens.compactMap { Self.number(of: $0, in: lexer) }).sorted()
  }

  private static func number(of token: SQLToken, in lexer: SQLLexer) -> Int? {
    token.kind == .parameter ? Int(lexer.text(of: token.range).dropFirst()) : nil
  }

  /// The statement with the first value in the place of `$1`, the second in that of `$2` and so on.
  ///
  /// A plain constant stands as it is, so that `interval $1` becomes `interval '1 day'`; everything else stands in
  /// parentheses. Surplus values belong to the only list, if there is one; else a list takes `(1, 2, 3)`.
  ///
  /// - Throws: `DesignError` with code `.parameter` when there are not as many values as the highest number.
  public func substituting(_ values: [String]) throws(DesignError) -> String { try filled(with: values).text }

  func filled(with values: [String]) throws(DesignError) -> EditedText {
    let lexer = SQLLexer(numbered.text)
    let lists = SquashedList.all(in: lexer)
    let surplus = values.count - (numbers.last ?? 0)
    guard surplus == 0 || surplus > 0 && lists.count == 1 else { throw wrongCount(values.count, lists) }
    let filling = Filling(values: values, surplus: surplus, lists: lists, lexer: lexer)
    return numbered.editing(lexer.tokens.indices.flatMap { filling.edits(at: $0) })
  }

  private func wrongCount(_ count: Int, _ lists: [SquashedList]) -> DesignError {
    let given = count == 1 ? "1 value is given" : "\(count) values are given"
    guard let highest = numbers.last else {
      return DesignError(
        .parameter, "\(given), but the statement has no parameters", hint: "leave \"with (…)\" out")
    }
    let names = numbers.map { "$\($0)" }.joined(separator: ", ")
    let form = (1...highest).map { number in
      lists.contains { $0.number == number } ? "(values of $\(number), …)" : "value of $\(number)"
    }.joined(separator: ", ")
    return DesignError(
      .parameter, "the statement has the parameter\(numbers.count == 1 ? "" : "s") \(names), but \(given)",
      hint: highest > 6 ? "give \(highest) values, in the order of the numbers" : "write with (\(form))")
  }
}

/// Values on their way into a statement.
private struct Filling {
  let values: [String]
  let surplus: Int
  let lists: [SquashedList]
  let lexer: SQLLexer

  func edits(at index: Int) -> [EditedText.Edit] {
    let token = lexer.tokens[index]
    guard token.kind == .parameter, let number = Int(lexer.text(of: token.range).dropFirst()), number > 0
    else { return [] }
    if let list = lists.first(where: { $0.range.lowerBound == token.range.lowerBound }) {
      return [.init(range: list.range, replacement: elements(of: number))]
    }
    let value = values[place(of: number)]
    if DateTimeField.isName(value) {
      let isField = DateTimeField.isPlace(index, in: lexer)
      return [edit(token.range, isField ? value : Literal.quoted(value))]
    }
    let text = Self.embedded(value)
    if text.hasPrefix("("), let type = LiteralTypeReader(lexer: lexer).type(before: index) {
      return [
        .init(range: type.start..<token.range.lowerBound, replacement: ""),
        edit(token.range, "\(text)::\(type.name)"),
      ]
    }
    return [edit(token.range, text)]
  }

  /// The surplus stands for the list, so what follows is that much behind.
  private func place(of number: Int) -> Int {
    number - 1 + (lists.first.map { number > $0.number } == true ? surplus : 0)
  }

  private func elements(of number: Int) -> String {
    if surplus > 0 { return values[number - 1...number - 1 + surplus].joined(separator: ", ") }
    let value = values[number - 1]
    var cursor = TokenCursor(value)
    guard cursor.isMark("("), let inside = try? cursor.balanced(), cursor.current == nil else { return value }
    return cursor.text(of: inside)
  }

  /// A value keeps its distance from words.
  private func edit(_ range: Range<Int>, _ value: String) -> EditedText.Edit {
    let bytes = lexer.bytes
    let before = range.lowerBound > 0 && bytes[range.lowerBound - 1].continuesWord
    let behind = range.upperBound < bytes.count && bytes[range.upperBound].continuesWord
    return .init(range: range, replacement: (before ? " " : "") + value + (behind ? " " : ""))
  }

  private static func embedded(_ value: String) -> String {
    let lexer = SQLLexer(value)
    guard lexer.tokens.count == 1, let token = lexer.tokens.first else { return "(\(value))" }
    let isConstant = [.number, .string, .dollarString].contains(token.kind)
    let isWord = ["null", "true", "false"].contains(Identifier.folded(lexer.text(of: token.range)))
    return isConstant || isWord ? lexer.text(of: token.range) : "(\(value))"
  }
}

extension UInt8 {
  fileprivate var continuesWord: Bool {
    (0x61...0x7A).contains(self | 0x20) && self < 0x80 || (0x30...0x39).contains(self) || self == 0x5F
      || self == 0x24 || self >= 0x80
  }
}
