import IndexDesign

extension JSONWriter {
  /// Writes a plan as the object of its root, with the steps below it as children.
  mutating func write(_ plan: ExecutionPlan) {
    let outline = plan.outline
    write(outline, 0)
    if !plan.settings.isEmpty {
      member("settings") { json in for setting in plan.settings { json.member(setting.name, setting.value) } }
    }
    let facts = plan.extras.filter(\.value.tells)
    if !facts.isEmpty { member("facts_of_plan") { $0.write(facts) } }
  }

  private mutating func write(_ outline: PlanOutline, _ place: Int) {
    let line = outline.lines[place]
    let node = line.node
    member("node", node.nodeType)
    member("title", node.title)
    if let schema = node.schema { member("schema", schema) }
    if let relation = node.relation { member("relation", relation) }
    if let alias = node.alias { member("alias", alias) }
    if let index = node.index { member("index", index.description) }
    member("startup_cost", number: node.startupCost.units)
    member("total_cost", number: node.totalCost.units)
    if line.cost.isRepeated {
      member("loops", number: line.cost.loops)
      member("cost_of_all_loops", number: line.cost.total.units)
    }
    member("rows", number: node.planRows)
    if line.isPerWorker { member("per_worker", true) }
    member("width", Int64(node.planWidth))
    if let workers = node.plannedWorkers { member("workers_planned", Int64(workers)) }
    if let removed = node.subplansRemoved, removed > 0 { member("subplans_removed", Int64(removed)) }
    if !node.output.isEmpty { member("output", node.output) }
    if !node.sortKeys.isEmpty { member("sort_key", node.sortKeys) }
    if !node.presortedKeys.isEmpty { member("presorted_key", node.presortedKeys) }
    if !node.groupKeys.isEmpty { member("group_key", node.groupKeys) }
    if !node.conditions.isEmpty {
      member("conditions") { json in
        for condition in node.conditions { json.member(condition.label, condition.text) }
      }
    }
    let facts = node.extras.filter(\.value.tells)
    if !facts.isEmpty { member("facts") { $0.write(facts) } }
    let children = outline.places(below: place)
    if !children.isEmpty {
      member("children", children) { json, child in json.object { $0.write(outline, child) } }
    }
  }

  private mutating func write(_ facts: [PlanFact]) {
    for fact in facts {
      name(fact.name)
      write(fact.value)
    }
  }

  private mutating func write(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .number(let number): self.number(verbatim: number.text)
    case .string(let text): string(text)
    case .array(let elements): array(elements) { $0.write($1) }
    case .object(let members):
      object { json in
        for (name, value) in members {
          json.name(name)
          json.write(value)
        }
      }
    }
  }
}

extension JSONValue {
  /// Whether it says more than that something is not so: EXPLAIN's JSON has a flag for whatever could be.
  fileprivate var tells: Bool {
    switch self {
    case .null, .bool(false), .number(0), .array([]): false
    case .bool, .number, .string, .array, .object: true
    }
  }
}
