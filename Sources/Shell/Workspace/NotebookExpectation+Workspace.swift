import IndexDesign
import Notebook
import Reports
import Server

extension NotebookExpectation {
  /// What was found of an expectation.
  struct Answer: Equatable {
    var holds: Bool
    var explanation: String
  }

  /// Asks the server.
  func evaluate(in workspace: Workspace) throws -> Answer {
    switch predicate {
    case .cost(let query, let comparison, let limit):
      let explanation = try explanation(query, workspace)
      let cost = explanation.plan.totalCost
      return Answer(
        holds: comparison.holds(cost.units, limit),
        explanation: "cost \(NumberText.cost(cost))" + explanation.premisesBehind())
    case .drop(let query, let comparison, let share): return try drop(query, comparison, share, workspace)
    case .usesIndex(let query, let name): return try usesIndex(query, name, workspace)
    case .hasNode(let query, let node, let wanted): return try hasNode(query, node, wanted, workspace)
    case .noSequentialScan(let table): return try noSequentialScan(table, workspace)
    case .noRegression(let allowed): return try noRegression(allowingUnplanned: allowed, workspace)
    case .indexValid(let name):
      let index = try workspace.connected().index(name)
      return Answer(
        holds: index?.isValid == true,
        explanation: index.map { $0.isValid ? "valid" : "invalid" } ?? "there is no such index")
    case .noIndex(let name):
      let index = try workspace.connected().index(name)
      return Answer(holds: index == nil, explanation: index == nil ? "there is none" : "it is there")
    case .role(let role):
      let session = try workspace.connected()
      let isWanted = session.facts.isInRecovery == ["standby", "reader"].contains(role)
      return Answer(holds: isWanted, explanation: session.facts.role)
    case .error(let code):
      guard let failure = workspace.frame.foreseenFailure else {
        return Answer(holds: false, explanation: "the command before it did not fail with \(code)")
      }
      workspace.foresee(nil)
      return Answer(holds: failure.sqlState == code, explanation: failure.message)
    case .comparison(let left, let comparison, let right):
      return try compare(left, comparison, right, workspace)
    }
  }

  private func explanation(_ handle: QueryHandle, _ workspace: Workspace) throws -> Explanation {
    try workspace.explained(handle, at: place)
  }

  /// Two numbers by size, else two texts by their letters.
  private func compare(
    _ left: Operand, _ comparison: Comparison, _ right: Operand, _ workspace: Workspace
  ) throws -> Answer {
    let (a, b) = (try left.value(in: workspace, at: place), try right.value(in: workspace, at: place))
    let explanation = "\(a.text) and \(b.text)"
    // A Double does not tell large whole numbers apart.
    if let a = Int64(a.text), let b = Int64(b.text) {
      return Answer(holds: comparison.holds(a, b), explanation: explanation)
    }
    if let a = a.number, let b = b.number {
      return Answer(holds: comparison.holds(a, b), explanation: explanation)
    }
    guard comparison == .equal || comparison == .unequal else {
      return Answer(holds: false, explanation: "\(explanation) are not both numbers")
    }
    return Answer(holds: (a.text == b.text) == (comparison == .equal), explanation: explanation)
  }

  private func drop(
    _ query: QueryHandle, _ comparison: Comparison, _ share: Double, _ workspace: Workspace
  ) throws -> Answer {
    let explanation = try explanation(query, workspace)
    guard let before = explanation.baseline?.totalCost ?? workspace.plans.firstCost(of: query),
      let change = explanation.costWithDescents(after: before).change(from: before)
    else { return Answer(holds: false, explanation: "there is nothing to compare with") }
    return Answer(
      holds: comparison.holds(-change, share),
      explanation:
        "from \(NumberText.cost(before)) to \(explanation.costWords(after: before)): \(NumberText.percent(change))"
        + explanation.premisesBehind())
  }

  private func usesIndex(_ query: QueryHandle, _ name: String, _ workspace: Workspace) throws -> Answer {
    let explanation = try explanation(query, workspace)
    let used = explanation.plan.usedIndexes
    let wanted: IndexReference
    if let handle = DesignHandle(name) {
      _ = try workspace.designs.find(handle, at: place)
      wanted = .design(handle)
    } else {
      wanted = .real(try RelationName.parse(name).name)
    }
    return Answer(
      holds: used.contains(wanted),
      explanation: (used.isEmpty
        ? "it uses no index" : "it uses " + used.map(\.description).joined(separator: ", "))
        + explanation.premisesBehind())
  }

  private func hasNode(_ query: QueryHandle, _ node: String, _ wanted: Bool, _ workspace: Workspace) throws
    -> Answer
  {
    let explanation = try explanation(query, workspace)
    let nodes = explanation.plan.nodes
    try checkStep(node, in: explanation.plan)
    return Answer(
      holds: nodes.contains { $0.isCalled(node) } == wanted,
      explanation: "nodes: " + nodes.map(\.nodeType).joined(separator: ", ") + explanation.premisesBehind())
  }

  private func noSequentialScan(_ table: RelationName, _ workspace: Workspace) throws -> Answer {
    let query = try workspace.queries.onlyOrLast("expect")
    // A table that does not exist is never scanned; of a partitioned one the plan reads the partitions.
    let relation: Relation
    do { relation = try workspace.connected().relation(table) } catch let error as ServerError {
      var failure = Failure(error)
      failure.place = place
      throw failure
    }
    let explanation = try workspace.explain(query)
    let names = relation.partitions.union([relation.name])
    let scan = explanation.plan.nodes.first { step in
      step.nodeType == "Seq Scan" && step.relation.map(names.contains) == true
    }
    return Answer(
      holds: scan == nil,
      explanation: (scan?.title ?? "there is none") + explanation.premisesBehind())
  }

  /// A query that was not planned may be the one that got worse, so that somebody must have allowed for it.
  private func noRegression(allowingUnplanned allowed: Int, _ workspace: Workspace) throws -> Answer {
    let session = try workspace.connected()
    var checked = 0
    var worse: [String] = []
    var unplanned: [(query: QueryHandle, reason: String)] = []
    var premises = ""
    for query in workspace.queries.all {
      let explanation: Explanation
      do { explanation = try workspace.explain(query) } catch {
        // Such as a utility statement that `top` ranked.
        let failure = Failure(error)
        guard failure.status == .script else { throw error }
        unplanned.append((query.handle, failure.message))
        continue
      }
      guard let baseline = explanation.baseline else { continue }
      checked += 1
      premises += explanation.premisesBehind(of: query.handle)
      let verdict = try session.verdict(on: explanation, PlanDiff(before: baseline, after: explanation.plan))
      if verdict.overall == .worse || verdict.joins.outcome == .stop {
        worse.append("\(query.handle): \(verdict.sentence)")
      }
    }
    guard checked > 0 else {
      return Answer(holds: false, explanation: "no query was planned with an active design")
    }
    let queries = checked == 1 ? "1 query" : "\(checked) queries"
    if worse.isEmpty, unplanned.count <= allowed {
      let handles = unplanned.map(\.query.description).joined(separator: " ")
      return Answer(
        holds: true, explanation: queries + (handles.isEmpty ? "" : "; not planned: \(handles)") + premises)
    }
    let found = worse.isEmpty ? [queries] : worse
    let rest = unplanned.map { "\($0.query) not planned: \($0.reason)" }
    return Answer(
      holds: false,
      explanation: (found + (unplanned.count > allowed ? rest : [])).joined(separator: "; ") + premises)
  }
}
