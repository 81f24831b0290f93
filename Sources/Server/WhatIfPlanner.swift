public import IndexDesign
internal import Postgres

/// A live server's planner as a cost model: it plans statements under sets of hypothetical indexes, in batches.
///
/// It works in sessions of its own beside a person's: the same server, role, password and planner settings, so
/// that it plans as the person's session would, and never touches the designs there. Nothing is executed, and
/// every transaction is read-only. Designs with expressions or a condition are made as a person's are: in the words to
/// which the planner simplifies them. What was planned once is known from then on: make a new planner when
/// statistics, indexes or settings have changed.
public final class WhatIfPlanner: CostModel {
  /// How many plans the server was asked for; an answer that was known already counts nothing.
  public private(set) var planCount = 0

  let crew: WhatIfCrew
  private var memory = WhatIfMemory()

  /// Opens the first session.
  ///
  /// - Parameters:
  ///   - session: the session to work beside; it is asked for its settings, once.
  ///   - connections: the most sessions that work at the same time, at least 1; a second one is opened when a
  ///     batch has enough to do.
  /// - Throws: `ServerError`: no connection, or HypoPG cannot be used here.
  public init(beside session: Session, connections: Int = 1) throws(ServerError) {
    _ = try session.requireHypoPG()
    crew = try WhatIfCrew(beside: session, atMost: max(1, connections))
  }

  /// Plans what is not known yet, and answers in the order of the requests.
  ///
  /// - Throws: `ServerError` with code `.cancelled` when the person stops it, `.connection` when a session that
  ///   was lost cannot be opened again.
  public func answers(to requests: [CostRequest]) throws(ServerError) -> [CostAnswer] {
    let lookups = try memory.lookups(of: requests, resolvedBy: crew.first().session)
    for design in memory.untriedDesigns {
      do { memory.note(try crew.tryOut(memory.designs[design].definition), ofDesign: design) } catch {
        // A backend that is lost over it says something of the design, too.
        guard error.isRefusal || error.code == .lost else { throw error }
        memory.note(PlanningFailure(error), ofDesign: design)
      }
    }
    let run = WhatIfRun(memory, crew)
    for lookup in lookups where memory.refusal(of: lookup) == nil && memory.answer(to: lookup) == nil {
      run.add(lookup)
    }
    // What was learnt stays, whatever ends the batch.
    defer {
      planCount += run.planCount
      memory = run.memory
    }
    try run.finish()
    return lookups.map { run.answer(to: $0) }
  }
}
