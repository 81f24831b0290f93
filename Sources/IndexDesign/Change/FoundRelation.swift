/// What has a name or an object id at one moment, as far as a change has to know it.
public struct FoundRelation: Hashable, Sendable {
  /// An index.
  public struct Index: Hashable, Sendable {
    /// The table that it is on.
    public var tableObjectID: UInt32
    /// The statement that would make it, as the server words it.
    public var definition: String
    /// Whether queries may use it.
    public var isValid: Bool
    /// The size.
    public var sizeInBytes: Int64

    /// Makes an index from its facts.
    public init(tableObjectID: UInt32, definition: String, isValid: Bool, sizeInBytes: Int64) {
      self.tableObjectID = tableObjectID
      self.definition = definition
      self.isValid = isValid
      self.sizeInBytes = sizeInBytes
    }
  }

  /// The object id.
  public var objectID: UInt32
  /// The name with its schema.
  public var name: RelationName
  /// What it is, in words: `view`.
  public var kind: String
  /// The index; nil for what is none.
  public var index: Index?

  /// Makes what was found from its facts.
  public init(objectID: UInt32, name: RelationName, kind: String, index: Index? = nil) {
    self.objectID = objectID
    self.name = name
    self.kind = kind
    self.index = index
  }
}

extension FoundRelation.Index {
  /// Whether it is an index of that table and says the same as the definition.
  func isSame(as wanted: IndexDefinition, on table: UInt32) -> Bool {
    guard tableObjectID == table,
      let design = try? IndexDefinitionParser.parseCreateIndex(definition).definition
    else { return false }
    return IndexComparison.isSame(design, wanted)
  }
}
