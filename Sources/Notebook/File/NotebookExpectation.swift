public import IndexDesign
public import Reports

/// What a script states must hold.
public struct NotebookExpectation {
  /// The subject and what is said of it.
  public enum Predicate {
    case cost(QueryHandle, Comparison, Double)
    case drop(QueryHandle, Comparison, Double)
    case usesIndex(QueryHandle, String)
    case hasNode(QueryHandle, String, wanted: Bool)
    case noSequentialScan(RelationName)
    /// Of the queries with a handle, at most so many may be left without a plan.
    case noRegression(allowingUnplanned: Int)
    case indexValid(RelationName)
    case noIndex(RelationName)
    case role(String)
    case error(String)
    case comparison(Operand, Comparison, Operand)
  }

  /// The predicate as it was typed.
  public let text: String
  /// What is said, as it was read.
  public let predicate: Predicate
  /// Where it was typed, for failures.
  public let place: Failure.Place

  /// What can be expected, for messages and the manual: an example of each, words in capitals to be filled in.
  public static let examples = [
    "cost @n < N", "cost @n drops >= N%", "plan @n uses index %n", "plan @n has \"Index Scan\"",
    "plan @n lacks Sort", "no seq scan on TABLE", "no regression", "index NAME valid", "no index NAME",
    "role primary", "error CODE", "VALUE < VALUE",
  ]

  /// The same in a line.
  public static let forms = examples.joined(separator: ", ")

  /// Sees that a step of a plan that an expectation names can be one: of none other could it say anything.
  ///
  /// - Throws: `Failure` at the name, with the one that was probably meant.
  public func checkStep(_ name: String, in plan: ExecutionPlan) throws(Failure) {
    guard !StepName.isKnown(name), !plan.nodes.contains(where: { $0.isCalled(name) }) else { return }
    var words = ArgumentReader(place.text, from: place.range.lowerBound)
    for _ in ["plan", "@n", "has"] { _ = words.word() }
    let start = words.rest.range.lowerBound
    throw Failure(
      .script, "no plan has a step \"\(name)\"",
      hint: StepName.closest(to: name).map { "did you mean \"\($0)\"?" }
        ?? "a step as EXPLAIN names it, such as \"Index Scan\"; one of an extension is \"Custom Scan (NAME)\"",
      place: .init(text: place.text, range: start..<max(start, place.range.upperBound)))
  }

  /// An expectation from its parts.
  public init(text: String, predicate: Predicate, place: Failure.Place) {
    (self.text, self.predicate, self.place) = (text, predicate, place)
  }
}
