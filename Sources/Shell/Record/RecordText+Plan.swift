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

  private init(_ name: String, _ path: any WritableKeyPath<PlanNode, String?> & Sendable) {
    self.name = name
    value = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  /// All of them in the order in which they are written; the index is not one of them.
  static let all = [
    StepProperty("relation", \.relation), StepProperty("schema", \.schema), StepProperty("alias", \.alias),
    StepProperty("join", \.joinType), StepProperty("strategy", \.strategy),
    StepProperty("partial", \.partialMode), StepProperty("operation", \.operation),
    StepProperty("setop", \.setOperation), StepProperty("cte", \.cteName),
    StepProperty("function", \.functionName), StepProperty("tuplestore", \.tuplestoreName),
    StepProperty("provider", \.customPlanProvider), StepProperty("direction", \.scanDirection),
    StepProperty("parent", \.parentRelationship), StepProperty("subplan", \.subplanName),
  ]
}
