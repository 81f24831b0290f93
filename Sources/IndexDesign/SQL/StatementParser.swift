internal import CPgQuery

/// One statement as PostgreSQL's own grammar sees it.
public struct ParsedStatement: Equatable, Sendable {
  /// The name of its node: `SelectStmt`, `IndexStmt`, …
  public var kind: String
  /// The members of that node, as libpg_query writes them.
  public var tree: JSONValue
  /// Where it stands in the text, in UTF-8 code units, without the `;`.
  public var range: Range<Int>

  /// Makes a statement of its facts.
  public init(kind: String, tree: JSONValue, range: Range<Int>) {
    self.kind = kind
    self.tree = tree
    self.range = range
  }
}

/// Reads SQL with the grammar of PostgreSQL 15, through libpg_query.
///
/// The grammar does not know syntax of later versions: a failure here means "unknown" wherever the
/// server can be asked instead.
public enum StatementParser {
  /// The statements of `text` in order; empty for blanks and comments.
  ///
  /// - Throws: `DesignError` with code `.syntax`, PostgreSQL's message and the token it names.
  public static func parse(_ text: String) throws(DesignError) -> [ParsedStatement] {
    if let zero = text.utf8.firstIndex(of: 0) {
      let place = text.utf8.distance(from: text.utf8.startIndex, to: zero)
      throw DesignError(.syntax, "the text holds a zero byte", position: place..<place + 1)
    }
    let json = try grammarTree(of: text)
    let tree: JSONValue
    do {
      tree = try JSONValue(parsing: json)
    } catch {
      throw DesignError(.syntax, "the statement is too deeply nested to be read", detail: error.message)
    }
    let bytes = Array(text.utf8)
    return (tree["stmts"]?.array ?? []).compactMap { statement(from: $0, in: bytes) }
  }

  /// The name of the first statement's node, such as `SelectStmt`, without the cost of reading its tree; nil for blanks
  /// and comments.
  ///
  /// - Throws: `DesignError` as `parse` does.
  static func firstKind(of text: String) throws(DesignError) -> String? {
    guard !text.utf8.contains(0) else { return try parse(text).first?.kind }
    let tree = try grammarTree(of: text)
    // {"version":150001,"stmts":[{"stmt":{"SelectStmt":{
    let names = try? JSONReader.firstNames(4, of: tree)
    return names?.count == 4 && names?[1] == "stmts" && names?[2] == "stmt" ? names?[3] : nil
  }

  private static func statement(from entry: JSONValue, in bytes: [UInt8]) -> ParsedStatement? {
    guard case .object(let members)? = entry["stmt"], let node = members.first else { return nil }
    var start = entry["stmt_location"]?.integer ?? 0
    var end = entry["stmt_len"]?.integer.map { start + $0 } ?? bytes.count
    while start < end, bytes[start].isSQLSpace { start += 1 }
    while end > start, bytes[end - 1].isSQLSpace { end -= 1 }
    return ParsedStatement(kind: node.name, tree: node.value, range: start..<end)
  }

  /// The JSON that the grammar gives, copied before the C result is freed.
  private static func grammarTree(of text: String) throws(DesignError) -> String {
    let result = text.withCString { pg_query_parse($0) }
    defer { pg_query_free_parse_result(result) }
    if let error = result.error?.pointee {
      let message = error.message.map { String(cString: $0) } ?? "syntax error"
      throw syntaxError(message, character: Int(error.cursorpos), in: text)
    }
    return result.parse_tree.map { String(cString: $0) } ?? "{}"
  }

  /// libpg_query counts characters from 1, and has 0 for "nowhere".
  private static func syntaxError(_ message: String, character: Int, in text: String) -> DesignError {
    guard character > 0 else { return DesignError(.syntax, message) }
    let scalars = text.unicodeScalars
    let index = scalars.index(scalars.startIndex, offsetBy: character - 1, limitedBy: scalars.endIndex)
    let offset = text.utf8.distance(from: text.utf8.startIndex, to: index ?? scalars.endIndex)
    let token = SQLLexer(text).tokens.first { $0.range.contains(offset) }
    let end = token?.range.upperBound ?? min(offset + 1, text.utf8.count)
    return DesignError(.syntax, message, position: offset..<max(offset, end))
  }
}
