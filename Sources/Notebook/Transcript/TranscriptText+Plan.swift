import IndexDesign
import Reports

extension TranscriptText {
  /// Writes the head of a plan.
  mutating func write(_ plan: TranscriptLine.Plan) {
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
    write(TranscriptNumber.text(node.startupCost.units))
    write("..")
    write(TranscriptNumber.text(node.totalCost.units))
    write(" rows=")
    write(TranscriptNumber.text(node.planRows))
    write(" width=")
    write(String(node.planWidth))
    for property in StepProperty.allCases {
      guard let value = node[property] else { continue }
      write(" ")
      write(property.rawValue)
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
  mutating func write(_ fact: TranscriptLine.StepFact) {
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

/// A word-valued property of a step by its name in the transcript form, in the order in which they are written.
/// The index is not one of them.
enum StepProperty: String, CaseIterable, Sendable {
  case relation, schema, alias, join, strategy, partial, operation, setop, cte, function, tuplestore, provider
  case direction, parent, subplan
}

extension PlanNode {
  /// A word-valued property; nil when the step has none.
  subscript(_ property: StepProperty) -> String? {
    get {
      switch property {
      case .relation: relation
      case .schema: schema
      case .alias: alias
      case .join: joinType
      case .strategy: strategy
      case .partial: partialMode
      case .operation: operation
      case .setop: setOperation
      case .cte: cteName
      case .function: functionName
      case .tuplestore: tuplestoreName
      case .provider: customPlanProvider
      case .direction: scanDirection
      case .parent: parentRelationship
      case .subplan: subplanName
      }
    }
    set {
      switch property {
      case .relation: relation = newValue
      case .schema: schema = newValue
      case .alias: alias = newValue
      case .join: joinType = newValue
      case .strategy: strategy = newValue
      case .partial: partialMode = newValue
      case .operation: operation = newValue
      case .setop: setOperation = newValue
      case .cte: cteName = newValue
      case .function: functionName = newValue
      case .tuplestore: tuplestoreName = newValue
      case .provider: customPlanProvider = newValue
      case .direction: scanDirection = newValue
      case .parent: parentRelationship = newValue
      case .subplan: subplanName = newValue
      }
    }
  }
}
