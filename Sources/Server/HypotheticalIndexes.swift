public import IndexDesign
internal import Postgres

/// The hypothetical indexes of a session: what HypoPG holds in the session's backend, by handle.
///
/// HypoPG's object ids and names stay in here. A definition is read once, when the index is made,
/// because asking again after the table was dropped crashes the server (HypoPG 1.3 and 1.4).
public final class HypotheticalIndexes {
  /// A design that the planner can see.
  public struct Active: Equatable, Sendable {
    /// The design's handle.
    public var handle: DesignHandle
    /// What HypoPG was given.
    public var statement: String
    /// Whether the planner simplifies the design's expressions or condition, so that HypoPG was given other words than
    /// were typed.
    public var isFolded = false
    /// Whether HypoPG recognises it where the planner would recognise the real index.
    public var matching = DesignMatching.works
    /// What the server made of it: names resolved, defaults left out.
    public var canonicalDefinition: String
    /// HypoPG's estimate of the size.
    public var estimatedSizeInBytes: Int64
    /// The names of its table's partitions, which plans name in its place; empty when it has none.
    public var partitions: Set<String> = []
    /// Warnings that HypoPG gave when it was made.
    public var warnings: [String]
    /// The functions of its expressions and its condition that planning can run and that hypo cannot vouch for; nil for
    /// none.
    public internal(set) var plannedFunctions: PlannedFunctions?
    /// The statement that HypoPG was given, read once; nil when it holds what the parser does not know.
    var definition: IndexDefinition?
    var objectID: String
    var hypopgName: String
    /// What was typed; nil when it was made from a statement.
    var typed: IndexDefinition?
    /// The table and its columns when it was made; nil when that is not known.
    var footing: TableFooting?
    /// What tells how high its B-tree would be; nil for other access methods, and when that is not known.
    var tree: HypotheticalTree?
  }

  weak var session: Session?
  /// The active designs in the order in which they were made.
  public internal(set) var active: [Active] = [] {
    didSet { (glance, knownHidingStep) = (nil, nil) }
  }
  /// What `hidingStep` gave when the designs were known to fit their tables; nil when they have to be looked at.
  var glance: [[String?]]?
  var knownHidingStep: PipelineStep?
  /// Whether the planner sees them; `hypo off` hides all at once.
  public private(set) var isEnabled = true

  /// HypoPG's names of the active designs, for the reader of plans.
  var handlesByName: [String: DesignHandle] {
    Dictionary(active.map { ($0.hypopgName, $0.handle) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a design is active.
  public func isActive(_ handle: DesignHandle) -> Bool { active.contains { $0.handle == handle } }

  /// Makes a hypothetical index of a design, as the planner would see the real one.
  ///
  /// - Parameter partitions: the names of the table's partitions; empty when it has none.
  /// - Throws: `ServerError`; nothing is made then.
  @discardableResult
  public func add(
    _ handle: DesignHandle, _ definition: IndexDefinition, partitions: Set<String> = []
  ) throws(ServerError) -> Active {
    let typed = definition.hypotheticalStatement
    let session = try usable()
    if let same = active.first(where: { $0.handle == handle }) { return same }
    try session.refuseFunctions(in: typed)
    let folded = try session.folded(definition)
    var made: Active
    if folded != definition,
      let quick = try session.ifPossible({ () throws(ServerError) in
        try add(handle, statement: folded.hypotheticalStatement)
      })
    {
      made = quick
      made.isFolded = true
    } else {
      // What HypoPG says of the typed words is what a person can act on.
      made = try add(handle, statement: typed)
    }
    do {
      (made.partitions, made.matching) = (partitions, try session.matching(definition, made))
      (made.typed, made.footing) = (definition, try session.footing(of: definition))
      made.tree = try session.tree(of: definition, sizeInBytes: made.estimatedSizeInBytes)
      made.plannedFunctions = try session.plannedFunctions(in: typed)
    } catch {
      // Nothing is half made.
      if session.connection.isAlive { try? drop(handle) } else { active.removeAll { $0.handle == handle } }
      throw error
    }
    active[active.count - 1] = made
    return made
  }

  /// Makes a hypothetical index.
  ///
  /// - Parameter statement: a complete `CREATE INDEX`; sent as a value, never as SQL.
  /// - Throws: `ServerError`; nothing is made then.
  @discardableResult
  func add(_ handle: DesignHandle, statement: String) throws(ServerError) -> Active {
    let session = try usable()
    if let same = active.first(where: { $0.handle == handle }) { return same }
    do { try session.ensureConnected() } catch { throw ServerError(error) }
    let made = try make(handle, statement, session)
    active.append(made)
    return made
  }

  /// Takes one design from the planner's sight.
  public func drop(_ handle: DesignHandle) throws(ServerError) {
    let session = try usable()
    // A new backend knows only what is in `active`.
    do { try session.ensureConnected() } catch { throw ServerError(error) }
    guard let index = active.firstIndex(where: { $0.handle == handle }) else { return }
    _ = try session.read("SELECT \(schema).hypopg_drop_index($1::oid)", [active[index].objectID])
    active.remove(at: index)
  }

  /// Takes every design from the planner's sight.
  public func reset() throws(ServerError) {
    let session = try usable()
    _ = try session.read("SELECT \(schema).hypopg_reset()")
    active = []
  }

  /// Lets the planner see the designs, or hides all of them.
  public func setEnabled(_ enabled: Bool) throws(ServerError) {
    let session = try usable()
    do {
      try session.ensureConnected()
      _ = try session.connection.query(Session.mark + "SET hypopg.enabled = \(enabled ? "on" : "off")")
    } catch { throw ServerError(error) }
    isEnabled = enabled
  }

  /// Takes over what raw SQL made of `hypopg.enabled`.
  func noteEnabled(_ enabled: Bool) { isEnabled = enabled }

  /// Makes every active design again in a new backend.
  func restore(_ restoration: inout Restoration) {
    guard let session, !active.isEmpty || !isEnabled else { return }
    let wanted = active
    active = []
    for design in wanted {
      do {
        var made = try make(design.handle, design.statement, session)
        (made.isFolded, made.matching, made.partitions) = (
          design.isFolded, design.matching, design.partitions
        )
        // What has changed meanwhile is found out before the next plan.
        (made.typed, made.footing, made.tree) = (design.typed, design.footing, design.tree)
        active.append(made)
        restoration.designs.append(design.handle)
      } catch {
        restoration.lost.append("\(design.handle): \(error.message)")
      }
    }
    if !isEnabled { _ = try? session.connection.query(Session.mark + "SET hypopg.enabled = off") }
  }

  private var schema: String { session?.facts.hypopg?.schema ?? "public" }

  private func usable() throws(ServerError) -> Session {
    guard let session else { throw ServerError(.refused, "the session is closed") }
    _ = try session.requireHypoPG()
    return session
  }

  /// One statement, one index: HypoPG itself would take several.
  private func make(
    _ handle: DesignHandle, _ statement: String, _ session: Session
  ) throws(ServerError) -> Active {
    let sql = """
      SELECT indexrelid, indexname, \(schema).hypopg_get_indexdef(indexrelid), \
      \(schema).hypopg_relation_size(indexrelid) FROM \(schema).hypopg_create_index($1)
      """
    let result: QueryResult
    do { result = try session.run([.query(Session.mark + sql, [statement])])[0] } catch {
      var error = ServerError(error.error)
      // What PostgreSQL says when HypoPG asks it for an object id there.
      if session.facts.isInRecovery, error.message == "cannot assign OIDs during recovery" {
        error.hint = Prerequisite.designsOnStandby
      }
      throw error
    }
    guard result.rows.count == 1, let objectID = result.rows[0][0], let name = result.rows[0][1] else {
      for row in result.rows {
        _ = try? session.read("SELECT \(schema).hypopg_drop_index($1::oid)", [row[0]])
      }
      throw ServerError(
        .unexpectedAnswer, "HypoPG made \(result.rows.count) hypothetical indexes where one was asked for")
    }
    return Active(
      handle: handle, statement: statement, canonicalDefinition: result.rows[0][2] ?? statement,
      estimatedSizeInBytes: result.rows[0][3].flatMap { Int64($0) } ?? 0,
      warnings: result.notices.filter { $0.severity == "WARNING" }.map(\.message),
      definition: try? IndexDefinitionParser.parseCreateIndex(statement).definition, objectID: objectID,
      hypopgName: name)
  }
}
