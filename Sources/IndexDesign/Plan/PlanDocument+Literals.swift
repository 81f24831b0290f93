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
  /// What a condition is compared with may be a person's data, which nobody asked to be kept.
  public func withoutLiterals() -> PlanDocument {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    bytes.reserveCapacity(source.count)
    var member = ""
    var at = 0
    while at < source.count {
      guard source[at] == UInt8(ascii: "\"") else {
        bytes.append(source[at])
        at += 1
        continue
      }
      let start = at
      at += 1
      while at < source.count, source[at] != UInt8(ascii: "\"") {
        at += source[at] == UInt8(ascii: "\\") ? 2 : 1
      }
      at = min(at + 1, source.count)
      let string = source[start..<at]
      if source[at...].first(where: { $0 > 0x20 }) == UInt8(ascii: ":") {
        member = Self.decoded(string)
        bytes += string
      } else {
        bytes += Self.isName(member) ? Array(string) : Self.hidden(string)
      }
    }
    return PlanDocument(text: String(decoding: bytes, as: UTF8.self), designs: designs)
  }

  private static func decoded(_ string: ArraySlice<UInt8>) -> String {
    (try? JSONValue(parsing: String(decoding: string, as: UTF8.self)))?.string ?? ""
  }

  private static func hidden(_ string: ArraySlice<UInt8>) -> [UInt8] {
    let expression = decoded(string)
    let lexer = SQLLexer(expression)
    guard lexer.tokens.contains(where: \.isLiteral) else { return Array(string) }
    return JSONText.quoted(lexer.textWithoutLiterals)
  }
}
