import Foundation
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// What commands work on, from a session's first command to its last: the session, the handles, the plans seen, the
/// values and the changes. All can read it; it changes by what is done, through its methods.
final class Workspace {
  /// The variables of the process.
  let environment: [String: String]
  /// How servers are reached.
  let access: ServerAccess
  /// The named servers, and which of them the session is on.
  let targets: Targets
  /// What the time is.
  let now: () -> Timestamp
  /// How results are shown; begins as the configuration says.
  private(set) var settings: Settings
  /// The analysis session; nil when there is no connection.
  private(set) var session: Session?
  /// The statements that have a handle.
  private(set) var queries = Queries()
  /// The designs that have a handle.
  private(set) var designs = Designs()
  /// The plans that were shown, for expectations, recordings and what a change was made for.
  private(set) var plans = SeenPlans()
  /// Changes that this session made to a database, oldest first.
  private(set) var changes: [ChangeNumber] = []
  /// What `:name` stands for.
  private(set) var values = NotebookValues()
  /// What the last command has shown that was no capture or expectation: what a path of `let` goes through.
  private(set) var lastResults: [Report] = []
  /// What to connect to when a command first needs a server; nil after that.
  private(set) var pendingTarget: String?
  /// The first failure that any run went on after; nil for none.
  private(set) var firstPassedOver: Failure?
  private var frames = [RunFrame()]
  private var openLedger: Ledger?
  private var keepsSentStatements = false
  /// What sessions that were left had sent and nobody took yet.
  private var sentBefore: [SentStatement] = []

  init(
    environment: [String: String], configuration: Configuration = Configuration(),
    access: ServerAccess = ServerAccess(), now: @escaping () -> Timestamp = Workspace.clock
  ) {
    (self.environment, self.access, self.now) = (environment, access, now)
    targets = Targets(configuration)
    settings = configuration.settings
  }

  /// What the computer says that the time is.
  static let clock: @Sendable () -> Timestamp = {
    Timestamp(secondsSinceEpoch: Date().timeIntervalSince1970)
  }

  /// The ledger; its file is touched only when something is read from it or written to it.
  func ledger() throws -> Ledger {
    if let openLedger { return openLedger }
    let ledger = Ledger(path: try Ledger.defaultPath(environment: environment))
    openLedger = ledger
    return ledger
  }

  // MARK: The session

  /// The session; the first command that needs one connects.
  ///
  /// - Throws: `Failure` when there is no target or no connection.
  func connected() throws -> Session {
    if let session {
      session.plannedFunctionRule = settings.planFunctions
      return session
    }
    guard let target = pendingTarget else {
      throw Failure(
        .connection, "there is no connection",
        hint: "connect TARGET connects to a server; connect sandbox starts a private one to try things on")
    }
    pendingTarget = nil
    return try connect(to: target)
  }

  /// Leaves it to the first command that needs a server to connect; nil leaves it to `connect`.
  func connectLater(to target: String?) { pendingTarget = target }

  /// Opens a session and takes it in the place of the old one, which is left only when the new one stands.
  ///
  /// - Parameter name: the named target that it is opened by, or `sandbox`; nil for any other.
  func open(_ target: ConnectionTarget, by name: (Session) -> String?) throws(ServerError) -> Session {
    var options = SessionOptions()
    options.keepsSentStatements = keepsSentStatements
    let new = try access.open(target, options)
    new.plannedFunctionRule = settings.planFunctions
    let name = name(new)
    disconnect()
    session = new
    targets.reached(new.place, openedBy: name)
    pendingTarget = nil
    return new
  }

  /// Ends the session. The designs stay, as proposals.
  func disconnect() {
    guard let session else { return }
    session.close()
    sentBefore += session.takeSentStatements()
    self.session = nil
    targets.left()
    designs.proposeAgain { _ in true }
  }

  /// Whether designs are still known to the backend; those that a new one could not make again are proposals.
  func proposeLostDesigns() {
    guard let session else { return }
    designs.proposeAgain { !session.hypotheticals.isActive($0) }
    // One that was made again may be on another table of that name.
    for active in session.hypotheticals.active {
      designs.update(active.handle) {
        ($0.estimatedSizeInBytes, $0.partitions) = (active.estimatedSizeInBytes, active.partitions)
      }
    }
  }

  /// Makes designs again whose table was made again; those whose table is gone are proposals.
  func renewDesigns() throws {
    try session?.hypotheticals.renew()
    proposeLostDesigns()
  }

  /// Has sessions keep what they send, for the evidence of a run.
  func keepSentStatements() {
    keepsSentStatements = true
    session?.keepsSentStatements = true
  }

  /// What was sent since the last call, oldest first; empty while nothing is kept.
  func takeSentStatements() -> [SentStatement] {
    defer { sentBefore = [] }
    return sentBefore + (session?.takeSentStatements() ?? [])
  }

  // MARK: What commands leave

  /// Takes a value of a setting.
  func set(_ entry: Settings.Entry, to value: String) { entry.set(&settings, value) }

  /// Gives a statement of pg_stat_statements its handle, the same one every time.
  func ranked(_ statistics: StatementStatistics) -> Query {
    let server = session.map { "\($0.address.host):\($0.address.port)/\($0.facts.database)" } ?? ""
    return made(queries.add(statistics, target: server))
  }

  /// Names a statement; an earlier one of that name gives way.
  func name(_ name: String, _ statement: String) -> Query { made(queries.name(name, statement)) }

  /// Binds a number to a statement, whatever `top` gave it to.
  func bind(_ number: Int, _ statement: String, queryID: String?) -> Query {
    made(queries.bind(number, statement, queryID: queryID))
  }

  private func made(_ query: Query) -> Query {
    queries.note(place, of: query.handle)
    return query
  }

  /// Gives an index design its handle; an equal one gets the earlier one's back.
  ///
  /// - Parameters:
  ///   - partitions: the names of the table's partitions; empty when it has none.
  ///   - handle: the handle that it must get; nil for the next one.
  /// - Throws: `Failure` when the handle or the definition has another one.
  func design(
    _ definition: IndexDefinition, partitions: Set<String>, as handle: DesignHandle? = nil
  ) throws(Failure) -> Design {
    let design = try designs.add(definition, partitions: partitions, as: handle)
    designs.note(place, of: design.handle)
    return design
  }

  /// Forgets what was done to designs since; a number that nobody was shown is given to the next one.
  func restore(_ earlier: Designs) { designs = earlier }

  /// Notes where a design is in its life now.
  func note(_ state: Design.State, of design: DesignHandle) { designs.update(design) { $0.state = state } }

  /// Notes that a design is hypothetical, and the size that HypoPG estimates.
  func noteHypothetical(_ design: DesignHandle, estimatedSizeInBytes: Int64) {
    designs.update(design) {
      $0.state = .hypothetical
      $0.estimatedSizeInBytes = estimatedSizeInBytes
    }
    designs.note(place, of: design)
  }

  /// Notes that a design stands as an index of a name.
  func notePromoted(_ design: DesignHandle, as name: String, by change: ChangeNumber) {
    designs.update(design) {
      $0.state = .promoted(change)
      ($0.earlierName, $0.definition.name) = ($0.definition.name, name)
    }
  }

  /// Notes that the index of a design was dropped again, which takes its name back, too.
  func noteRolledBack(_ design: DesignHandle, by change: ChangeNumber) {
    designs.update(design) {
      $0.state = .rolledBack(change)
      ($0.definition.name, $0.earlierName) = ($0.earlierName, nil)
    }
  }

  /// Notes what became of promoted designs in other sessions, as far as the ledger can be read.
  func noteRollbacksElsewhere() {
    for design in designs.all {
      guard case .promoted(let change) = design.state,
        let record = try? ledger().change(change), let undoing = record.rolledBackBy
      else { continue }
      noteRolledBack(design.handle, by: undoing)
    }
  }

  /// Notes a change that has begun.
  func note(_ change: ChangeNumber) { changes.append(change) }

  /// Keeps what was planned, for `show plan`, expectations and the next bare command.
  func remember(_ explanation: Explanation, of query: Query) {
    queries.remember(query)
    plans.remember(explanation, of: query.handle, in: place)
  }

  /// Keeps what a command has shown, for `let`.
  func keep(results: [Report]) { lastResults = results }

  /// Has `:name` stand for a value from here on; nil takes it away.
  func capture(_ value: String?, as name: String) { values[name] = value }

  // MARK: The run

  /// What belongs to the run that goes on.
  var frame: RunFrame { frames[frames.count - 1] }

  /// Runs a script or notebook in a frame of its own, which ends with it.
  func run<Result>(in frame: RunFrame, _ body: () throws -> Result) rethrows -> Result {
    frames.append(frame)
    defer { frames.removeLast() }
    return try body()
  }

  /// Whether a file runs, itself or by what it runs.
  func isRunning(_ file: String) -> Bool { frames.contains { $0.file == file } }

  /// Lets a failure that was passed over fail the whole run from here on.
  func beStrict() { frames[frames.count - 1].isStrict = true }

  /// Notes a failure that a run goes on after.
  func passOver(_ failure: Failure) { firstPassedOver = firstPassedOver ?? failure }

  /// What this run does when a later step fails.
  func react(by reaction: FailureReaction) { frames[frames.count - 1].onFail = reaction }

  /// Keeps a failure that the next `expect error` is there for; nil forgets it.
  func foresee(_ failure: Failure?) { frames[frames.count - 1].foreseenFailure = failure }
}
