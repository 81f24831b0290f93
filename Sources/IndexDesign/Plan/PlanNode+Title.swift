extension PlanNode {
  /// The step's line as EXPLAIN's text format words it, without costs:
  /// `Index Scan Backward using %1 on orders o`, `Hash Left Join`, `Partial HashAggregate`.
  ///
  /// Schemas are left out, as they are without VERBOSE.
  public var title: String { line(prefixes: true) }

  /// The title with the schema of what is read or written, where the plan tells it: with VERBOSE.
  public var qualifiedTitle: String { line(prefixes: true, schema: schema) }

  /// The title without what only tells how a parallel plan shares the work.
  ///
  /// `Parallel Seq Scan on orders` is `Seq Scan on orders`, and each of `Partial HashAggregate`
  /// and `Finalize HashAggregate` is `HashAggregate`.
  public var plainTitle: String { line(prefixes: false) }

  /// What the step does, without what it does it to: `Parallel Seq Scan`, `Index Scan Backward`.
  public var kind: String {
    (prefixes + [action] + (isBackward ? ["Backward"] : [])).joined(separator: " ")
  }

  /// What EXPLAIN calls the step, in its text and in its other formats, in the words of `kind` and with fewer.
  var names: [String] {
    let direction = isBackward ? " Backward" : ""
    return [nodeType, action, kind, action + direction, (prefixes + [action]).joined(separator: " ")]
      + [customPlanProvider].compactMap(\.self)
  }

  /// What the step reads or writes and the name that the plan gives it: `orders o`; nil for steps that work on
  /// rows of other steps. Indexes stand in `index`.
  public var object: String? {
    let words = nodeType == "Bitmap Index Scan" ? [] : target(schema: schema).dropFirst()
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private func line(prefixes: Bool, schema: String? = nil) -> String {
    var words = prefixes ? self.prefixes : []
    words.append(action)
    words.append(contentsOf: indexWords)
    if nodeType != "Bitmap Index Scan" { words.append(contentsOf: target(schema: schema)) }
    return words.joined(separator: " ")
  }

  private var prefixes: [String] {
    var words: [String] = []
    if isParallelAware { words.append("Parallel") }
    if isAsyncCapable { words.append("Async") }
    if let partialMode, partialMode != "Simple" { words.append(partialMode) }
    return words
  }

  private var isBackward: Bool { index != nil && scanDirection == "Backward" }

  private var action: String {
    switch nodeType {
    case "ModifyTable": operation ?? nodeType
    case "Foreign Scan": operation.flatMap { $0 == "Select" ? nil : "Foreign \($0)" } ?? nodeType
    case "Custom Scan": customPlanProvider.map { "Custom Scan (\($0))" } ?? nodeType
    case "Aggregate": Self.aggregates[strategy ?? ""] ?? nodeType
    case "SetOp": [strategy == "Hashed" ? "HashSetOp" : "SetOp", setOperation].joinedWords
    case "Nested Loop": [nodeType, outerJoin.map { "\($0) Join" }].joinedWords
    case "Hash Join": ["Hash", outerJoin, "Join"].joinedWords
    case "Merge Join": ["Merge", outerJoin, "Join"].joinedWords
    default: nodeType
    }
  }

  private static let aggregates = [
    "Sorted": "GroupAggregate", "Hashed": "HashAggregate", "Mixed": "MixedAggregate",
  ]

  private var outerJoin: String? { joinType == "Inner" ? nil : joinType }

  private var indexWords: [String] {
    guard let index else { return [] }
    if nodeType == "Bitmap Index Scan" { return ["on", index.description] }
    return (isBackward ? ["Backward"] : []) + ["using", index.description]
  }

  private func target(schema: String?) -> [String] {
    let object = relation ?? functionName ?? cteName ?? tuplestoreName
    guard object != nil || alias != nil else { return [] }
    var words = ["on"]
    if let object {
      words.append([schema, object].compactMap { $0.map(PlanIdentifier.quoted) }.joined(separator: "."))
    }
    if let alias, alias != object { words.append(PlanIdentifier.quoted(alias)) }
    return words
  }
}

extension [String?] {
  fileprivate var joinedWords: String { compactMap(\.self).joined(separator: " ") }
}
