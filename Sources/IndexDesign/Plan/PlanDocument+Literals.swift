extension PlanDocument {
  /// Members whose values are names and words of PostgreSQL; in all others an expression may stand.
  private static let names: Set<String> = [
    "Node Type", "Parent Relationship", "Relation Name", "Schema", "Alias", "Index Name", "CTE Name",
    "Function Name", "Table Function Name", "Tuplestore Name", "Custom Plan Provider", "Scan Direction",
    "Join Type", "Strategy", "Partial Mode", "Operation", "Command", "Subplan Name", "Query Identifier",
  ]

  /// Settings, too, have names that begin with a small letter, and values that are nobody's data.
  private static func isName(_ member: String) -> Bool {
    names.contains(member) || member.first?.isLowercase == true
  }

  /// The same document with `?` in the place of every number and string of its expressions; all else is byte
  /// by byte as the server sent it.
  ///
  /// What a condition is compared with may be a person's data, which nobody asked to be kept. For the same reason
  /// nothing is kept of a text from where it is no JSON.
  public func withoutLiterals() -> PlanDocument {
    var kept: [UInt8] = []
    kept.reserveCapacity(text.utf8.count)
    try? JSONReader.reading(text) { reader throws(JSONProblem) in try Self.keep(&reader, in: &kept) }
    return PlanDocument(text: String(decoding: kept, as: UTF8.self), designs: designs)
  }

  private static func keep(_ reader: inout JSONReader, in kept: inout [UInt8]) throws(JSONProblem) {
    var member = ""
    while true {
      let start = reader.at
      let token = try reader.next()
      switch token {
      case .name(let name): member = name.text(in: reader.bytes)
      case .string(let string) where !isName(member):
        if let hidden = hidden(string.text(in: reader.bytes)) {
          kept += reader.bytes[start..<string.range.lowerBound - 1]
          JSONWriter.append(hidden, to: &kept)
          continue
        }
      default: break
      }
      kept += reader.bytes[start..<reader.at]
      if token == .end { return }
    }
  }

  /// The expression without its literals; nil when it has none.
  private static func hidden(_ expression: String) -> String? {
    let lexer = SQLLexer(expression)
    return lexer.tokens.contains(where: \.isLiteral) ? lexer.textWithoutLiterals : nil
  }
}
