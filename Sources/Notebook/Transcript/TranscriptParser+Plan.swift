import IndexDesign

extension TranscriptParser {
  /// The deepest step: deeper trees could use up the stack of a thread.
  private static let deepest = 500

  /// A line of a plan.
  ///
  /// - Parameters:
  ///   - last: the depth of the step before; nil when there is none.
  ///   - isComplete: whether settings and facts of the whole plan have begun.
  mutating func planLine(
    _ scanner: inout TranscriptScanner, _ indentation: Int, last: Int?, _ isComplete: Bool
  ) throws(TranscriptError) -> TranscriptLine {
    guard indentation.isMultiple(of: 2) else {
      throw scanner.expected("an indentation by two spaces a level", at: 0)
    }
    let depth = indentation / 2 - 1
    guard let last else {
      guard depth == 0 else { throw scanner.expected("an indentation of two spaces", at: 0) }
      return try step(&scanner, depth: 0)
    }
    if depth == 0 {
      block = .plan(depth: last, isComplete: true)
      return try Self.planFact(&scanner)
    }
    guard !isComplete else { throw scanner.expected("setting, fact or a line that is not indented") }
    if scanner.next == UInt8(ascii: "-") {
      guard depth <= last + 1 else {
        throw scanner.expected("a step that is at most one level below the one before", at: 0)
      }
      return try step(&scanner, depth: depth)
    }
    guard depth == last + 1 else {
      throw scanner.expected("a step, or a fact two spaces deeper than its step", at: 0)
    }
    return .stepFact(try scanner.stepFact(), depth: last)
  }

  private mutating func step(_ scanner: inout TranscriptScanner, depth: Int) throws(TranscriptError)
    -> TranscriptLine
  {
    guard depth <= Self.deepest else { throw scanner.expected("a plan that is nested less deeply", at: 0) }
    if depth > 0 { try scanner.require("-> ") }
    block = .plan(depth: depth, isComplete: false)
    return .step(try scanner.step(), depth: depth)
  }

  /// A setting or a fact of the whole plan.
  static func planFact(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    if scanner.take("setting ") {
      let name = try scanner.name()
      try scanner.require(" = ")
      return .setting(.init(name: name, value: try scanner.string()))
    }
    guard scanner.take("fact ") else { throw scanner.expected("setting or fact") }
    let name = try scanner.label("a name")
    try scanner.require(" = ")
    return .fact(.init(name: name, value: try scanner.json()))
  }
}

extension TranscriptScanner {
  /// A step with what stands on its own line, `-> ` passed over or not.
  mutating func step() throws(TranscriptError) -> PlanNode {
    _ = take("-> ")
    var node = PlanNode(nodeType: try label("a step"))
    skipSpaces()
    try require("cost=")
    node.startupCost = PlannerCost(try double())
    try require("..")
    node.totalCost = PlannerCost(try double())
    skipSpaces()
    try require("rows=")
    node.planRows = try double()
    skipSpaces()
    try require("width=")
    node.planWidth = Int(try integer())
    while try takeGap() { try property(of: &node) }
    return node
  }

  private mutating func property(of node: inout PlanNode) throws(TranscriptError) {
    let start = at
    guard let word = takeWord() else { throw expected("a property of a step") }
    guard take("=") else {
      switch text(word) {
      case "parallel": node.isParallelAware = true
      case "async": node.isAsyncCapable = true
      default: throw expected("parallel, async or a property with its value", at: start)
      }
      return
    }
    switch text(word) {
    case "index":
      if take("%") {
        node.index = .design(.init(Int(try integer())))
      } else {
        node.index = .real(try name())
      }
    case "workers": node.plannedWorkers = Int(try integer())
    case "removed": node.subplansRemoved = Int(try integer())
    case let name:
      guard let property = StepProperty(rawValue: name) else {
        throw expected("a property of a step", at: start)
      }
      node[property] = try self.name()
    }
  }

  /// What stands below a step.
  mutating func stepFact() throws(TranscriptError) -> TranscriptLine.StepFact {
    let label = try label("a step, or the name of a fact")
    if take(" = ") { return .extra(.init(name: label, value: try json())) }
    guard take(": ") else { throw expected("\": \" or \" = \"") }
    guard next == UInt8(ascii: "[") else { return .condition(.init(label: label, text: try sql())) }
    guard let list = TranscriptLine.List(rawValue: label) else {
      throw expected("SQL between back ticks: only Output, Sort Key, Presorted Key and Group Key are lists")
    }
    at += 1
    var texts: [String] = []
    while try !closes("]", isFirst: texts.isEmpty) { texts.append(try sql()) }
    guard !texts.isEmpty else { throw expected("at least one part of the list", at: at - 1) }
    return .list(list, texts)
  }
}
