public import IndexDesign
package import Postgres

/// The analysis session: one backend that holds the hypothetical indexes and is only ever read from.
///
/// Everything that it sends runs inside a read-only transaction with time-outs. When the backend is
/// lost, the next call makes a new one and brings back what the old one held.
public final class Session {
  /// What a person should hear of that happened beside the command that was given.
  public enum Event: Equatable, Sendable {
    /// A new backend took the place of a lost one.
    case reconnected(Restoration)
    /// A notice or warning of the server.
    case notice(severity: String, message: String)
  }

  /// What hypo puts into its own statements: `mark + "SELECT 1"`.
  package static let mark = StatementMark()
  static let commit = PipelineStep.query(mark + "COMMIT")

  /// What is known of the server; renewed when a lost backend is replaced.
  public internal(set) var facts: ServerFacts
  /// Whom hypo talks to, without a password.
  public var address: ServerAddress { ServerAddress(link) }
  /// The designs that HypoPG holds for this session.
  public private(set) var hypotheticals: HypotheticalIndexes

  /// What was connected with, for the connections of changes; it may hold a password.
  package let parameters: ConnectionParameters
  let options: SessionOptions
  /// What ends a wait early, for the connections of changes, too; nil for nothing.
  package let interrupts: Interrupts?
  /// Shared with the connections of changes.
  package let waiting: WaitingTime
  /// Shared with the connections of changes.
  package let sent: SentStatements
  /// The backend. Whoever uses it ends what was sent ahead.
  var connection: Connection {
    get {
      endAhead()
      return link
    }
    set {
      endAhead()
      link = newValue
    }
  }
  /// The backend, also while something that was sent ahead is under way on it.
  var link: Connection
  /// What was sent before it was asked for.
  var ahead = QuestionsAhead()
  /// Settings that were changed by SQL in this session, by name, for a new backend.
  var changedSettings: [String: String] = [:]
  /// Whether the person opened a transaction that has not ended.
  var isTransactionWanted = false
  /// How statements were prepared that the server had refused at first, by their texts.
  var mendedStatements: [String: GenericPlanAttempt] = [:]
  /// Names of tables that do not lack statistics.
  var tablesWithStatistics: Set<String> = []
  /// What is to be done when planning can run functions of which nobody knows what they do.
  public var plannedFunctionRule = PlannedFunctionRule.warn
  /// Functions, operators and tables by their names that bring no such function into a plan.
  var namesWithoutFunctions: Set<String> = []
  /// Statements without their constants that have only such names.
  var shapesWithoutFunctions: Set<String> = []
  private var events: [Event] = []

  /// Connects and prepares the backend.
  ///
  /// - Parameters:
  ///   - target: conninfo, URI or database name; empty means libpq's defaults.
  ///   - overrides: keywords and values over those of `target`.
  ///   - interrupts: what ends a wait early.
  ///   - password: asked when the server wants one that libpq cannot find.
  /// - Throws: `ServerError` with code `.connection` or `.cancelled`.
  public convenience init(
    target: String, overrides: [String: String] = [:], options: SessionOptions = SessionOptions(),
    interrupts: Interrupts? = nil, password: (() -> String?)? = nil
  ) throws(ServerError) {
    let parameters = try ConnectionTarget(target).parameters.merging(overrides)
    try self.init(
      ConnectionTarget(keywords: parameters.values), options: options, interrupts: interrupts,
      password: password)
  }

  /// Connects and prepares the backend.
  ///
  /// - Parameters:
  ///   - interrupts: what ends a wait early.
  ///   - password: asked when the server wants one that libpq cannot find.
  /// - Throws: `ServerError` with code `.connection` or `.cancelled`.
  public convenience init(
    _ target: ConnectionTarget, options: SessionOptions = SessionOptions(),
    interrupts: Interrupts? = nil, password: (() -> String?)? = nil
  ) throws(ServerError) {
    let sent = SentStatements()
    sent.isKept = options.keepsSentStatements
    try self.init(
      parameters: target.parameters, options: options, interrupts: interrupts, waiting: WaitingTime(),
      sent: sent,
      password: password)
  }

  init(
    parameters: ConnectionParameters, options: SessionOptions, interrupts: Interrupts?, waiting: WaitingTime,
    sent: SentStatements, password: (() -> String?)?
  ) throws(ServerError) {
    do {
      var parameters = parameters
      if parameters["fallback_application_name"] == nil {
        parameters["fallback_application_name"] = options.applicationName
      }
      let connection = try Connection(
        parameters.noticingLoss, interrupts: interrupts, waiting: waiting,
        tap: SentStatementsTap(sent, .analysis),
        password: password)
      // What the person typed is needed again when the backend is lost.
      if let typed = connection.typedPassword { parameters["password"] = typed }
      self.parameters = parameters
      link = connection
      facts = try Self.prepare(connection, options)
    } catch {
      throw ServerError(error)
    }
    self.options = options
    self.interrupts = interrupts
    self.waiting = waiting
    self.sent = sent
    hypotheticals = HypotheticalIndexes()
    hypotheticals.session = self
  }

  /// Gives the new backend its settings and learns who it is: one round trip.
  static func prepare(_ connection: Connection, _ options: SessionOptions) throws(PostgresError)
    -> ServerFacts
  {
    do {
      let results = try connection.pipeline([
        OwnCounting.step(of: connection), options.step(forSessionOf: connection.backendPID),
        LoadedLibraries.step(of: connection),
        .query(mark + "BEGIN READ ONLY"), .query(ownSearchPath), .query(mark + ServerFacts.query),
        .query(mark + "COMMIT"),
      ])
      return ServerFacts(
        row: results[5].rows[0], clientBackendPID: connection.backendPID,
        ownCounting: OwnCounting(row: results[0].rows[0]))
    } catch {
      throw error.error
    }
  }

  /// Asks the server again for what may have changed since connecting, such as its role or extensions.
  public func renewFacts() throws(ServerError) {
    facts = ServerFacts(
      row: try read(ServerFacts.query).rows[0], clientBackendPID: connection.backendPID,
      ownCounting: facts.ownCounting)
  }

  /// Aurora's own version, which is not PostgreSQL's; nil on every other server.
  public func auroraVersion() throws(ServerError) -> String? {
    facts.isAurora ? try read("SELECT aurora_version()").value : nil
  }

  /// Leaves the server as it was found: the hypothetical indexes are gone behind a pooler, too.
  public func close() {
    guard !connection.wasClosedByServer, facts.hypopg != nil, !hypotheticals.active.isEmpty else { return }
    if connection.transactionStatus == .failed { _ = try? connection.query(Self.mark + "ROLLBACK") }
    try? hypotheticals.reset()
  }

  /// What happened since the last call, oldest first.
  public func takeEvents() -> [Event] {
    defer { events = [] }
    return events
  }

  /// Keeps what a person should hear until it is taken.
  package func tell(_ event: Event) { events.append(event) }

  /// How long this session and the connections of its changes have waited for the server, from the first
  /// connection attempt on.
  public var timeWaitedForServer: Duration { waiting.total }

  /// Whether a transaction is open because the person opened one.
  public var isInTransaction: Bool {
    isTransactionWanted && connection.transactionStatus != .idle && connection.isAlive
  }

  /// Whether the transaction that is open has failed, so that only its end is accepted.
  public var isTransactionFailed: Bool { isInTransaction && connection.transactionStatus == .failed }

  // MARK: Reading

  /// Runs steps inside one read-only transaction, or inside the person's own behind a savepoint.
  func run(_ steps: [PipelineStep]) throws(PipelineError) -> [QueryResult] {
    do { try ensureConnected() } catch { throw PipelineError(step: -1, error: error) }
    if let results = try takeAhead(steps) { return results }
    let status = connection.transactionStatus
    let inside = status == .open
    // Behind a pooler the backend is somebody else's when the transaction has ended, and no rollback takes it back.
    let prepared = facts.isBehindPooler ? steps.lazy.compactMap(\.preparedName).first : nil
    let savepoint = PipelineStep.query(Self.mark + "SAVEPOINT hypo")
    let before = inside ? [savepoint] : begin("BEGIN READ ONLY") + (prepared == nil ? [] : [savepoint])
    // What the steps set locally would outlive a mere release, up to the end of the person's transaction.
    let after = inside ? ["ROLLBACK TO SAVEPOINT hypo", "RELEASE SAVEPOINT hypo"] : ["COMMIT"]
    do {
      let results = try connection.pipeline(before + steps + after.map { .query(Self.mark + $0) })
      return Array(results[before.count..<before.count + steps.count])
    } catch {
      // A transaction that had failed before is the person's to end.
      if connection.isAlive, status != .failed, connection.transactionStatus != .idle {
        if let prepared {
          _ = try? connection.query(Self.mark + "ROLLBACK TO SAVEPOINT hypo")
          _ = try? connection.query(Self.mark + "DEALLOCATE \(prepared)")
        }
        _ = try? connection.query(Self.mark + (inside ? "ROLLBACK TO SAVEPOINT hypo" : "ROLLBACK"))
      }
      throw PipelineError(step: error.step - before.count, error: error.error)
    }
  }

  /// What begins a transaction. Behind a pooler it also brings the session's settings and the person's, which end with it.
  func begin(_ statement: String) -> [PipelineStep] {
    let start = [PipelineStep.query(Self.mark + statement)]
    guard facts.isBehindPooler else { return start }
    return start + [options.stepForTransaction]
      + changedSettings.sorted { $0.key < $1.key }.map { Self.setting($0.key, $0.value) }
  }

  // MARK: A lost backend

  /// Makes a new backend when the old one is gone, and brings back what it held.
  func ensureConnected() throws(PostgresError) {
    guard link.wasClosedByServer else { return }
    // Taken over only when it is ready: an attempt that fails or is stopped leaves the next one all to do.
    let new = try Connection(
      parameters.noticingLoss, interrupts: interrupts, waiting: waiting,
      tap: SentStatementsTap(sent, .analysis))
    let newFacts = try Self.prepare(new, options)
    let lost = facts
    (connection, facts) = (new, newFacts)
    var restoration = Restoration(backendPID: facts.backendPID)
    if isTransactionWanted { restoration.lost.append("the open transaction") }
    isTransactionWanted = false
    if lost.isInRecovery != facts.isInRecovery {
      restoration.lost.append("the role \(lost.role): it is now \(facts.role)")
    }
    restoreSettings(&restoration)
    hypotheticals.restore(&restoration)
    tell(.reconnected(restoration))
  }

  /// The settings that were made in this session by whatever statement, by name.
  func sessionSettings() throws(PostgresError) -> [String: String] {
    let rows = try connection.query(
      Self.mark + "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' "
        + "AND name NOT IN ('client_encoding', 'hypopg.enabled', '\(OwnCounting.setting)', "
        + "'\(LoadedLibraries.logging)', '\(LoadedLibraries.hints)')"
    ).rows
    return Dictionary(rows.map { ($0[0] ?? "", $0[1] ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// The settings that a person has changed and a script may change, by name, in the server's own units.
  public var personalSettings: [String: String] {
    let own = Set(options.settings.map(\.name))
    return changedSettings.filter { AnalysisSetting.isAllowed($0.key) && !own.contains($0.key) }
  }

  private func restoreSettings(_ restoration: inout Restoration) {
    // Behind a pooler each transaction brings them.
    guard !changedSettings.isEmpty, !facts.isBehindPooler else { return }
    let new = (try? sessionSettings()) ?? [:]
    for (name, value) in changedSettings.sorted(by: { $0.key < $1.key }) where new[name] != value {
      do {
        _ = try connection.query(Self.mark + "SELECT pg_catalog.set_config($1, $2, false)", [name, value])
        restoration.settings.append(name)
      } catch {
        restoration.lost.append("the setting \(name): \(error.message)")
      }
    }
  }
}

/// What a new backend got of what the lost one held.
public struct Restoration: Equatable, Sendable {
  /// The new backend.
  public var backendPID: Int32
  /// Designs that were made again, in order.
  public var designs: [DesignHandle] = []
  /// Names of settings that were set again.
  public var settings: [String] = []
  /// What could not be brought back, in words.
  public var lost: [String] = []
}

/// Where a session is connected to, for people and records; never holds a password.
public struct ServerAddress: Equatable, Sendable {
  /// Host name, address or socket folder that answered.
  public var host: String
  /// The port.
  public var port: String
  /// The database.
  public var database: String
  /// The role that logged in.
  public var user: String
  /// Whether the traffic is encrypted.
  public var usesTLS: Bool

  init(_ connection: Connection) {
    host = connection.host
    port = connection.port
    database = connection.database
    user = connection.user
    usesTLS = connection.usesTLS
  }
}
