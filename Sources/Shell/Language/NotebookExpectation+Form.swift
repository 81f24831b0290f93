import IndexDesign
import Notebook
import Reports

extension NotebookExpectation {
  /// What stands for a predicate. Its form is read as a part of the command's.
  static let placeholder = Placeholder(
    noun: "predicate", extent: .form, example: "role primary", hint: "predicates: \(forms)",
    form: Form(
      of:
        "cost @n \(signs) N | cost @n drops \(signs) N% {%} | plan @n uses index %n|INDEX | plan @n has STEP "
        + "| plan @n lacks STEP | no seq scan on TABLE | no regression [allowing COUNT unplanned] | no index INDEX | index INDEX valid "
        + "| role primary|standby|writer|reader | error CODE | SUBJECT \(signs) OPERAND",
      [
        "N": number, "N%": number, "STEP": step, "CODE": code, "COUNT": .count("the number of queries"),
        "VALUE": value,
        "SUBJECT": operand("VALUE | rows @n | size %n | name %n | change"),
        "OPERAND": operand("VALUE | cost @n | rows @n | size %n | name %n | change"),
      ]))

  private static let signs = Form.words(Comparison.self)

  private static let number = Placeholder(
    noun: "number", example: "1000",
    fit: { $0.first.map { $0.isNumber || "+-.".contains($0) } == true ? 1 : nil },
    complaint: { "\"\($0)\" is no number" }, hint: "predicates: \(forms)")

  private static let step = Placeholder(noun: "step of a plan", extent: .rest, example: "\"Index Scan\"")

  private static let code = Placeholder(
    noun: "error code", example: "42P01",
    fit: { word in
      word.utf8.count == 5 && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? 1 : nil
    }, complaint: { "\"\($0)\" is no SQLSTATE" }, hint: "an SQLSTATE has five characters, such as 42P01")

  private static let value = Placeholder(
    noun: "value", example: "42", fit: { Operand.isLiteral($0) ? 1 : nil },
    hint: "a value is \(Operand.forms)")

  /// A value that is compared. Its words become one in `Operand`.
  private static func operand(_ notation: String) -> Placeholder {
    Placeholder(noun: "value", extent: .form, example: "42", form: Form(of: notation, ["VALUE": value]))
  }
}

extension NotebookExpectation {
  /// Takes what the form has matched.
  ///
  /// - Throws: `Failure` at a word that is not what it looks like.
  init(_ arguments: Arguments) throws(Failure) {
    guard let whole = arguments.whole else { throw arguments.lack(of: "PREDICATE") }
    let predicate: Predicate =
      switch arguments.keywords.first?.lowercased {
      case "cost": try Self.cost(arguments)
      case "plan": try Self.plan(arguments)
      case "no" where arguments.has("regression"):
        .noRegression(allowingUnplanned: try arguments.count("COUNT") ?? 0)
      case "no" where arguments.has("index"): .noIndex(try Self.relation("INDEX", arguments))
      case "no": .noSequentialScan(try Self.relation("TABLE", arguments))
      case "index": .indexValid(try Self.relation("INDEX", arguments))
      case "role": .role(arguments.keywords.last?.lowercased ?? "")
      case "error": .error(try arguments.required("CODE").text.uppercased())
      default: try Self.comparison(arguments, from: whole.range.lowerBound)
      }
    self.init(text: whole.text, predicate: predicate, place: arguments.place(whole))
  }

  private static func query(_ arguments: Arguments) throws(Failure) -> QueryHandle {
    guard let query = try arguments.queryHandle() else { throw arguments.lack(of: "@n") }
    return query.handle
  }

  private static func relation(_ placeholder: String, _ arguments: Arguments) throws(Failure) -> RelationName
  {
    try arguments.read(arguments.required(placeholder), RelationName.parse)
  }

  private static func sign(_ arguments: Arguments) throws(Failure) -> (Comparison, Arguments.Word) {
    for word in arguments.keywords {
      if let comparison = Comparison(rawValue: word.text) { return (comparison, word) }
    }
    throw arguments.lack(of: signs)
  }

  private static func cost(_ arguments: Arguments) throws(Failure) -> Predicate {
    let drops = arguments.has("drops")
    let placeholder = drops ? "N%" : "N"
    let word = try arguments.required(placeholder)
    let isShare = word.text.hasSuffix("%")
    guard let number = Double(isShare ? String(word.text.dropLast()) : word.text), number.isFinite else {
      throw arguments.complaint(placeholder, at: word)
    }
    if isShare, !drops {
      throw arguments.failure(
        "a cost has no %", at: word, hint: "cost @n drops >= N% compares with the plan before")
    }
    let (query, comparison) = (try query(arguments), try sign(arguments).0)
    return drops ? .drop(query, comparison, number / 100) : .cost(query, comparison, number)
  }

  private static func plan(_ arguments: Arguments) throws(Failure) -> Predicate {
    let query = try query(arguments)
    if arguments.has("uses") {
      if let design = arguments.word("%n") { return .usesIndex(query, design.text) }
      return .usesIndex(query, try arguments.required("INDEX").text)
    }
    let word = try arguments.required("STEP")
    let step = word.text.filter { $0 != "\"" }
    guard !step.isEmpty else { throw arguments.complaint("STEP", at: word) }
    return .hasNode(query, step, wanted: arguments.has("has"))
  }

  private static func comparison(_ arguments: Arguments, from start: Int) throws(Failure) -> Predicate {
    let (comparison, sign) = try sign(arguments)
    return .comparison(
      try Operand(in: arguments.text, from: start), comparison,
      try Operand(in: arguments.text, from: sign.range.upperBound))
  }
}
