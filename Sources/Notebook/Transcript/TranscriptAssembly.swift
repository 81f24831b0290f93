import IndexDesign
import Reports

/// Puts results together from the lines of a record, which `TranscriptParser` has found to follow one another well.
struct TranscriptAssembly {
  private var finished: [TranscribedResult] = []
  private var current: TranscribedResult?
  private var block: Report.Block?
  private var texts: [String] = []
  private var steps: [(node: PlanNode, depth: Int)] = []

  /// All that has come.
  var results: [TranscribedResult] {
    var copy = self
    copy.endResult()
    return copy.finished
  }

  /// Takes the next line.
  mutating func add(_ line: TranscriptLine) {
    switch line {
    case .kind(let kind): begin(.report(Report(kind)))
    case .error(let sqlState, let message):
      begin(.failure(.init(sqlState: sqlState, message: message)))
    case .detail(let text): changeFailure { $0.detail = text }
    case .hint(let text): changeFailure { $0.hint = text }
    case .fields(let name, let title): begin(.fields(.init(name: name, title: title, values: [])))
    case .table(let head):
      begin(
        .table(
          .init(
            name: head.name, title: head.title, columns: head.columns, rows: [], whenEmpty: head.whenEmpty)))
    case .answer(let name, let columns):
      begin(.answer(.init(name: name, columns: columns, rows: [], tag: "")))
    case .plan(let head):
      begin(
        .plan(
          .init(
            name: head.name, title: head.title, plan: ExecutionPlan(root: PlanNode(nodeType: "")),
            statement: head.statement, isToldInWords: head.isToldInWords)))
    case .statement(let name, let title, let sql): begin(.statement(name: name, title: title, sql: sql))
    case .lines(let name): begin(.lines(name: name, text: ""))
    case .note(let note): begin(.note(note))
    default: addToBlock(line)
    }
  }

  private mutating func addToBlock(_ line: TranscriptLine) {
    switch (line, block) {
    case (.text(let text), _): texts.append(text)
    case (.step(let node, let depth), _): steps.append((node, depth))
    case (.stepFact(let fact, _), _): if !steps.isEmpty { steps[steps.count - 1].node.add(fact) }
    case (.field(let field), .fields(var fields)?):
      block = nil
      fields.values.append(field)
      block = .fields(fields)
    case (.row(let cells), .table(var table)?):
      // Let go first, so that the rows are not copied.
      block = nil
      table.rows.append(cells)
      block = .table(table)
    case (.answerRow(let cells), .answer(var answer)?):
      block = nil
      answer.rows.append(cells.map(\.serverWords))
      block = .answer(answer)
    case (.tag(let tag), .answer(var answer)?):
      answer.tag = tag
      block = .answer(answer)
    case (.setting(let setting), .plan(var plan)?):
      plan.plan.settings.append(setting)
      block = .plan(plan)
    case (.fact(let fact), .plan(var plan)?):
      plan.plan.extras.append(fact)
      block = .plan(plan)
    default: break
    }
  }

  private mutating func begin(_ result: TranscribedResult) {
    endResult()
    current = result
  }

  private mutating func begin(_ block: Report.Block) {
    endBlock()
    self.block = block
  }

  private mutating func changeFailure(_ change: (inout TranscribedFailure) -> Void) {
    guard case .failure(var failure)? = current else { return }
    change(&failure)
    current = .failure(failure)
  }

  private mutating func endResult() {
    endBlock()
    if let current { finished.append(current) }
    current = nil
  }

  private mutating func endBlock() {
    guard var block, case .report(var report)? = current else { return }
    switch block {
    case .plan(var plan):
      var rest = steps[...]
      if let root = Self.tree(&rest) { plan.plan.root = root }
      block = .plan(plan)
    case .lines(let name, _): block = .lines(name: name, text: texts.joined(separator: "\n"))
    default: break
    }
    report.blocks.append(block)
    current = .report(report)
    self.block = nil
    texts = []
    steps = []
  }

  /// The first step with all that follow at a greater depth below it.
  private static func tree(_ steps: inout ArraySlice<(node: PlanNode, depth: Int)>) -> PlanNode? {
    guard var step = steps.popFirst() else { return nil }
    while let next = steps.first, next.depth > step.depth, let child = tree(&steps) {
      step.node.children.append(child)
    }
    return step.node
  }
}

extension PlanNode {
  fileprivate mutating func add(_ fact: TranscriptLine.StepFact) {
    switch fact {
    case .list(let list, let texts): self[list] = texts
    case .condition(let condition): conditions.append(condition)
    case .extra(let fact): extras.append(fact)
    }
  }
}

extension Cell {
  /// A value of a row of the server in its own words; nil is NULL.
  fileprivate var serverWords: String? {
    switch self {
    case .flag(let value): value ? "t" : "f"
    case .value(let text, _): text
    default: nil
    }
  }
}
