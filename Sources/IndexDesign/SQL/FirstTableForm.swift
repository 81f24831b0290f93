/// A SELECT written with another one of its tables first in FROM.
///
/// Inner joins may stand in any order, so that the planner is asked the same. Tables are moved by the words of the
/// statement: `FROM a JOIN b ON p JOIN c ON q WHERE r` becomes `FROM c, a, b WHERE (p) AND (q) AND (r)`.
/// A LEFT JOIN stays behind what it was behind, and then CROSS JOIN stands for the commas. A table that is itself joined
/// by an outer join comes in front by turning that join round: `a LEFT JOIN b ON p` is `b RIGHT JOIN a ON p`.
public enum FirstTableForm {
  /// The statement with a table in front.
  ///
  /// - Returns: nil when the table stands there already, or when something else than tables by their names is in FROM.
  public static func of(_ statement: String, with table: RelationName) -> String? {
    let lexer = SQLLexer(statement)
    guard let clause = FromClause(lexer), !clause.countsColumns,
      let place = clause.onlyPlace(of: table), place > 0
    else { return nil }
    if clause.isReversible(place) { return clause.text(turningRound: place) }
    // The columns that USING merges are those of all tables before it.
    guard clause.items[place].using == nil || clause.items.count == 2 else { return nil }
    return clause.text(withFirst: place)
  }

  /// Whether the table in front comes there by an outer join that is turned round.
  public static func turnsJoinRound(_ statement: String, with table: RelationName) -> Bool {
    FromClause(SQLLexer(statement)).map { clause in
      clause.onlyPlace(of: table).map { clause.isReversible($0) } ?? false
    } ?? false
  }

  /// The statement with a table in the place of a view of it, or of the table of which it is a partition.
  ///
  /// - Parameter condition: gives what the table's rows must fulfil, by the name under which the statement knows it; nil
  ///   for nothing.
  /// - Returns: nil when the relation is not mentioned just once in FROM, and when a condition would not mean the same in
  ///   WHERE, as behind an outer join.
  public static func replacing(
    _ relation: RelationName, in statement: String, by table: RelationName,
    where condition: ((_ name: String) -> String)? = nil
  ) -> String? {
    let lexer = SQLLexer(statement)
    guard let clause = FromClause(lexer), let place = clause.onlyPlace(of: relation),
      condition == nil
        || clause.items.allSatisfy({ $0.join == .cross || $0.join == .inner || $0.join == .left })
          && clause.items[place].isInner
    else { return nil }
    return clause.text(replacing: place, by: table, where: condition)
  }
}

/// What stands between FROM and the next clause.
private struct FromClause {
  struct Item {
    enum Join {
      case cross, inner, left, right, full

      /// What it is called with its sides exchanged.
      var reversed: String {
        switch self {
        case .cross: "CROSS JOIN"
        case .inner: "JOIN"
        case .left: "RIGHT JOIN"
        case .right: "LEFT JOIN"
        case .full: "FULL JOIN"
        }
      }
    }
    var join = Join.cross
    /// Whether a comma stands before it, or FROM.
    var beginsList = true
    /// The tokens of the name and the alias.
    var table: Range<Int>
    /// The tokens behind ON; nil without.
    var condition: Range<Int>?
    /// The tokens from USING to its parenthesis; nil without.
    var using: Range<Int>?

    var isInner: Bool { join == .cross || join == .inner }

    func names(_ wanted: RelationName, _ lexer: SQLLexer) -> Bool {
      let isQualified = lexer.isMark(".", at: table.lowerBound + 1)
      let name = lexer.name(at: table.lowerBound + (isQualified ? 2 : 0))
      let schema = isQualified ? lexer.name(at: table.lowerBound) : nil
      return name == wanted.name && (schema == nil || wanted.schema == nil || schema == wanted.schema)
    }
  }

  private let lexer: SQLLexer
  /// How deep in parentheses each token is.
  private let depths: [Int]
  private var start = 0
  private var end = 0
  private(set) var items: [Item] = []

  /// - Returns: nil when it is no plain SELECT, or FROM holds more than tables and joins of them.
  init?(_ lexer: SQLLexer) {
    self.lexer = lexer
    var depth = 0
    depths = lexer.tokens.indices.map { index in
      if lexer.isMark(")", at: index) { depth -= 1 }
      defer { if lexer.isMark("(", at: index) { depth += 1 } }
      return depth
    }
    guard lexer.open == nil, lexer.word(at: 0) == "select", !has(["union", "intersect", "except"], in: 0),
      let from = place(of: ["from"], from: 0)
    else { return nil }
    start = from + 1
    end = place(of: Self.clauses, from: start) ?? statementEnd
    guard read() else { return nil }
  }

  /// Where a table is; nil when it is not there just once.
  func onlyPlace(of table: RelationName) -> Int? {
    let places = items.indices.filter { items[$0].names(table, lexer) }
    return places.count == 1 ? places[0] : nil
  }

  /// Whether an outer join keeps a table from being moved as one of an inner join.
  func isReversible(_ place: Int) -> Bool {
    !items[place].isInner || items.contains { $0.join == .right || $0.join == .full }
  }

  /// The statement with the join of one of the items turned round, so that it comes in front.
  func text(turningRound place: Int) -> String {
    let start = items[...place].lastIndex(where: \.beginsList) ?? 0
    let end = items[(place + 1)...].firstIndex(where: \.beginsList) ?? items.count
    func joins(_ items: ArraySlice<Item>) -> String {
      items.enumerated().map { $0 == 0 ? text($1.table) : " " + text(join: $1) }.joined()
    }
    var from = text(items[place].table)
    if place > start {
      let before = joins(items[start..<place])
      from += " \(items[place].join.reversed) " + (place - start > 1 ? "(\(before))" : before)
      from += items[place].condition.map { " ON \(text($0))" } ?? ""
      from += items[place].using.map { " \(text($0))" } ?? ""
    }
    from += items[(place + 1)..<end].map { " " + text(join: $0) }.joined()
    var lists = [from]
    for index in items.indices where items[index].beginsList && index != start {
      let next = items[(index + 1)...].firstIndex(where: \.beginsList) ?? items.count
      lists.append(joins(items[index..<next]))
    }
    return "\(text(0..<self.start)) \(lists.joined(separator: ", "))\(rest(from: self.end))"
  }

  private func text(join item: Item) -> String {
    let words =
      switch item.join {
      case .cross: "CROSS JOIN"
      case .inner: "JOIN"
      case .left: "LEFT JOIN"
      case .right: "RIGHT JOIN"
      case .full: "FULL JOIN"
      }
    return "\(words) \(text(item.table))" + (item.condition.map { " ON \(text($0))" } ?? "")
      + (item.using.map { " \(text($0))" } ?? "")
  }

  /// The statement with another table in the place of one of the items, under the same name.
  func text(replacing place: Int, by table: RelationName, where condition: ((String) -> String)?) -> String {
    let tokens = items[place].table
    let nameEnd = tokens.lowerBound + (lexer.isMark(".", at: tokens.lowerBound + 1) ? 3 : 1)
    let name = text(tokens.upperBound - 1..<tokens.upperBound)
    var result = text(0..<tokens.lowerBound) + " \(table.sql)"
    result += nameEnd == tokens.upperBound ? " AS \(name)" : " " + text(nameEnd..<tokens.upperBound)
    guard let condition = condition.map({ $0(name) }) else { return result + rest(from: tokens.upperBound) }
    if tokens.upperBound < end { result += " " + text(tokens.upperBound..<end) }
    var after = end
    result += " WHERE (\(condition))"
    if lexer.word(at: end) == "where" {
      after = self.place(of: Self.clauses, from: end + 1) ?? statementEnd
      result += " AND (\(text(end + 1..<after)))"
    }
    return result + rest(from: after)
  }

  private static let clauses: Set<String> = [
    "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for",
  ]

  /// Whether `*` decides what a number in ORDER BY or GROUP BY means.
  var countsColumns: Bool {
    let hasStar = (0..<start).contains { index in
      depths[index] == 0 && text(index..<index + 1) == "*"
        && (lexer.isMark(",", at: index - 1)
          || ["select", "distinct", "all"].contains(lexer.word(at: index - 1) ?? ""))
    }
    guard hasStar else { return false }
    return (end..<lexer.tokens.count).contains { index in
      depths[index] == 0 && lexer.tokens[index].kind == .number
        && (lexer.word(at: index - 1) == "by" || lexer.isMark(",", at: index - 1))
    }
  }

  /// The statement with one of the items in front.
  func text(withFirst place: Int) -> String {
    let first = items[place]
    let start = text(0..<self.start)
    // Columns that USING merges belong to both of two tables, whichever comes first.
    if items.count == 2, let using = first.using {
      return "\(start) \(text(first.table)) JOIN \(text(items[0].table)) \(text(using))\(rest(from: end))"
    }
    var from = text(first.table)
    // The planner orders tables between commas freely, however many they are.
    let isPlain = items.allSatisfy { $0.isInner && $0.using == nil }
    for (index, item) in items.enumerated() where index != place {
      if let using = item.using {
        from += (item.isInner ? " JOIN " : " LEFT JOIN ") + text(item.table) + " " + text(using)
      } else if item.isInner {
        from += (isPlain ? ", " : " CROSS JOIN ") + text(item.table)
      } else {
        from += " LEFT JOIN \(text(item.table)) ON \(item.condition.map(text) ?? "true")"
      }
    }
    var conditions = items.filter(\.isInner).compactMap(\.condition)
    var after = end
    if lexer.word(at: end) == "where" {
      after = self.place(of: Self.clauses, from: end + 1) ?? statementEnd
      conditions.append(end + 1..<after)
    }
    let all = conditions.map { "(\(text($0)))" }.joined(separator: " AND ")
    return "\(start) \(from)" + (all.isEmpty ? "" : " WHERE \(all)") + rest(from: after)
  }

  // MARK: Reading

  private mutating func read() -> Bool {
    var place = start
    guard let first = table(at: &place) else { return false }
    items.append(Item(table: first))
    while place < end {
      let isComma = lexer.isMark(",", at: place)
      guard let join = join(at: &place), let table = table(at: &place) else { return false }
      var item = Item(join: join, beginsList: isComma, table: table)
      if join != .cross {
        let condition = place + 1
        switch lexer.word(at: place) {
        case "on":
          place = (condition..<end).first { isJoin($0) } ?? end
          item.condition = condition..<place
        case "using":
          place = (condition..<end).first { isJoin($0) } ?? end
          // It may give the merged columns an alias.
          guard lexer.isMark(")", at: place - 1) else { return false }
          item.using = condition - 1..<place
        default: return false
        }
        if condition >= place { return false }
      }
      items.append(item)
    }
    // With USING the moved table's columns would be merged with those of the wrong one.
    return items.count <= 2 || items.allSatisfy { $0.using == nil || $0.isInner }
  }

  /// A name with an alias, as a table of its own.
  private func table(at place: inout Int) -> Range<Int>? {
    let start = place
    func isName(_ index: Int) -> Bool { index < end && lexer.name(at: index) != nil && !isJoin(index) }
    guard isName(place), !["only", "lateral"].contains(lexer.word(at: place) ?? "") else { return nil }
    place += 1
    if lexer.isMark(".", at: place) {
      guard isName(place + 1) else { return nil }
      place += 2
    }
    if lexer.word(at: place) == "as" { place += 1 }
    if isName(place), !["on", "using", "tablesample"].contains(lexer.word(at: place) ?? "") { place += 1 }
    let ends = place == end || isJoin(place) || ["on", "using"].contains(lexer.word(at: place) ?? "")
    return ends ? start..<place : nil
  }

  private func join(at place: inout Int) -> Item.Join? {
    func take(_ words: String...) -> Bool {
      guard words.enumerated().allSatisfy({ lexer.word(at: place + $0) == $1 }) else { return false }
      place += words.count
      return true
    }
    if lexer.isMark(",", at: place) {
      place += 1
      return .cross
    }
    if take("cross", "join") { return .cross }
    if take("join") || take("inner", "join") { return .inner }
    if take("left", "join") || take("left", "outer", "join") { return .left }
    if take("right", "join") || take("right", "outer", "join") { return .right }
    if take("full", "join") || take("full", "outer", "join") { return .full }
    return nil
  }

  /// Whether the next table begins behind this token, by whatever join.
  private func isJoin(_ index: Int) -> Bool {
    guard depths[index] == 0 else { return false }
    if lexer.isMark(",", at: index) { return true }
    switch lexer.word(at: index) {
    case "join", "natural": return true
    case "cross", "inner", "left", "right", "full":
      return ["join", "outer"].contains(lexer.word(at: index + 1) ?? "")
    default: return false
    }
  }

  /// The first of these words that is in no parentheses.
  private func place(of words: Set<String>, from start: Int) -> Int? {
    lexer.tokens.indices.dropFirst(start).first { index in
      depths[index] == 0 && lexer.word(at: index).map { words.contains($0) } ?? false
        && lexer.word(at: index - 1) != "distinct" && !lexer.isMark(".", at: index - 1)
    }
  }

  private func has(_ words: Set<String>, in start: Int) -> Bool { place(of: words, from: start) != nil }

  /// Where the statement ends, a `;` left out.
  private var statementEnd: Int {
    lexer.tokens.indices.first { lexer.isMark(";", at: $0) } ?? lexer.tokens.count
  }

  private func text(_ tokens: Range<Int>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return lexer.text(of: lexer.tokens[first].range.lowerBound..<lexer.tokens[last].range.upperBound)
  }

  private func rest(from place: Int) -> String {
    place < lexer.tokens.count ? " " + text(place..<lexer.tokens.count) : ""
  }
}

extension SQLLexer {
  /// The text with another name before each column of a table.
  ///
  /// - Parameter new: as it stands in SQL.
  public func renamingTable(_ name: String, to new: String) -> String {
    let places = tokens.indices.filter { index in
      self.name(at: index) == name && isMark(".", at: index + 1) && self.name(at: index + 2) != nil
        && !isMark(".", at: index - 1) && !isMark("(", at: index + 3)
    }
    return EditedText(text(of: 0..<bytes.count)).editing(
      places.map { .init(range: tokens[$0].range, replacement: new) }
    ).text
  }
}
