extension PlanNode {
  /// What EXPLAIN says of the step besides its title and its numbers, each with its label: keys first, then
  /// conditions, workers and pruning, then all other facts that are texts or numbers
  /// other than zero. Columns of the result are left out.
  public var particulars: [PlanCondition] {
    var facts: [PlanCondition] = []
    func add(_ label: String, _ keys: [String]) {
      if !keys.isEmpty { facts.append(.init(label: label, text: keys.joined(separator: ", "))) }
    }
    add("Sort Key", sortKeys)
    add("Presorted Key", presortedKeys)
    add("Group Key", groupKeys)
    facts += conditions
    if let plannedWorkers { facts.append(.init(label: "Workers Planned", text: "\(plannedWorkers)")) }
    if let subplansRemoved, subplansRemoved > 0 {
      facts.append(.init(label: "Subplans Removed", text: "\(subplansRemoved)"))
    }
    return facts + extras.compactMap { fact in fact.value.words.map { .init(label: fact.name, text: $0) } }
  }
}

extension JSONValue {
  /// The value as a person writes it; nil for flags, objects and whatever holds them.
  fileprivate var words: String? {
    switch self {
    case .string(let text): text
    case .number(0): nil
    case .number(let number): number.integer.map { String($0) } ?? "\(number.double)"
    case .array(let elements):
      elements.isEmpty ? nil : elements.compactMap(\.words).joined(separator: ", ")
    case .null, .bool, .object: nil
    }
  }
}
