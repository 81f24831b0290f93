public import IndexDesign
internal import Postgres

/// A design that the catalog knows the parts of, and what is there already.
public struct CheckedDesign: Equatable, Sendable {
  /// The definition with its table qualified, otherwise as it was typed.
  public var definition: IndexDefinition
  /// The table.
  public var relation: Relation
  /// A real index that is the same apart from its name; nil when there is none.
  public var same: CatalogIndex?
  /// A real index that can do all that the design could; nil when there is none.
  public var covering: CatalogIndex?
  /// Real indexes that the design would make redundant, because it can do all that they can; unique ones and those that
  /// are there for more than finding rows are left out.
  public var redundant: [CatalogIndex] = []
  /// What lacks statistics of the table, or of its partitions; nil for nothing.
  public var missingStatistics: MissingStatistics?
}

extension Session {
  /// Resolves a typed design against the catalog.
  ///
  /// - Throws: `ServerError` whose position is in the text that was parsed: a table, column, access
  ///   method or operator class that does not exist, or a relation that cannot carry an index.
  public func check(_ parsed: ParsedIndexDefinition) throws(ServerError) -> CheckedDesign {
    let relation = try table(parsed)
    try checkColumns(parsed, relation)
    try Self.refuseVirtualColumns(parsed, relation)
    try checkNames(parsed)
    var definition = parsed.definition
    definition.table = relation.qualifiedName
    let beside = try neighbours(of: definition, on: relation)
    return CheckedDesign(
      definition: definition, relation: relation, same: beside.same, covering: beside.covering,
      redundant: beside.redundant, missingStatistics: try missingStatistics(of: [relation.qualifiedName]))
  }

  /// Looks at a design that is there already in the catalog as it is now; nil when the server refuses it.
  ///
  /// - Throws: `ServerError` when the person stops it or there is no connection.
  public func check(_ design: IndexDefinition) throws(ServerError) -> CheckedDesign? {
    guard let parsed = try? IndexDefinitionParser.parseCreateIndex(design.createStatement()) else {
      return nil
    }
    return try ifPossible { () throws(ServerError) in try check(parsed) }
  }

  private func table(_ parsed: ParsedIndexDefinition) throws(ServerError) -> Relation {
    let relation: Relation
    do { relation = try self.relation(parsed.definition.table) } catch {
      var error = error
      error.position = parsed.tableRange
      throw error
    }
    switch relation.kind {
    case .table, .partitionedTable, .materializedView: return relation
    default:
      let article = relation.kind == .index ? "an" : "a"
      throw ServerError(
        .statement, "\"\(relation.name)\" is \(article) \(relation.kind.words), which cannot carry an index",
        sqlState: "42809", hint: "name the table that it reads", position: parsed.tableRange)
    }
  }

  private func checkColumns(_ parsed: ParsedIndexDefinition, _ relation: Relation) throws(ServerError) {
    for (key, ranges) in zip(parsed.definition.keys, parsed.keys) {
      if case .column(let name) = key.term { try checkColumn(name, relation, ranges.term) }
    }
    for (name, range) in zip(parsed.definition.includedColumns, parsed.includeRanges) {
      try checkColumn(name, relation, range)
    }
  }

  private func checkColumn(_ name: String, _ relation: Relation, _ range: Range<Int>) throws(ServerError) {
    guard !relation.columns.contains(where: { $0.name == name }) else { return }
    throw ServerError(
      .notFound, "column \"\(name)\" of \(relation.kind.words) \"\(relation.name)\" does not exist",
      sqlState: "42703",
      hint: "columns: " + relation.columns.map(\.name).joined(separator: ", "), position: range
    ).hinting(NearName.closest(to: name, among: relation.columns.map(\.name)))
  }

  /// Access method and operator classes, which HypoPG would complain about without a place.
  private func checkNames(_ parsed: ParsedIndexDefinition) throws(ServerError) {
    let method = parsed.definition.accessMethod
    let methods = try read("SELECT amname FROM pg_am WHERE amtype = 'i'").rows.compactMap { $0[0] }
    guard methods.contains(method) else {
      throw ServerError(
        .notFound, "access method \"\(method)\" does not exist", sqlState: "42704",
        hint: "access methods: " + methods.sorted().joined(separator: ", "),
        position: parsed.accessMethodRange
      ).hinting(NearName.closest(to: method, among: methods))
    }
    for (key, ranges) in zip(parsed.definition.keys, parsed.keys) {
      guard let name = key.operatorClass else { continue }
      let known = try read(
        "SELECT opcname FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod WHERE amname = $1", [method]
      ).rows.compactMap { $0[0] }
      guard !known.contains(name.name) else { continue }
      throw ServerError(
        .notFound, "operator class \"\(name.name)\" does not exist for access method \"\(method)\"",
        sqlState: "42704", hint: "\\dAc \(method) in psql lists them", position: ranges.operatorClass
      ).hinting(NearName.closest(to: name.name, among: known))
    }
  }

  /// Refuses a design that the server would refuse when it is built, and HypoPG does not.
  ///
  /// - Throws: `ServerError` with code `.refused` for a virtual generated column, wherever the design has it.
  static func refuseVirtualColumns(
    _ parsed: ParsedIndexDefinition, _ relation: Relation
  ) throws(ServerError) {
    let virtual = Set(relation.columns.filter(\.isVirtual).map(\.name))
    guard !virtual.isEmpty else { return }
    func names(in text: String) -> [String] {
      let lexer = SQLLexer(text)
      return lexer.tokens.indices.compactMap { lexer.name(at: $0) }
    }
    var places: [(name: String, range: Range<Int>?)] = []
    for (key, ranges) in zip(parsed.definition.keys, parsed.keys) {
      switch key.term {
      case .column(let name): places.append((name, ranges.term))
      case .expression(let text): places += names(in: text).map { ($0, ranges.term) }
      }
    }
    places += zip(parsed.definition.includedColumns, parsed.includeRanges).map { ($0, $1) }
    places += names(in: parsed.definition.predicate ?? "").map { ($0, parsed.predicateRange) }
    guard let found = places.first(where: { virtual.contains($0.name) }) else { return }
    throw ServerError(
      .refused,
      "column \"\(found.name)\" of table \"\(relation.name)\" is a virtual generated column, which no index can hold",
      detail: "It is computed whenever it is read.",
      hint: "design the index on the expression that generates it, or make the column STORED",
      position: found.range)
  }
}
