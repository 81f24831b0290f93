internal import IndexDesign
internal import Postgres
internal import Server

/// The turn to change one table, which one change connection of hypo has at a time.
///
/// Two concurrent builds on one table at once wait for each other's snapshots: a deadlock, after which one of them
/// leaves an invalid index. So a change takes an advisory lock before its first statement. The lock belongs to the
/// connection and goes with it, also when hypo is killed.
///
/// The key is a pair of numbers: `namespace`, and the table's object id. PostgreSQL itself adds the database to it.
/// Whoever waits asks again and again and holds no snapshot meanwhile, for the build in front would wait for that.
///
/// Source: PostgreSQL manual, "Advisory Locks", and `pg_locks` for how its columns show the two numbers.
struct TableTurn {
  /// The FNV-1a hash of the text `hypo: change of a table` in 32 bits, as a signed number.
  static let namespace = hash("hypo: change of a table")

  private let table: ChangedTable
  private let change: ChangeConnection
  private let watch: ChangeWatch

  init(of table: ChangedTable, _ change: ChangeConnection, _ watch: ChangeWatch) {
    self.table = table
    self.change = change
    self.watch = watch
  }

  /// Waits for the turn and takes it.
  ///
  /// - Parameter tell: called about once a second while another change has the turn.
  /// - Throws: `ServerError` with SQLSTATE 55P03 and who has the turn when that takes too long, and with code
  ///   `.cancelled` when the person does not want to wait.
  func take(atMost limit: Duration, tell: (BuildProgress) -> Void) throws(ServerError) {
    let started = ContinuousClock.now
    var lastTold: ContinuousClock.Instant?
    while try !isTaken() {
      // The watching connection looks on, so that the evidence of a run holds few tries.
      while let holder = try holder() {
        let waited = ContinuousClock.now - started
        guard waited < limit else { throw Self.refusal(table, limit, holder) }
        if lastTold.map({ .now - $0 >= .seconds(1) }) ?? true {
          lastTold = .now
          tell(BuildProgress("waiting for another change of the table", waitsFor: [holder], elapsed: waited))
        }
        change.pause(milliseconds: 100)
        guard !change.isCancelWanted else {
          throw ServerError(.cancelled, "cancelled while another change of the table was waited for")
        }
      }
    }
  }

  private func isTaken() throws(ServerError) -> Bool {
    try change.run(
      Session.mark
        + "SELECT pg_catalog.pg_try_advisory_lock(\(Self.namespace), \(Int32(bitPattern: table.objectID)))"
    ).value == "t"
  }

  private func holder() throws(ServerError) -> BlockingTransaction? {
    try change.ask(
      Self.holderQuery, [String(UInt32(bitPattern: Self.namespace)), String(table.objectID)]
    ).first.map(BlockingTransaction.init(row:))
  }

  /// PostgreSQL 13 or later; `$1` and `$2` are the two numbers of the key. Columns as `BlockingTransaction.columns`,
  /// but for the age, which is that of the connection: it was opened for the change, whose transactions are many.
  private static let holderQuery = """
    SELECT a.pid, NULL, a.usename, nullif(a.application_name, ''), a.state, \
    extract(epoch FROM clock_timestamp() - a.backend_start), extract(epoch FROM a.backend_start), \
    left(nullif(a.query, '<insufficient privilege>'), 200) \
    FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted \
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
    AND l.classid = $1::oid AND l.objid = $2::oid AND l.objsubid = 2 LIMIT 1
    """

  private static func refusal(
    _ table: ChangedTable, _ limit: Duration, _ holder: BlockingTransaction
  ) -> ServerError {
    ServerError(
      .statement,
      "could not change table \(Session.inQuotes(table.name.sql)) within \(limit.words): "
        + "another change of hypo has its turn, \(holder.turn)",
      sqlState: "55P03", detail: "Nothing was built or dropped.",
      hint: "let the other change end and try again")
  }

  /// Source: the FNV hash's public description by its authors, 32-bit offset basis and prime.
  private static func hash(_ text: String) -> Int32 {
    Int32(bitPattern: text.utf8.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }
}
