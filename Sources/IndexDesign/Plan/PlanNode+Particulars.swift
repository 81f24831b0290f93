extension PlanNode {
  /// What EXPLAIN says of the step besides its title and its numbers, each with its label: keys first, then
  /// conditions, workers and pruning, then all other facts that are texts or numbers other than zero, and with VERBOSE
  /// the columns of the result.
  public var particulars: [PlanCondition] {
    var facts: [PlanCondition] = []
    func add(_ label: String, _ keys: [String]) {
      if !keys.isEmpty { facts.append(.init(label: label, text: keys.joined(separator: ", "))) }
    }
    if isDisabled { facts.append(.init(label: Self.disabled, text: "true")) }
    add("Sort Key", sortKeys)
    add("Presorted Key", presortedKeys)
    add("Group Key", groupKeys)
    facts += conditions
    if let plannedWorkers {
      let rows = children.isEmpty ? "" : " (rows below are per worker)"
      facts.append(.init(label: "Workers Planned", text: "\(plannedWorkers)\(rows)"))
    }
    if let subplansRemoved, subplansRemoved > 0 {
      facts.append(.init(label: "Subplans Removed", text: "\(subplansRemoved)"))
    }
    facts += extras.flatMap(\.particulars)
    add("Output", output)
    return facts
  }

  /// Whether the step is of a kind that a setting such as `enable_seqscan = off` asks the planner to avoid; told since
  /// PostgreSQL 18, which compares plans by the number of such steps first and by cost second.
  public var isDisabled: Bool { extras.contains { $0.name == Self.disabled && $0.value == .bool(true) } }

  /// The name of the fact that says so.
  static let disabled = "Disabled"
}

extension ExecutionPlan {
  /// What EXPLAIN says of the whole plan besides its steps and settings: just-in-time compilation, the query's
  /// identifier.
  ///
  /// Where rules make several plans of a statement, each fact once.
  public var particulars: [PlanCondition] { extras.flatMap(\.particulars).withoutRepetitions }

  /// How many steps are of a kind that a setting asks the planner to avoid; always 0 before PostgreSQL 18.
  public var disabledSteps: Int { nodes.count(where: \.isDisabled) }
}

extension PlanFact {
  /// The fact in lines; none for flags, zeros and what is empty.
  fileprivate var particulars: [PlanCondition] {
    switch (name, value) {
    case ("Grouping Sets", .array(let sets)): sets.flatMap(Self.keys)
    case ("Target Tables", .array(let tables)):
      [PlanCondition(label: name, text: tables.map(Self.table).joined(separator: ", "))]
    case ("JIT", .object): [PlanCondition(label: name, text: Self.compilation(value))]
    default: value.words.map { [PlanCondition(label: name, text: $0)] } ?? []
    }
  }

  /// One set can have a sort of its own, and several lists of keys that this order serves.
  private static func keys(of set: JSONValue) -> [PlanCondition] {
    guard case .object(let members) = set else { return [] }
    return members.flatMap { name, value -> [PlanCondition] in
      guard name.hasSuffix(" Keys"), let lists = value.array else {
        return value.words.map { [PlanCondition(label: name, text: $0)] } ?? []
      }
      return lists.map { PlanCondition(label: String(name.dropLast()), text: $0.words ?? "()") }
    }
  }

  private static func table(_ value: JSONValue) -> String {
    let name = [value["Schema"], value["Relation Name"]].compactMap { $0?.string.map(PlanIdentifier.quoted) }
      .joined(separator: ".")
    guard let alias = value["Alias"]?.string, alias != value["Relation Name"]?.string else { return name }
    return "\(name) \(PlanIdentifier.quoted(alias))"
  }

  /// Of the options those that are on.
  private static func compilation(_ value: JSONValue) -> String {
    let functions = NumberText.counted(Int64(value["Functions"]?.integer ?? 0), "function")
    guard case .object(let options)? = value["Options"] else { return functions }
    let used = options.filter { $0.value == .bool(true) }.map { $0.name.lowercased() }
    return functions + (used.isEmpty ? "" : " (\(used.joined(separator: ", ")))")
  }
}

extension JSONValue {
  /// The value as a person writes it; nil for flags, zeros and what is empty.
  fileprivate var words: String? {
    let parts: [String]
    switch self {
    case .string(let text): return text
    case .number(0), .null, .bool: return nil
    case .number(let number): return number.integer.map { String($0) } ?? "\(number.double)"
    case .array(let elements): parts = elements.compactMap(\.words)
    case .object(let members):
      parts = members.compactMap { name, value in value.words.map { "\(name) \($0)" } }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
