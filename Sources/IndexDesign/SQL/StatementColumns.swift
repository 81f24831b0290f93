/// The words by which a SELECT can mean columns, where a column cannot come in without its name.
///
/// A partial index serves only where its condition follows from conditions of the statement, and an expression only what
/// has it: neither can be where a column of it occurs nowhere.
public struct StatementColumns: Equatable, Sendable {
  // Every word of the statement, of whatever kind, and those that stand for anything but a column, such as aliases.
  private var words: Set<String> = []
  private var otherWords: Set<String> = []
  private var relationNames: Set<String> = []
  private var lastOfColumns: Set<String> = []
  private var counts: [String: Int] = [:]
  // Without these the statement cannot be answered; of the tables it shows all columns.
  private var neededColumns: Set<String> = []
  private var neededTables: Set<String> = []
  private var isClear = true

  /// Reads a statement.
  ///
  /// - Returns: nil where a column may come in without its name: all but one SELECT, `*` below the outermost list or
  ///   counted by its place, whole rows, NATURAL JOIN, new names for a table's columns, functions in FROM.
  public init?(of parsed: [ParsedStatement]) {
    guard parsed.count == 1, let only = parsed.first, only.kind == "SelectStmt" else { return nil }
    let isPlain =
      (only.tree["op"]?.string ?? "SETOP_NONE") == "SETOP_NONE" && only.tree["distinctClause"] == nil
      && !Self.countsPlaces(only.tree)
    guard case .object(let members) = only.tree else { return nil }
    for member in members {
      guard member.name == "targetList", isPlain else {
        collect(member.name, member.value)
        continue
      }
      for target in member.value.array ?? [] where !Self.isStar(target["ResTarget"]?["val"]) {
        collect("", target)
      }
    }
    guard isClear, lastOfColumns.isDisjoint(with: relationNames) else { return nil }
    var common: [String: JSONValue] = [:]
    for entry in only.tree["withClause"]?["ctes"]?.array ?? [] {
      guard let name = entry["CommonTableExpr"]?["ctename"]?.string else { continue }
      common[name] = entry["CommonTableExpr"]?["ctequery"]?["SelectStmt"]
    }
    for query in common.values { need(query, isShown: false, [:]) }
    need(only.tree, isShown: true, common)
  }

  /// Columns of a design's condition that the statement does not name, so that the condition cannot follow; nil when it
  /// may follow all the same.
  public func missing(fromConditionOf design: IndexDefinition) -> [String]? {
    guard let condition = design.predicate, let tree = Self.expression(condition) else { return nil }
    for part in Self.conjuncts(tree) where Self.alternatives(part).allSatisfy({ Self.needsColumns($0) }) {
      let columns = Self.columns(in: part)
      if words.isDisjoint(with: columns) { return columns }
    }
    return nil
  }

  /// Columns of a design's expressions that the statement does not name, so that no key of it can be asked for; nil when
  /// one may be, and where the design may be read as a smaller table.
  ///
  /// - Parameters:
  ///   - own: the columns of the design's table.
  ///   - others: the columns of all other tables that the statement names.
  public func missing(
    fromKeysOf design: IndexDefinition, own: Set<String>, others: Set<String>
  ) -> [String]? {
    guard design.predicate == nil, !words.contains("CTEMaterializeNever"), counts[design.table.name] == 1
    else { return nil }
    var found: [String] = []
    for key in design.keys {
      guard case .expression(let text) = key.term, let tree = Self.expression(text) else { return nil }
      let absent = Self.columns(in: tree).filter { !words.contains($0) }
      guard !absent.isEmpty else { return nil }
      found += absent
    }
    // What the index holds beside its keys can be read from it as from a smaller table.
    let kept = own.subtracting(design.includedColumns)
    let read = neededColumns.intersection(kept).subtracting(others).subtracting(otherWords)
      .filter { Identifier.quoted($0) == $0 }
    let needsAll = neededTables.contains(design.table.name) && !kept.isEmpty
    return read.isEmpty && !needsAll ? nil : found.withoutRepetitions
  }

  // MARK: Reading the statement

  private static let unclear: Set<String> = [
    "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "RangeFunction", "RangeTableFunc", "intoClause",
    "A_Star", "join_using_alias",
  ]

  private mutating func collect(_ name: String, _ tree: JSONValue, inColumn: Bool = false) {
    if Self.unclear.contains(name) { isClear = false }
    let isColumn = inColumn || name == "ColumnRef"
    switch tree {
    case .array(let elements): for element in elements { collect("", element, inColumn: isColumn) }
    case .string(let text):
      words.insert(text)
      if !isColumn { otherWords.insert(text) }
      if ["relname", "aliasname", "ctename"].contains(name) { relationNames.insert(text) }
      if name == "relname" { counts[text, default: 0] += 1 }
    case .bool(let value): if name == "isNatural", value { isClear = false }
    case .object(let members):
      if name == "ColumnRef", let last = tree["fields"]?.nodeStrings.last { lastOfColumns.insert(last) }
      if name == "JoinExpr", tree["alias"] != nil { isClear = false }
      if tree["relname"] != nil, tree["alias"]?["colnames"] != nil { isClear = false }
      for member in members { collect(member.name, member.value, inColumn: isColumn) }
    default: break
    }
  }

  private static func isStar(_ value: JSONValue?) -> Bool {
    value?["ColumnRef"]?["fields"]?.array?.last?["A_Star"] != nil
  }

  /// Whether a number in ORDER BY or GROUP BY means a column by its place.
  private static func countsPlaces(_ tree: JSONValue) -> Bool {
    let keys = (tree["groupClause"]?.array ?? []) + (tree["sortClause"]?.array ?? [])
    return keys.contains { $0.firstMember { name, _ in name == "ival" } != nil }
  }

  /// Notes what a query shows and what its WHERE compares with a constant, down through FROM.
  private mutating func need(_ query: JSONValue, isShown: Bool, _ common: [String: JSONValue]) {
    guard (query["op"]?.string ?? "SETOP_NONE") == "SETOP_NONE" else { return }
    let targets = (query["targetList"]?.array ?? []).compactMap { $0["ResTarget"]?["val"] }
    let from = query["fromClause"]?.array ?? []
    if isShown { neededColumns.formUnion(targets.compactMap { Self.column($0) }) }
    let showsAll =
      isShown
      && targets.contains {
        Self.isStar($0)
          && ($0["ColumnRef"]?["fields"]?.array?.count == 1 || from.count == 1 && from[0]["JoinExpr"] == nil)
      }
    for part in query["whereClause"].map({ Self.conjuncts($0) }) ?? [] {
      guard let comparison = part["A_Expr"], comparison["kind"]?.string == "AEXPR_OP",
        Self.ordering.contains(comparison["name"]?.nodeStrings.last ?? ""),
        let column = comparison["lexpr"].flatMap({ Self.column($0) }), let value = comparison["rexpr"],
        value["ParamRef"] != nil || value["A_Const"].map({ $0["isnull"] == nil }) ?? false
      else { continue }
      neededColumns.insert(column)
    }
    for item in from { need(inFrom: item, isShown: showsAll, common) }
  }

  private mutating func need(inFrom item: JSONValue, isShown: Bool, _ common: [String: JSONValue]) {
    if let join = item["JoinExpr"] {
      for side in ["larg", "rarg"] {
        if let item = join[side] { need(inFrom: item, isShown: isShown, common) }
      }
    } else if let subselect = item["RangeSubselect"], subselect["lateral"]?.bool != true {
      if let query = subselect["subquery"]?["SelectStmt"] { need(query, isShown: isShown, [:]) }
    } else if let table = item["RangeVar"], let name = table["relname"]?.string, isShown {
      if table["schemaname"] == nil, let query = common[name] {
        need(query, isShown: true, [:])
      } else {
        neededTables.insert(name)
      }
    }
  }

  private static let ordering: Set<String> = ["=", "<", "<=", ">", ">="]

  private static func column(_ value: JSONValue) -> String? {
    value["ColumnRef"]?["fields"]?.nodeStrings.last
  }

  // MARK: Reading a design

  private static func expression(_ text: String) -> JSONValue? {
    let parsed = try? StatementParser.parse("SELECT (\(text)\n)")
    return parsed?.count == 1 ? parsed?[0].tree["targetList"]?.array?.first?["ResTarget"]?["val"] : nil
  }

  private static func conjuncts(_ tree: JSONValue) -> [JSONValue] { parts(tree, "AND_EXPR") }

  private static func alternatives(_ tree: JSONValue) -> [JSONValue] { parts(tree, "OR_EXPR") }

  private static func parts(_ tree: JSONValue, _ kind: String) -> [JSONValue] {
    guard let node = tree["BoolExpr"], node["boolop"]?.string == kind else { return [tree] }
    return (node["args"]?.array ?? []).flatMap { parts($0, kind) }
  }

  /// The columns in an expression of a design, each once, in reading order.
  private static func columns(in tree: JSONValue) -> [String] {
    var found: [String] = []
    func collect(_ tree: JSONValue) {
      switch tree {
      case .array(let elements): elements.forEach(collect)
      case .object(let members):
        if let name = column(tree) { found.append(name) }
        members.forEach { collect($0.value) }
      default: break
      }
    }
    collect(tree)
    return found.withoutRepetitions
  }

  /// Whether an alternative of a condition is neither true nor false without one of its columns, as `1 IN (a, 1)`,
  /// `a <> ALL ('{}')` and `coalesce(1, a) = 1` are.
  private static func needsColumns(_ tree: JSONValue) -> Bool {
    if let node = tree["BoolExpr"] {
      // Of the rest, an AND or OR below NOT can be decided by a constant alone.
      return node["boolop"]?.string == "NOT_EXPR" && node["args"]?.array?.first?["ColumnRef"] != nil
    }
    let value = tree["NullTest"]?["arg"] ?? tree["BooleanTest"]?["arg"] ?? tree
    guard tree.firstMember(where: { name, _ in opaque.contains(name) }) == nil, !columns(in: value).isEmpty
    else {
      return false
    }
    return tree.firstMember { name, node in name == "A_Expr" && !isPlain(comparison: node) } == nil
  }

  private static func isPlain(comparison node: JSONValue) -> Bool {
    guard let kind = node["kind"]?.string else { return false }
    if plainComparisons.contains(kind) { return true }
    guard let left = node["lexpr"], !columns(in: left).isEmpty else { return false }
    if ["AEXPR_IN", "AEXPR_OP_ANY"].contains(kind) { return true }
    // Nothing contradicts ALL of nothing.
    guard kind == "AEXPR_OP_ALL" else { return false }
    let list = node["rexpr"]?.firstMember { $0 == "sval" && $1.string != nil }?.value.string ?? ""
    return list.hasPrefix("{") && !list.allSatisfy { "{} ".contains($0) }
  }

  /// What can be simplified to less than its columns.
  private static let opaque: Set<String> = [
    "BoolExpr", "FuncCall", "CoalesceExpr", "CaseExpr", "MinMaxExpr", "SubLink", "RowExpr",
  ]

  private static let plainComparisons: Set<String> = [
    "AEXPR_OP", "AEXPR_DISTINCT", "AEXPR_NOT_DISTINCT", "AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR",
    "AEXPR_BETWEEN",
  ]
}
