public import IndexDesign

/// The names that a database holds, for completion: a picture of the catalog at one moment.
///
/// Laid out so that a schema of 5,000 tables takes little memory and a beginning is found by halving.
public struct CatalogNames: Sendable {
  /// A relation that a statement can read.
  public struct Entry: Sendable {
    /// The schema.
    public var schema: String
    /// The name.
    public var name: String
    /// The kind.
    public var kind: Relation.Kind
    /// Whether it is a partition of another table.
    public var isPartition: Bool
    /// Whether the name alone finds it, by the search path.
    public internal(set) var isVisible = false
    /// The name in small letters, by which entries are ordered.
    let key: String
    fileprivate(set) var columns: Range<Int32> = 0..<0

    /// Whether it is one of PostgreSQL's own.
    public var isSystem: Bool { CatalogNames.isSystem(schema: schema) }
  }

  /// A column.
  public struct Column: Equatable, Sendable {
    /// The name.
    public var name: String
    /// The type as `format_type` words it.
    public var type: String
    /// The type's object id.
    public var typeObjectID: UInt32
  }

  /// A real index.
  public struct Index: Equatable, Sendable {
    /// The schema.
    public var schema: String
    /// The name.
    public var name: String
    /// The table's name.
    public var table: String
    /// The first column; nil when it is an expression.
    public var leadingColumn: String?
    /// Whether the name alone finds it.
    public internal(set) var isVisible = false
  }

  /// An operator class that fits a type.
  public struct OperatorClass: Equatable, Sendable {
    /// The access method.
    public var accessMethod: String
    /// The name.
    public var name: String
    /// Whether an index takes it when none is named.
    public var isDefault: Bool
  }

  /// The relations, ordered by their names in small letters.
  public internal(set) var relations: [Entry] = []
  /// The real indexes of tables that are not PostgreSQL's own, ordered by name.
  public internal(set) var indexes: [Index] = []
  /// Access methods for indexes, ordered by name.
  public internal(set) var accessMethods: [String] = []
  /// Schemas, without those of temporary and TOAST tables, ordered by name.
  public internal(set) var schemas: [String] = []
  /// Databases of the server that take connections, ordered by name.
  public internal(set) var databases: [String] = []
  /// The schemas in which names without one are looked for, in order.
  public internal(set) var searchPath: [String] = []

  /// Names and types repeat a lot: a column is two numbers, of its name and of its type.
  struct PackedColumn: Sendable {
    var name: UInt32
    var type: UInt32
  }

  var columns: [PackedColumn] = []
  var columnNames: [String] = []
  var types: [(name: String, objectID: UInt32)] = []
  var operatorClasses: [UInt32: [OperatorClass]] = [:]

  /// Whether a schema holds what comes with PostgreSQL.
  static func isSystem(schema: String) -> Bool { schema == "pg_catalog" || schema == "information_schema" }
}

// MARK: Asking

extension CatalogNames {
  /// The relations whose names begin so, whatever the letters' case, in order.
  public func relations(beginningWith prefix: String) -> ArraySlice<Entry> {
    let key = prefix.lowercased()
    let start = relations.partitioningIndex { $0.key >= key }
    let rest = relations[start...]
    let count = rest.partitioningIndex { !$0.key.hasPrefix(key) } - start
    return rest.prefix(count)
  }

  /// The relation that a name means in SQL; nil when there is none.
  public func relation(_ name: RelationName) -> Entry? {
    let key = name.name.lowercased()
    let start = relations.partitioningIndex { $0.key >= key }
    return relations[start...].prefix { $0.key == key }.first { entry in
      entry.name == name.name && (name.schema.map { $0 == entry.schema } ?? entry.isVisible)
    }
  }

  /// The columns of a relation, in its order.
  public func columns(of entry: Entry) -> [Column] {
    columns[Int(entry.columns.lowerBound)..<Int(entry.columns.upperBound)].map {
      let type = types[Int($0.type)]
      return Column(name: columnNames[Int($0.name)], type: type.name, typeObjectID: type.objectID)
    }
  }

  /// The names of a table's indexes by the column that leads them.
  public func leadingIndexes(of entry: Entry) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for index in indexes where index.table == entry.name && index.schema == entry.schema {
      if let column = index.leadingColumn { found[column, default: []].append(index.name) }
    }
    return found
  }

  /// The operator classes that a column's type has with an access method, the default one first.
  public func operatorClasses(of column: Column, accessMethod: String) -> [OperatorClass] {
    (operatorClasses[column.typeObjectID] ?? []).filter { $0.accessMethod == accessMethod }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place at which a condition holds that goes on to hold behind it; the end when it never does.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

// MARK: Building

/// Takes the catalog's rows as they come and makes the picture of them.
struct CatalogNamesBuilder {
  private(set) var names = CatalogNames()
  private var relationObjectIDs: [UInt32] = []
  private var columnsByObjectID: [UInt32: Range<Int32>] = [:]
  private var nameNumbers: [String: UInt32] = [:]
  private var typeNumbers: [UInt32: UInt32] = [:]

  /// The schemas of the search path, in order.
  mutating func searchPath(_ schemas: [String]) { names.searchPath = schemas }

  /// A relation; they may come in any order.
  mutating func relation(
    _ objectID: UInt32, schema: String, name: String, kind: Relation.Kind = .table, isPartition: Bool = false
  ) {
    relationObjectIDs.append(objectID)
    names.relations.append(
      .init(schema: schema, name: name, kind: kind, isPartition: isPartition, key: name.lowercased()))
  }

  /// A column; those of a relation come one after the other, in its order.
  mutating func column(of relation: UInt32, name: String, typeObjectID: UInt32, type: String) {
    let number = nameNumbers[name] ?? UInt32(names.columnNames.count)
    if number == names.columnNames.count {
      names.columnNames.append(name)
      nameNumbers[name] = number
    }
    // The modifier, as in numeric(12,2), makes another wording of the same type.
    let known = typeNumbers[typeObjectID].flatMap { names.types[Int($0)].name == type ? $0 : nil }
    let typeNumber = known ?? UInt32(names.types.count)
    if known == nil {
      names.types.append((type, typeObjectID))
      typeNumbers[typeObjectID] = typeNumber
    }
    let place = Int32(names.columns.count)
    names.columns.append(.init(name: number, type: typeNumber))
    columnsByObjectID[relation] = (columnsByObjectID[relation]?.lowerBound ?? place)..<place + 1
  }

  /// An index, by the names of its table and of its first column.
  mutating func index(schema: String, name: String, table: String, leadingColumn: String?) {
    names.indexes.append(.init(schema: schema, name: name, table: table, leadingColumn: leadingColumn))
  }

  /// An operator class that fits a type.
  mutating func operatorClass(_ name: String, accessMethod: String, typeObjectID: UInt32, isDefault: Bool) {
    names.operatorClasses[typeObjectID, default: []].append(
      .init(accessMethod: accessMethod, name: name, isDefault: isDefault))
  }

  /// A name that is one word of a short list.
  mutating func add(_ name: String, to list: WritableKeyPath<CatalogNames, [String]>) {
    names[keyPath: list].append(name)
  }

  /// The picture, in order.
  mutating func finish() -> CatalogNames {
    for (place, objectID) in relationObjectIDs.enumerated() {
      names.relations[place].columns = columnsByObjectID[objectID] ?? 0..<0
    }
    names.relations.sort { ($0.key, $0.schema) < ($1.key, $1.schema) }
    names.indexes.sort { $0.name < $1.name }
    markVisible()
    return names
  }

  /// The search path's first schema that has a name hides it in the others.
  private mutating func markVisible() {
    let order = Dictionary(
      names.searchPath.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var best: [String: Int] = [:]
    for entry in names.relations {
      guard let place = order[entry.schema] else { continue }
      best[entry.name] = min(best[entry.name] ?? .max, place)
    }
    for place in names.relations.indices {
      let entry = names.relations[place]
      names.relations[place].isVisible = order[entry.schema].map { $0 == best[entry.name] } ?? false
    }
    for place in names.indexes.indices {
      names.indexes[place].isVisible = order[names.indexes[place].schema] != nil
    }
  }
}
