import IndexDesign

extension RecordText {
  /// Writes the head of a plan.
  mutating func write(_ plan: RecordLine.Plan) {
    write("plan ")
    write(name: plan.name)
    write(" ")
    write(quoted: plan.title)
    if plan.isToldInWords { write(" told") }
    if let statement = plan.statement {
      write(" of ")
      write(quoted: statement.title)
      write(" ")
      write(sql: statement.sql)
    }
  }

  /// Writes a step with what stands on its own line.
  mutating func write(_ node: PlanNode) {
    write(label: node.nodeType)
    write("  cost=")
    write(RecordNumber.text(node.startupCost.units))
    write("..")
    write(RecordNumber.text(node.totalCost.units))
    write(" rows=")
    write(RecordNumber.text(node.planRows))
    write(" width=")
    write(String(node.planWidth))
    for property in StepProperty.all {
      guard let value = property.value(node) else { continue }
      write(" ")
      write(property.name)
      write("=")
      write(name: value)
    }
    switch node.index {
    case .real(let name)?:
      write(" index=")
      write(name: name)
    case .design(let handle)?: write(" index=\(handle)")
    case nil: break
    }
    if let workers = node.plannedWorkers { write(" workers=\(workers)") }
    if let removed = node.subplansRemoved { write(" removed=\(removed)") }
    if node.isParallelAware { write(" parallel") }
    if node.isAsyncCapable { write(" async") }
  }

  /// Writes what stands below a step.
  mutating func write(_ fact: RecordLine.StepFact) {
    write(label: fact.label)
    switch fact {
    case .list(_, let texts):
      write(": ")
      list(texts, "[", "]") { $0.write(sql: $1) }
    case .condition(let condition):
      write(": ")
      write(sql: condition.text)
    case .extra(let fact):
      write(" = ")
      write(fact.value)
    }
  }
}

/// A word-valued property of a step and its name in the record form.
struct StepProperty: Sendable {
  /// The name in front of the equals sign.
  let name: String
  /// Its value; nil when the step has none.
  let value: @Sendable (PlanNode) -> String?
  /// Sets the value.
  let set: @Sendable (inout PlanNode, String) -> Void

  private init(
    _ name: String, _ value: @escaping @Sendable (PlanNode) -> String?,
    _ set: @escaping @Sendable (inout PlanNode, String) -> Void
  ) {
    self.name = name
    self.value = value
    self.set = set
  }

  /// All of them in the order in which they are written; the index is not one of them.
  static let all = [
    StepProperty("relation", { $0.relation }, { $0.relation = $1 }),
    StepProperty("schema", { $0.schema }, { $0.schema = $1 }),
    StepProperty("alias", { $0.alias }, { $0.alias = $1 }),
    StepProperty("join", { $0.joinType }, { $0.joinType = $1 }),
    StepProperty("strategy", { $0.strategy }, { $0.strategy = $1 }),
    StepProperty("partial", { $0.partialMode }, { $0.partialMode = $1 }),
    StepProperty("operation", { $0.operation }, { $0.operation = $1 }),
    StepProperty("setop", { $0.setOperation }, { $0.setOperation = $1 }),
    StepProperty("cte", { $0.cteName }, { $0.cteName = $1 }),
    StepProperty("function", { $0.functionName }, { $0.functionName = $1 }),
    StepProperty("tuplestore", { $0.tuplestoreName }, { $0.tuplestoreName = $1 }),
    StepProperty("provider", { $0.customPlanProvider }, { $0.customPlanProvider = $1 }),
    StepProperty("direction", { $0.scanDirection }, { $0.scanDirection = $1 }),
    StepProperty("parent", { $0.parentRelationship }, { $0.parentRelationship = $1 }),
    StepProperty("subplan", { $0.subplanName }, { $0.subplanName = $1 }),
  ]
}
