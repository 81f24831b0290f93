internal import IndexDesign
internal import Postgres

/// What a what-if planner knows: statements and designs by number, and the plans that were made.
///
/// A plan depends on the designs on tables that its statement reads, and on their order; so that is what it is
/// kept by, and a design on another table costs no new plan.
struct WhatIfMemory {
  /// By what a plan is kept.
  struct Key: Hashable {
    var statement: Int
    var designs: [Int]
  }

  /// A request in numbers.
  struct Lookup {
    var key: Key
    /// The designs of the request, in its order.
    var designs: [Int]
    var wantsPlan: Bool
  }

  /// What the server said.
  struct Plan {
    var summary: PlanSummary
    /// The designs that are read.
    var designs: [Int]
    /// The names of the real indexes that are read.
    var indexes: [String]
    /// The whole document and what its names stand for; nil when nobody wanted it.
    var document: (text: String, names: [String: Int])?
  }

  private(set) var statements: [WhatIfStatement] = []
  private(set) var designs: [WhatIfDesign] = []
  private var statementNumbers: [PlannedStatement: Int] = [:]
  private var designNumbers: [IndexDefinition: Int] = [:]
  private var plans: [Key: Plan] = [:]

  // MARK: Learning

  /// The requests in numbers; the server is asked about names that are new.
  mutating func lookups(
    of requests: [CostRequest], resolvedBy session: Session
  ) throws(ServerError) -> [Lookup] {
    let known = (statements: statements.count, designs: designs.count)
    let numbers = requests.map { number($0) }
    try resolve(unread(numbers, knownStatements: known.statements), known.designs..<designs.count, session)
    return zip(requests, numbers).map { request, numbers in
      let key = key(of: numbers.statement, numbers.designs)
      if statements[numbers.statement].reading == nil { statements[numbers.statement].firstKey = key }
      return Lookup(key: key, designs: numbers.designs, wantsPlan: request.wantsPlan)
    }
  }

  private func key(of statement: Int, _ designs: [Int]) -> Key {
    let reading = statements[statement].reading
    var relevant: [Int] = []
    for design in designs where !relevant.contains(design) {
      let (table, definition) = (self.designs[design].tableObjectID, self.designs[design].definition)
      if reading.map({ $0.mayRead(table) && !$0.leavesOut(definition) }) ?? true { relevant.append(design) }
    }
    return Key(statement: statement, designs: relevant)
  }

  /// The statements of which more must be known than their text: reading it is dear, and of no use for a
  /// statement that is asked about once.
  private func unread(_ numbers: [(statement: Int, designs: [Int])], knownStatements: Int) -> [Int] {
    var seen: Set<Int> = []
    var unread: Set<Int> = []
    for (statement, designs) in numbers where statements[statement].reading == nil {
      let isFirst = seen.insert(statement).inserted && statement >= knownStatements
      if !isFirst || designs.contains(where: { self.designs[$0].isSpecial }) { unread.insert(statement) }
    }
    return unread.sorted()
  }

  /// The numbers of a request's statement and designs; what is new gets the next ones.
  mutating func number(_ request: CostRequest) -> (statement: Int, designs: [Int]) {
    (number(of: request.statement), request.designs.map { number(of: $0) })
  }

  private mutating func number(of statement: PlannedStatement) -> Int {
    if let number = statementNumbers[statement] { return number }
    statementNumbers[statement] = statements.count
    statements.append(WhatIfStatement(statement))
    return statements.count - 1
  }

  private mutating func number(of definition: IndexDefinition) -> Int {
    if let number = designNumbers[definition] { return number }
    designNumbers[definition] = designs.count
    designs.append(WhatIfDesign(definition))
    return designs.count - 1
  }

  private mutating func resolve(
    _ unread: [Int], _ newDesigns: Range<Int>, _ session: Session
  ) throws(ServerError) {
    var readings = unread.map { StatementReading(of: statements[$0].planned.text) }
    let names = readings.flatMap { $0.relations ?? [] } + newDesigns.map { designs[$0].definition.table }
    guard !names.isEmpty || !unread.isEmpty else { return }
    let families = try session.relationFamilies(of: Set(names))
    for index in newDesigns {
      designs[index].tableObjectID = families[designs[index].definition.table]?.objectID
    }
    for (index, statement) in unread.enumerated() {
      readings[index].resolve(families)
      statements[statement].reading = readings[index]
      // What was planned before is kept by the whole set of designs.
      guard let first = statements[statement].firstKey, let plan = plans.removeValue(forKey: first) else {
        continue
      }
      plans[key(of: statement, first.designs)] = plan
    }
  }

  /// The designs of which it is not known in which words HypoPG recognises them.
  var untriedDesigns: [Int] {
    designs.indices.filter { designs[$0].isSpecial && !designs[$0].isTried && designs[$0].failure == nil }
  }

  /// Keeps how a session makes a design.
  mutating func note(_ made: HypotheticalIndexes.Active, ofDesign design: Int) { designs[design].take(made) }

  /// Keeps why a design cannot be made.
  mutating func note(_ failure: PlanningFailure, ofDesign design: Int) { designs[design].failure = failure }

  /// Keeps how a statement is prepared next, after the server has refused it.
  mutating func note(_ attempt: GenericPlanAttempt, ofStatement statement: Int) {
    statements[statement].attempt = attempt
  }

  /// Keeps a plan.
  mutating func keep(_ plan: Plan, as key: Key) { plans[key] = plan }

  // MARK: Answering

  /// Why a request cannot be given to the server at all, though it may be another table's design that is the
  /// reason; nil when it can.
  func refusal(of lookup: Lookup) -> PlanningFailure? {
    let reading = statements[lookup.key.statement].reading
    for (place, number) in lookup.designs.enumerated() {
      let design = designs[number]
      if var failure = design.failure {
        failure.design = place
        return failure
      }
      if reading?.mayCrash(with: design.definition) == true {
        return PlanningFailure(
          "planning this with a partial design on \(design.definition.table.sql) may crash the server",
          detail: CrashGuard.detail, hint: "leave the design out", design: place)
      }
    }
    return nil
  }

  /// The plan that is known; nil when the server has to be asked.
  func answer(to lookup: Lookup) -> Plan? {
    guard let plan = plans[lookup.key], !lookup.wantsPlan || plan.document != nil else { return nil }
    return plan
  }

  /// A plan in the words of the request.
  func cost(_ plan: Plan, _ lookup: Lookup) -> StatementCost {
    func places(_ numbers: [Int]) -> [Int] {
      numbers.compactMap { lookup.designs.firstIndex(of: $0) }.sorted()
    }
    let reading = statements[lookup.key.statement].reading
    let document = lookup.wantsPlan ? plan.document : nil
    return StatementCost(
      startupCost: plan.summary.startupCost, totalCost: plan.summary.totalCost,
      usedDesigns: places(plan.designs),
      unofferedDesigns: places(
        lookup.key.designs.filter { number in
          !designs[number].isRecognised || reading?.isOffered(designs[number].given) == false
        }),
      usedIndexes: plan.indexes,
      document: document.map { text, names in
        PlanDocument(
          text: text,
          designs: names.compactMapValues { number in
            lookup.designs.firstIndex(of: number).map { DesignHandle($0 + 1) }
          })
      })
  }
}
