/// Reads the document of `EXPLAIN (FORMAT JSON)`.
struct PlanReader {
  private let names: HypotheticalNames

  init(designs: [String: DesignHandle]) { names = HypotheticalNames(designs) }

  func plan(_ document: JSONValue) throws(DesignError) -> ExecutionPlan {
    guard let plans = document.array else { throw Self.failure("it is no list") }
    guard plans.count != 1 else { return try one(plans[0]) }
    return ExecutionPlan(
      rewrittenInto: try plans.map { part throws(DesignError) in
        // What a rule adds can be a statement without a plan, such as NOTIFY.
        guard let words = part.string else { return try one(part) }
        return ExecutionPlan(root: PlanNode(nodeType: words))
      })
  }

  private func one(_ document: JSONValue) throws(DesignError) -> ExecutionPlan {
    guard case .object(let members) = document, let root = document["Plan"] else {
      throw Self.failure("it holds no plan")
    }
    var plan = ExecutionPlan(root: try node(root))
    for (name, value) in members where name != "Plan" {
      if name == "Settings", case .object(let settings) = value {
        plan.settings = settings.map { PlanSetting(name: $0.name, value: $0.value.string ?? "") }
      } else {
        plan.extras.append(PlanFact(name: name, value: names.rewrite(value)))
      }
    }
    return plan
  }

  static func failure(_ why: String) -> DesignError {
    DesignError(
      .malformedDocument, "could not read the plan: \(why)",
      hint: "a plan is the output of EXPLAIN (FORMAT JSON)")
  }

  private func node(_ value: JSONValue) throws(DesignError) -> PlanNode {
    guard case .object(let members) = value, let type = value["Node Type"]?.string else {
      throw Self.failure("a step has no node type")
    }
    var node = PlanNode(nodeType: type)
    for (name, value) in members where name != "Node Type" {
      if name == "Plans", let children = value.array {
        for child in children { node.children.append(try self.node(child)) }
      } else if name == "Index Name", let index = value.string {
        node.index = try names.index(index)
      } else if !take(name, value, into: &node) {
        node.extras.append(PlanFact(name: name, value: names.rewrite(value)))
      }
    }
    return node
  }

  /// Puts a member where it belongs; false when no property is meant for it.
  private func take(_ name: String, _ value: JSONValue, into node: inout PlanNode) -> Bool {
    switch value {
    case .string(let text): takeText(name, names.rewrite(text), into: &node)
    case .number(let number): takeNumber(name, number.double, into: &node)
    case .array(let elements): takeList(name, elements, into: &node)
    case .bool(let flag): takeFlag(name, flag, into: &node)
    case .null, .object: false
    }
  }

  private static let texts: [String: any (WritableKeyPath<PlanNode, String?> & Sendable)] = [
    "Relation Name": \.relation, "Schema": \.schema, "Alias": \.alias, "Join Type": \.joinType,
    "Strategy": \.strategy, "Partial Mode": \.partialMode, "Operation": \.operation,
    "Command": \.setOperation, "CTE Name": \.cteName, "Function Name": \.functionName,
    "Table Function Name": \.functionName, "Tuplestore Name": \.tuplestoreName,
    "Custom Plan Provider": \.customPlanProvider, "Scan Direction": \.scanDirection,
    "Parent Relationship": \.parentRelationship, "Subplan Name": \.subplanName,
  ]

  private func takeText(_ name: String, _ text: String, into node: inout PlanNode) -> Bool {
    if let property = Self.texts[name] {
      node[keyPath: property] = text
    } else if name.hasSuffix("Cond") || name.hasSuffix("Filter")
      || ["Order By", "Run Condition"].contains(name)
    {
      node.conditions.append(PlanCondition(label: name, text: text))
    } else {
      return false
    }
    return true
  }

  private func takeNumber(_ name: String, _ number: Double, into node: inout PlanNode) -> Bool {
    switch name {
    case "Startup Cost": node.startupCost = PlannerCost(number)
    case "Total Cost": node.totalCost = PlannerCost(number)
    case "Plan Rows": node.planRows = number
    case "Plan Width": node.planWidth = Int(exactly: number) ?? 0
    case "Workers Planned": node.plannedWorkers = Int(exactly: number)
    case "Subplans Removed": node.subplansRemoved = Int(exactly: number)
    default: return false
    }
    return true
  }

  private func takeList(_ name: String, _ elements: [JSONValue], into node: inout PlanNode) -> Bool {
    let texts = elements.compactMap(\.string).map { names.rewrite($0) }
    guard texts.count == elements.count else { return false }
    switch name {
    case "Output": node.output = texts
    case "Sort Key": node.sortKeys = texts
    case "Presorted Key": node.presortedKeys = texts
    case "Group Key": node.groupKeys = texts
    default: return false
    }
    return true
  }

  private func takeFlag(_ name: String, _ flag: Bool, into node: inout PlanNode) -> Bool {
    switch name {
    case "Parallel Aware": node.isParallelAware = flag
    case "Async Capable": node.isAsyncCapable = flag
    // Servers before 18 do not say it of any step.
    case PlanNode.disabled where !flag: break
    default: return false
    }
    return true
  }
}
