import IndexDesign
import Postgres
import TestSupport

@testable import Changes
@testable import Server

/// A database with the small shop, a session on it and what a promotion needs.
final class Shop {
  let database: TestDatabase
  let session: Session
  let journal = MemoryJournal()
  /// Everything that was told while something ran, in order.
  private(set) var phases: [String] = []
  /// Called with everything that is told.
  var onProgress: (BuildProgress) -> Void = { _ in }
  /// Where a person's Ctrl-C comes from.
  let interruption: Interruption

  static let context = ChangeContext(
    operatingSystemUser: "ada", operatingSystemHost: "desk", hypoVersion: "1.0", ticket: "OPS-7")

  init(on cluster: TestCluster = .shared, user: String? = nil, setup: String = "") throws {
    database = try cluster.database(.orders)
    if !setup.isEmpty { try database.script(setup) }
    let interruption = try Interruption()
    self.interruption = interruption
    session = try Session(
      target: database.conninfo(user: user),
      interrupts: interruption.interrupts)
  }

  /// What a person does with Ctrl-C, who does it once: a second time means to give up.
  ///
  /// - Parameter phase: what the person sees; of each once.
  func interrupt(in phase: String = "") {
    if interruptedPhases.insert(phase).inserted { interruption.ask() }
  }

  private var interruptedPhases: Set<String> = []

  func plan(_ shortForm: String, as name: String? = nil) throws -> ChangePlan {
    try session.planPromotion(
      of: IndexDefinitionParser.parseShortForm(shortForm).definition, name: name,
      longTransactionsFrom: 0)
  }

  /// Runs the only step of a plan that was confirmed with `--yes`.
  @discardableResult
  func run(
    _ plan: ChangePlan, tableLockTimeout: Duration = .seconds(30), context: ChangeContext = Shop.context
  ) throws -> FinishedChange {
    let runner = ChangeRunner(
      on: session, journal: journal, context: context, tableLockTimeout: tableLockTimeout)
    let finished = try runner.run(
      plan, by: try Self.permit(plan), at: Self.now, progress: { [unowned self] in told($0) })
    guard let first = finished.first, finished.count == 1 else { throw TestProblem("\(finished)") }
    return first
  }

  static let now = Timestamp(secondsSinceEpoch: 1_700_000_000)

  /// A permit for a server that no policy governs.
  static func permit(_ plan: ChangePlan) throws -> Permit {
    try GoverningPolicies([]).permit(plan, .saidYes, at: Moment(now))
  }

  private func told(_ progress: BuildProgress) {
    phases.append(progress.phase)
    onProgress(progress)
  }

  /// A connection whose transaction has a snapshot that is older than everything that comes.
  func oldSnapshot() throws -> Connection {
    let other = try database.connect()
    _ = try other.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
    _ = try other.query("SELECT 1")
    return other
  }

  /// Object id and validity of an index, such as `12345 valid`; nil when there is none.
  func index(_ name: String) throws -> (objectID: UInt32, isValid: Bool)? {
    try database.execute(
      "SELECT indexrelid, indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", [name]
    ).rows.first.map { (UInt32($0[0] ?? "") ?? 0, $0[1] == "t") }
  }
}

let waitingForSnapshots = "waiting for transactions with an old snapshot"
