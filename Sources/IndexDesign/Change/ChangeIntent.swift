/// Everything that is known before a change to a real database, written down before it runs.
///
/// How it is kept is the ledger's affair.
public struct ChangeIntent: Hashable, Sendable {
  /// What is to be done.
  public enum Kind: Hashable, Sendable {
    /// A design becomes a real index.
    case promote
    /// A real index is dropped.
    case retire
    /// An earlier change is undone by its recorded reverse.
    case rollback(of: ChangeNumber)
    /// An extension that hypo needs is installed; the index's name is the extension's then.
    case setUp
  }

  /// What is to be done.
  public var kind: Kind
  /// Where, and as which database role.
  public var server: ServerFingerprint
  /// Who runs hypo, the operating system's name for them.
  public var operatingSystemUser: String
  /// The machine that hypo runs on.
  public var operatingSystemHost: String
  /// The schema of the index's table.
  public var tableSchema: String
  /// The index's table.
  public var tableName: String
  /// The table's object id; nil for an extension, and in a record of an earlier hypo.
  public var tableObjectID: UInt32?
  /// The schema of the index, always the table's own in PostgreSQL.
  public var indexSchema: String
  /// The index's name.
  public var indexName: String
  /// The exact SQL that is to be run.
  public var statement: String
  /// The exact SQL that undoes it.
  public var reverse: String
  /// The design as `hypo add` takes it; nil for a retirement.
  public var designShortForm: String?
  /// The whole `CREATE INDEX` of the definition, as it was typed or as the server gave it.
  public var definition: String
  /// The ticket that the change is made for; nil when none was named.
  public var ticket: String?
  /// The query that the design was made for, with its plan before the change; nil when there is none.
  public var query: RecordedQuery?
  /// What was counted and estimated before.
  public var measuredBefore: MeasuredBefore
  /// The object id of the index that is to be dropped; nil for one that is to be built.
  public var indexObjectID: UInt32?
  /// The hypo that makes the change.
  public var hypoVersion: String

  /// Makes an intent from its facts.
  public init(
    kind: Kind, server: ServerFingerprint, operatingSystemUser: String, operatingSystemHost: String,
    tableSchema: String, tableName: String, indexSchema: String, indexName: String, statement: String,
    reverse: String, designShortForm: String?, definition: String, ticket: String? = nil,
    query: RecordedQuery? = nil,
    measuredBefore: MeasuredBefore = MeasuredBefore(), indexObjectID: UInt32? = nil,
    tableObjectID: UInt32? = nil, hypoVersion: String
  ) {
    self.kind = kind
    self.server = server
    self.operatingSystemUser = operatingSystemUser
    self.operatingSystemHost = operatingSystemHost
    self.tableSchema = tableSchema
    self.tableName = tableName
    self.indexSchema = indexSchema
    self.indexName = indexName
    self.statement = statement
    self.reverse = reverse
    self.designShortForm = designShortForm
    self.definition = definition
    self.ticket = ticket
    self.query = query
    self.measuredBefore = measuredBefore
    self.indexObjectID = indexObjectID
    self.tableObjectID = tableObjectID
    self.hypoVersion = hypoVersion
  }

  /// Whether it is the work of a person on a database: what is left of other work is not theirs to clear.
  ///
  /// - Parameter user: the operating system's name for them.
  public func isWork(of user: String, on server: ServerFingerprint) -> Bool {
    operatingSystemUser == user && self.server.matches(server)
  }
}
