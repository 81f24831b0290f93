extension SQLLexer {
  /// The text with `?` in the place of every number and string, also of one that was cut off, and without comments.
  ///
  /// What a statement is run with may be a person's data, and so may what a program writes into its comments.
  public var textWithoutLiterals: String {
    let hidden =
      tokens.filter(\.isLiteral).map { (range: $0.range, text: "?") }
      + comments.map { (range: $0, text: "") }
    var result = ""
    var place = 0
    for (range, replacement) in hidden.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      result += text(of: place..<range.lowerBound) + replacement
      place = range.upperBound
    }
    return result + text(of: place..<bytes.count)
  }
}
