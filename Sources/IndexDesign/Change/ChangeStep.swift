/// One thing that a change does: a statement, its reverse, and the lock that it takes.
///
/// Each step is written down as a change with a number of its own, so that each can be undone by itself.
public struct ChangeStep: Hashable, Sendable {
  /// What is done.
  public enum Work: Hashable, Sendable {
    /// An index is built concurrently.
    case build(IndexDefinition)
    /// The index of this object id, and no other, is dropped concurrently.
    case drop(objectID: UInt32)
    /// An extension is installed, in the version that the server offers.
    case install(version: String)
    /// Nothing runs: this was found already and is written down.
    case note(ChangeOutcome.Result)

    /// Whether nothing runs.
    public var isNote: Bool { if case .note = self { true } else { false } }
  }

  /// What is done.
  public var work: Work
  /// The index's name with its schema, or the extension's name.
  public var name: RelationName
  /// The table that the index is on; nil for an extension.
  public var table: ChangedTable?
  /// The exact SQL that is to run.
  public var statement: String
  /// The exact SQL that undoes it.
  public var reverse: String
  /// The lock that the statement takes on the table; nil when it takes none.
  public var lock: TableLock?

  /// The SQL that takes an index away again without blocking anybody, also when it is gone already.
  public static func dropStatement(of index: RelationName) -> String {
    "DROP INDEX CONCURRENTLY IF EXISTS \(index.sql)"
  }

  /// The SQL that takes an extension away again, also when it is gone already.
  public static func dropStatement(ofExtension name: String) -> String {
    "DROP EXTENSION IF EXISTS \(Identifier.quoted(name))"
  }

  /// Makes a step from its parts.
  public init(
    _ work: Work, name: RelationName, table: ChangedTable? = nil, statement: String, reverse: String,
    lock: TableLock? = nil
  ) {
    self.work = work
    self.name = name
    self.table = table
    self.statement = statement
    self.reverse = reverse
    self.lock = lock
  }
}

/// A table that a change touches.
public struct ChangedTable: Hashable, Sendable {
  /// The object id.
  public var objectID: UInt32
  /// The name with its schema.
  public var name: RelationName
  /// Whether it is an ordinary table, the only kind that PostgreSQL has `LOCK TABLE` for.
  public var isOrdinary: Bool

  /// Makes a table from its facts.
  public init(objectID: UInt32, name: RelationName, isOrdinary: Bool = true) {
    self.objectID = objectID
    self.name = name
    self.isOrdinary = isOrdinary
  }
}

/// A lock on a table, by PostgreSQL's name for it.
///
/// Source: PostgreSQL manual, "Table-Level Locks".
public enum TableLock: String, Hashable, Sendable {
  /// Readers and writers go on; another build, drop, VACUUM or ALTER TABLE waits.
  case shareUpdateExclusive = "SHARE UPDATE EXCLUSIVE"
  /// Readers go on, writers wait.
  case share = "SHARE"
}
