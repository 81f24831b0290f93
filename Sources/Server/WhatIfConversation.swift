internal import IndexDesign
internal import Postgres

/// A question to the server: one statement, with the designs that are made for it.
struct WhatIfQuestion {
  var key: WhatIfMemory.Key
  /// The designs to be made, in order; those on other tables too, so that questions can share a set.
  var set: [Int]
  var wantsPlan: Bool
  /// How often its statement had been changed after a refusal when it was sent.
  var mends = 0
  /// How often the backend was lost while this was planned.
  var losses = 0
}

/// Questions under one set of designs that go to the server in one group.
struct WhatIfChunk {
  var set: [Int]
  /// The numbers of the questions.
  var questions: [Int]
  /// Whether nothing else may be under way: one of these may be what ended a backend.
  var isAlone = false
}

/// What came of a chunk, question by question.
enum WhatIfEvent {
  /// The server made a plan, under HypoPG's names for its designs.
  case planned(question: Int, text: String, names: [String: Int])
  /// The server refused the statement.
  case failed(question: Int, PostgresError)
  /// These were not reached, or what they got counts for nothing.
  case notReached([Int])
  /// The set could not be made.
  case setFailed(WhatIfChunk, ServerError)
  /// The backend is gone, and it was working on this.
  case lost(WhatIfChunk, ServerError)
}

/// What is said on one backend: which designs HypoPG holds there, and the groups that are under way.
///
/// Pure: it makes the steps and reads the outcomes; a planner sends them. Designs that two sets begin with stay,
/// which keeps the order in which they were made, and so the planner's choice between equals. The steps are one
/// transaction that nobody could make writable; HypoPG's state outlives it, whatever its end.
struct WhatIfConversation {
  private struct Sent {
    var chunk: WhatIfChunk
    /// How many designs of the set before stay.
    var kept: Int
    /// The step that makes the rest; nil when nothing is missing.
    var making: Int?
    /// For each question the first of its steps, and the one that gives the plan.
    var parts: [(question: Int, first: Int, answer: Int)] = []
    /// Whether the backend does not hold what this was planned for.
    var isStale = false
  }

  /// HypoPG's functions, by their schema as it stands in SQL.
  let schema: String
  /// Whether pg_stat_statements counts what the backend does; EXPLAIN then has one text for all statements.
  let leavesEntries: Bool
  /// Whether HypoPG may give up, between two groups, what it held; each group makes its own designs then.
  let invalidatesDesigns: Bool
  /// What HypoPG will hold when everything under way has run; nil when it is not known.
  private var set: [Int]? = []
  /// What HypoPG held at the last outcome, in the order of making.
  private var names: [(name: String, design: Int)] = []
  /// Object ids that were used since the last reset. Source: HypoPG's `hypo_getNewOid`: a drop gives none back.
  private var objectIDs = 0
  private var sent: [Sent] = []
  private var isLost = false

  /// A backend that holds nothing yet.
  init(schema: String, leavesEntries: Bool = false, invalidatesDesigns: Bool = false) {
    self.schema = schema
    self.leavesEntries = leavesEntries
    self.invalidatesDesigns = invalidatesDesigns
  }

  /// Whether nothing is under way.
  var isIdle: Bool { sent.isEmpty }

  /// Whether what is under way may not have company.
  var isAlone: Bool { sent.contains { $0.chunk.isAlone } }

  /// HypoPG has about 2,500 object ids for a backend.
  static let mostObjectIDs = 2_000

  // MARK: Sending

  /// The group of steps for a chunk.
  mutating func steps(for chunk: WhatIfChunk, _ questions: [WhatIfQuestion], _ memory: WhatIfMemory)
    -> [PipelineStep]
  {
    // A utility statement: HypoPG would take the next ordinary one for an EXPLAIN after one that failed.
    var steps = [PipelineStep.query(Session.mark + "SET transaction_read_only = on")]
    var sending = Sent(chunk: chunk, kept: take(chunk.set, &steps))
    let missing = chunk.set[sending.kept...]
    if !missing.isEmpty {
      sending.making = steps.count
      steps.append(making(missing.map { memory.designs[$0].statement }))
    }
    set = chunk.set
    objectIDs += missing.count
    for question in chunk.questions {
      let first = steps.count
      steps += planning(memory.statements[questions[question].key.statement])
      sending.parts.append((question, first, steps.count - 1))
    }
    sent.append(sending)
    return steps
  }

  /// Drops what is not wanted any more, and says how many of the designs stay.
  private mutating func take(_ wanted: [Int], _ steps: inout [PipelineStep]) -> Int {
    let held = set ?? []
    var kept = 0
    while !invalidatesDesigns, kept < held.count, kept < wanted.count, held[kept] == wanted[kept] {
      kept += 1
    }
    if objectIDs + wanted.count - kept > Self.mostObjectIDs { kept = 0 }
    if set != nil, kept == held.count, kept > 0 || objectIDs == 0 { return kept }
    if kept == 0 {
      steps.append(.query(Session.mark + "SELECT \(schema).hypopg_reset()"))
      objectIDs = 0
    } else {
      steps.append(
        .query(
          Session.mark + "SELECT \(schema).hypopg_drop_index(h.indexrelid) "
            + "FROM (SELECT indexrelid FROM \(schema).hypopg() OFFSET \(kept)) h"))
    }
    return kept
  }

  /// One index a statement, in their order.
  private func making(_ statements: [String]) -> PipelineStep {
    let list = statements.indices.map { "($\($0 + 1)::pg_catalog.text)" }.joined(separator: ", ")
    return .query(
      Session.mark + "SELECT c.indexname FROM (VALUES \(list)) s(statement), "
        + "LATERAL \(schema).hypopg_create_index(s.statement) c", statements)
  }

  /// What stands in front of a statement.
  static let explain = Session.mark + "EXPLAIN (FORMAT JSON) "

  private func planning(_ statement: WhatIfStatement) -> [PipelineStep] {
    let planned = statement.planned
    var attempt = statement.attempt
    if leavesEntries { attempt = (attempt ?? GenericPlanAttempt(planned.text)).uniform }
    guard let attempt else { return [.query(Self.explain + planned.text)] }
    return [
      // A failed group may have left one behind, and a plan that was cached does not see new designs.
      .query(Session.mark + "DEALLOCATE ALL"),
      .prepare(name: "hypo_statement", attempt.text, types: attempt.types),
      .query(Self.explain + attempt.execution),
    ]
  }

  // MARK: Reading

  /// What the oldest group under way came to.
  mutating func receive(_ outcome: PipelineOutcome) -> [WhatIfEvent] {
    let done = sent.removeFirst()
    if let failure = outcome.failure, failure.error.code == .lost {
      // Those behind it did not begin, and those in front have had their outcome.
      let isFirst = !isLost
      isLost = true
      return [isFirst ? .lost(done.chunk, ServerError(failure.error)) : .notReached(done.chunk.questions)]
    }
    guard !done.isStale else { return [.notReached(done.chunk.questions)] }
    names.removeLast(names.count - done.kept)
    if let making = done.making {
      if let error = take(outcome, making, done.chunk.set[done.kept...]) {
        return [forgetSet(done.chunk, error)]
      }
    } else if let failure = outcome.failure, failure.step < done.parts.first?.first ?? .max {
      return [forgetSet(done.chunk, ServerError(failure.error))]
    }
    return events(of: done, outcome)
  }

  /// Learns the names of designs that were made, or why they were not.
  private mutating func take(_ outcome: PipelineOutcome, _ step: Int, _ made: ArraySlice<Int>) -> ServerError?
  {
    guard outcome.results.count > step else { return outcome.failure.map { ServerError($0.error) } }
    let rows = outcome.results[step].rows
    guard rows.count == made.count else {
      return ServerError(
        .unexpectedAnswer, "HypoPG made \(rows.count) hypothetical indexes where \(made.count) were asked for"
      )
    }
    for (row, design) in zip(rows, made) { names.append((row[0] ?? "", design)) }
    return nil
  }

  /// HypoPG holds a part of the set, and what is under way was made for the whole of it.
  private mutating func forgetSet(_ chunk: WhatIfChunk, _ error: ServerError) -> WhatIfEvent {
    set = nil
    names = []
    for index in sent.indices { sent[index].isStale = true }
    return .setFailed(chunk, error)
  }

  private func events(of done: Sent, _ outcome: PipelineOutcome) -> [WhatIfEvent] {
    let names = Dictionary(names.map { ($0.name, $0.design) }, uniquingKeysWith: { first, _ in first })
    var events: [WhatIfEvent] = []
    var rest: [Int] = []
    for part in done.parts {
      if part.answer < outcome.results.count {
        events.append(
          .planned(question: part.question, text: outcome.results[part.answer].value ?? "", names: names))
      } else if let failure = outcome.failure, (part.first...part.answer).contains(failure.step) {
        events.append(.failed(question: part.question, failure.error))
      } else {
        rest.append(part.question)
      }
    }
    if !rest.isEmpty { events.append(.notReached(rest)) }
    return events
  }
}
