internal import IndexDesign
internal import Postgres
internal import Server

/// Everything that is asked of a server before an index is built on it.
struct PromotionFacts: Equatable, Sendable {
  /// Another server that follows this one.
  struct Replica: Equatable, Sendable {
    /// Its name or address.
    var name: String
    /// How far it is behind in time; nil when the server does not tell.
    var lagInSeconds: Double?
    /// How far it is behind in write-ahead log; nil when the server does not tell (Aurora).
    var lagInBytes: Int64?

    /// Makes a replica from its facts.
    init(name: String, lagInSeconds: Double?, lagInBytes: Int64?) {
      self.name = name
      self.lagInSeconds = lagInSeconds
      self.lagInBytes = lagInBytes
    }
  }

  /// The design with its table qualified, under the name that it is to get.
  var definition: IndexDefinition
  /// The table.
  var table: Relation
  /// The estimate of the index's size; nil without one.
  var estimatedSizeInBytes: Int64?
  /// Whether the session has a transaction open.
  var isInTransaction: Bool
  /// What the server is: `primary`, `standby`, `writer` or `reader`.
  var role: String
  /// Whether the server replays another one's changes.
  var isInRecovery: Bool
  /// Whether this is Amazon Aurora.
  var isAurora: Bool
  /// The session's role.
  var user: String
  /// Whether the role may create in the table's schema.
  var mayCreateInSchema: Bool
  /// What stands under the wanted name in the table's schema; nil when it is free.
  var nameTakenBy: NamedRelation?
  /// Real indexes of the table that say the same under another name.
  var equalIndexes: [CatalogIndex]
  /// What the statistics know of rows that a UNIQUE index would refuse; nil where they show none.
  var duplicates: DuplicateKeys?
  /// The servers that follow this one; empty when there are none, nil when the role may not know.
  var replicas: [Replica]?
  /// Transactions that the build would wait for, the oldest first.
  var transactionsInTheWay: [BlockingTransaction]
  /// Sessions of this database whose transactions the role may not look into.
  var hiddenSessions: Int
  /// Whether a connection pooler stands between, so that a setting may reach another backend.
  var isBehindPooler = false

  /// The index's name with its schema.
  var indexName: RelationName { RelationName(schema: table.schema, name: definition.name ?? "") }

  /// Whether an index says the same as the design.
  func isSame(_ index: CatalogIndex) -> Bool {
    index.design.map { IndexComparison.isSame($0, definition) } ?? false
  }
}

extension PromotionFacts {
  static func read(
    _ definition: IndexDefinition, name: String?, estimatedSizeInBytes: Int64?, olderThan seconds: Double,
    _ session: Session
  ) throws(ServerError) -> PromotionFacts {
    let inTransaction = session.isInTransaction
    let table = try session.relation(definition.table)
    var whole = definition
    whole.table = table.qualifiedName
    whole.name = name ?? definition.name ?? definition.suggestedName
    var facts = PromotionFacts(
      definition: whole, table: table, estimatedSizeInBytes: estimatedSizeInBytes,
      isInTransaction: inTransaction, role: session.facts.role, isInRecovery: session.facts.isInRecovery,
      isAurora: session.facts.isAurora, user: session.facts.user, mayCreateInSchema: false,
      equalIndexes: [], replicas: [],
      transactionsInTheWay: try BlockingTransaction.inTheWay(
        of: table, olderThan: seconds, session), hiddenSessions: 0,
      isBehindPooler: session.facts.isBehindPooler)
    facts.nameTakenBy = try session.namedRelation(facts.indexName)
    let row = try session.read(rightsQuery, [table.schema]).rows.first
    facts.mayCreateInSchema = row?[0] == "t"
    facts.hiddenSessions = row?[1].flatMap { Int($0) } ?? 0
    facts.equalIndexes = try session.indexes(
      session.indexes(of: table).filter { $0.name != whole.name }, sameAs: whole, on: table)
    facts.duplicates = try session.duplicates(of: whole)
    facts.replicas = try session.ifPossible { () throws(ServerError) in try replicas(session) }
    return facts
  }

  /// PostgreSQL 13 or later; `$1` is the table's schema.
  private static let rightsQuery = """
    SELECT has_schema_privilege($1::text, 'CREATE'), (SELECT count(*) FROM pg_stat_activity \
    WHERE datname = current_database() AND query = '<insufficient privilege>')
    """

  private static func replicas(_ session: Session) throws(ServerError) -> [Replica] {
    guard !session.facts.isInRecovery else { return [] }
    // pg_stat_replication knows nothing of Aurora's readers, which share the writer's storage.
    let query =
      session.facts.isAurora
      ? """
      SELECT server_id, replica_lag_in_msec / 1000.0, NULL FROM aurora_replica_status() \
      WHERE session_id <> 'MASTER_SESSION_ID' ORDER BY server_id
      """
      : """
      SELECT coalesce(nullif(application_name, ''), client_addr::text, 'pid ' || pid), \
      extract(epoch FROM replay_lag), pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint \
      FROM pg_stat_replication ORDER BY 1
      """
    return try session.read(query).rows.map { row in
      Replica(
        name: row[0] ?? "", lagInSeconds: row[1].flatMap { Double($0) },
        lagInBytes: row[2].flatMap { Int64($0) })
    }
  }
}
