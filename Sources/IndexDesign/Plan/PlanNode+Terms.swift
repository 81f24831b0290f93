extension PlanNode {
  /// What a scan is asked for: the parts of its conditions that AND holds together, in alphabetical order.
  ///
  /// The same for a Filter, an Index Cond and a Recheck Cond, so that a scan is known again when an index
  /// takes over part of its filter.
  var terms: [String] {
    conditions.filter { $0.label != "Order By" }.flatMap { Self.terms(of: $0.text) }.sorted()
  }

  private static func terms(of condition: String) -> [String] {
    var terms: [[UInt8]] = [[]]
    var depth = 0
    var isQuoted = false
    for byte in condition.utf8 {
      switch byte {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case UInt8(ascii: "(") where !isQuoted: depth += 1
      case UInt8(ascii: ")") where !isQuoted: depth -= 1
      default: break
      }
      terms[terms.count - 1].append(byte)
      if depth == 1, !isQuoted, terms[terms.count - 1].suffix(5).elementsEqual(" AND ".utf8) {
        terms[terms.count - 1].removeLast(5)
        terms.append([])
      }
    }
    guard terms.count > 1 else { return [condition.withoutParameterNumbers] }
    // The whole is in parentheses when it has several parts.
    terms[0].removeFirst()
    terms[terms.count - 1].removeLast()
    return terms.map { String(decoding: $0, as: UTF8.self).withoutParameterNumbers }
  }
}

extension String {
  /// The text with `$` for `$0`, `$1` …, whose numbers depend on what else is in the plan.
  var withoutParameterNumbers: String {
    guard contains("$") else { return self }
    var isParameter = false
    return filter { character in
      isParameter = character == "$" || (isParameter && character.isNumber)
      return !isParameter || character == "$"
    }
  }
}
