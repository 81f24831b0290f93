/// The parameters `$n` of a statement, and values in their places.
public struct StatementParameters: Equatable, Sendable {
  /// The numbers that stand in the statement, ascending and each once; empty when there are none.
  public let numbers: [Int]
  private let text: String

  /// Finds the parameters outside quotes and comments.
  public init(_ text: String) {
    self.text = text
    let lexer = SQLLexer(text)
    numbers = Set(lexer.tokens.compactMap { Self.number(of: $0, in: lexer) }).sorted()
  }

  private static func number(of token: SQLToken, in lexer: SQLLexer) -> Int? {
    token.kind == .parameter ? Int(lexer.text(of: token.range).dropFirst()) : nil
  }

  /// The statement with the first value in the place of `$1`, the second in that of `$2` and so on.
  ///
  /// A plain constant stands as it is, so that `interval $1` becomes `interval '1 day'`; everything else
  /// stands in parentheses.
  ///
  /// - Throws: `DesignError` with code `.parameter` when there are not as many values as the highest number.
  public func substituting(_ values: [String]) throws(DesignError) -> String {
    guard values.count == numbers.last ?? 0 else { throw wrongCount(values.count) }
    let lexer = SQLLexer(text)
    var result = ""
    var place = 0
    for token in lexer.tokens {
      guard let number = Self.number(of: token, in: lexer), number > 0 else { continue }
      result += lexer.text(of: place..<token.range.lowerBound)
      if let last = result.utf8.last, last.continuesWord { result += " " }
      result += Self.embedded(values[number - 1])
      place = token.range.upperBound
      if place < lexer.bytes.count, lexer.bytes[place].continuesWord { result += " " }
    }
    return result + lexer.text(of: place..<lexer.bytes.count)
  }

  private static func embedded(_ value: String) -> String {
    let lexer = SQLLexer(value)
    guard lexer.tokens.count == 1, let token = lexer.tokens.first else { return "(\(value))" }
    let isConstant = [.number, .string, .dollarString].contains(token.kind)
    let isWord = ["null", "true", "false"].contains(Identifier.folded(lexer.text(of: token.range)))
    return isConstant || isWord ? lexer.text(of: token.range) : "(\(value))"
  }

  private func wrongCount(_ count: Int) -> DesignError {
    let given = count == 1 ? "1 value is given" : "\(count) values are given"
    guard let highest = numbers.last else {
      return DesignError(
        .parameter, "\(given), but the statement has no parameters", hint: "leave \"with (…)\" out")
    }
    let names = numbers.map { "$\($0)" }.joined(separator: ", ")
    let form = (1...highest).map { "value of $\($0)" }.joined(separator: ", ")
    return DesignError(
      .parameter, "the statement has the parameter\(numbers.count == 1 ? "" : "s") \(names), but \(given)",
      hint: highest > 6 ? "give \(highest) values, in the order of the numbers" : "write with (\(form))")
  }
}

extension UInt8 {
  fileprivate var continuesWord: Bool {
    (0x61...0x7A).contains(self | 0x20) && self < 0x80 || (0x30...0x39).contains(self) || self == 0x5F
      || self == 0x24 || self >= 0x80
  }
}
