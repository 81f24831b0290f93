/// A statement with parameters on its way to a plan for any values: the next thing to try after each refusal.
///
/// A server infers most types from what stands beside a parameter. Where it cannot, a type is assumed, one at a time,
/// by what it says and where; and what pg_stat_statements took apart is joined again. It is pure: whoever asks the
/// server tells it what came back.
public struct GenericPlanAttempt: Equatable, Sendable {
  /// What a server refused a statement with.
  public struct Refusal: Equatable, Sendable {
    /// The five-character SQLSTATE; nil when there is none.
    public var sqlState: String?
    /// The message.
    public var message: String
    /// More of the reason; nil for nothing.
    public var detail: String?
    /// Where in the statement, in UTF-8 code units; nil when no place is known.
    public var position: Range<Int>?

    /// A refusal of its facts.
    public init(sqlState: String?, message: String, detail: String? = nil, position: Range<Int>? = nil) {
      (self.sqlState, self.message, self.detail, self.position) = (sqlState, message, detail, position)
    }
  }

  /// The statement as it is to be prepared.
  public private(set) var edited: EditedText
  /// The object ids of the types of `$1` …, 0 for those that the server infers; shorter than their number as a rule.
  public private(set) var types: [UInt32] = []
  /// The highest number of a parameter in it; 0 when there is none left.
  public private(set) var parameterCount = 0

  /// How often it was changed after a refusal.
  public private(set) var mends = 0

  private let base: EditedText
  private var chosen: [Int: ParameterType] = [:]
  private var tried: [Int: [ParameterType]] = [:]
  private var repeated: [EditedText.Edit] = []
  private var joined: [ParameterAssumption] = []

  /// More refusals than that are not worth the time.
  private static let mostMends = 64

  /// Source: the protocol's Bind message counts parameters in 16 bits.
  public static let mostParameters = 65_535

  /// Begins with the text as it is.
  public init(_ text: String) {
    base = EditedText(text)
    edited = base
    renew()
  }

  /// What runs it, prepared as `hypo_statement`, without values.
  public var execution: String {
    let nulls = Array(repeating: "NULL", count: parameterCount).joined(separator: ", ")
    return "EXECUTE hypo_statement" + (parameterCount == 0 ? "" : "(\(nulls))")
  }

  /// The same with more parameters than the statement has, so that `execution` is one of few texts.
  public var uniform: Self {
    var padded = self
    padded.parameterCount = [20, 200, 2_000].first { $0 >= parameterCount } ?? Self.mostParameters
    let unused = ParameterType.text.objectID ?? 0
    let inferred = Array(repeating: UInt32(0), count: max(0, parameterCount - types.count))
    padded.types += inferred
    padded.types += Array(repeating: unused, count: padded.parameterCount - padded.types.count)
    return padded
  }

  /// The statement as it is to be prepared.
  public var text: String { edited.text }

  /// What is assumed so far, by the numbers of the parameters.
  public var assumptions: [ParameterAssumption] {
    let numbers = StatementParameters(base.text).numbers
    let types = chosen.filter { numbers.contains($0.key) }
      .map { ParameterAssumption.type(number: $0.key, name: $0.value.name) }
    return (joined + types).sorted { $0.number < $1.number }
  }

  /// Whether a SQLSTATE is one of those that parameters without a type cause.
  public static func concernsTypes(_ sqlState: String?) -> Bool {
    ["42P08", "42P18", "42725", "42883", "42804", "42809", "42803", "42P10"].contains(sqlState)
  }

  /// Whether a refusal can have to do with a parameter, by what stands at its place: an argument of the function, an
  /// operand of the operator, or what is grouped.
  public func concernsParameter(_ refusal: Refusal) -> Bool {
    if ["42P08", "42P18"].contains(refusal.sqlState) || refusal.message.contains("unknown") { return true }
    let lexer = SQLLexer(text)
    guard let place = refusal.position?.lowerBound,
      let index = lexer.tokens.firstIndex(where: { $0.range.contains(place) })
    else { return parameterCount > 0 }
    return lexer.touchesParameter(at: index)
      || ["42803", "42P10"].contains(refusal.sqlState) && lexer.isBesideParameter(index)
  }

  /// Takes what the server said and changes what is tried next.
  ///
  /// - Returns: false when another attempt is of no use.
  public mutating func mend(after refusal: Refusal) -> Bool {
    mends += 1
    guard mends <= Self.mostMends, change(after: refusal) else { return false }
    renew()
    return true
  }

  private mutating func change(after refusal: Refusal) -> Bool {
    switch refusal.sqlState {
    case "42P08", "42P18": return determine(refusal)
    case "42725", "42883", "42804", "42809": return search(refusal)
    case "42803", "42P10": return joinRepeated()
    default: return false
    }
  }

  /// The text and the types by what is chosen.
  private mutating func renew() {
    let lexer = SQLLexer(base.text)
    var edits = repeated
    for (number, type) in chosen where type.objectID == nil {
      guard
        let first = lexer.tokens.first(where: {
          $0.kind == .parameter && lexer.text(of: $0.range) == "$\(number)"
        }),
        !edits.contains(where: { $0.range == first.range })
      else { continue }
      edits.append(
        .init(range: first.range.upperBound..<first.range.upperBound, replacement: "::\(type.name)"))
    }
    edited = base.editing(edits)
    // What is beyond the protocol's limit the server refuses itself.
    let numbers = StatementParameters(edited.text).numbers.filter { $0 <= Self.mostParameters }
    parameterCount = numbers.last ?? 0
    // A number that no longer stands in the text still needs a type.
    let given = (0..<parameterCount).map { index in
      chosen[index + 1]?.objectID ?? (numbers.contains(index + 1) ? 0 : ParameterType.text.objectID ?? 0)
    }
    types = Array(given.prefix((given.lastIndex { $0 != 0 } ?? -1) + 1))
  }

  // MARK: Types

  /// Nothing tells the type of this one, or two places want different ones.
  private mutating func determine(_ refusal: Refusal) -> Bool {
    guard let number = TypeRefusal(refusal.message).parameter, number > 0, number <= Self.mostParameters
    else { return false }
    let sides = (refusal.detail ?? "").replacing(".", with: "").ranges(of: " versus ").first.map { middle in
      let detail = (refusal.detail ?? "").replacing(".", with: "")
      return [String(detail[..<middle.lowerBound]), String(detail[middle.upperBound...])].map {
        ParameterType($0)
      }
    }
    let others = [ParameterType.text] + ParameterType.usual
    guard give(next(of: number, in: (sides?.reversed() ?? []) + others), to: number) else { return false }
    guard refusal.sqlState == "42P18", let sources = ParameterSources(edited.text) else { return true }
    let alike = sources.argumentsOfAnyType()
    if alike.contains(number) {
      for other in alike where chosen[other] == nil { chosen[other] = .text }
    }
    return true
  }

  /// The first parameter that the server's complaint can come from gets its next type.
  private mutating func search(_ refusal: Refusal) -> Bool {
    guard let sources = ParameterSources(edited.text) else { return searchByTokens(refusal) }
    let says = TypeRefusal(refusal.message)
    var suspects: [(source: ParameterSources.Source, types: [ParameterType])] = []
    for expression in refusal.position.map({ sources.expressions(at: $0.lowerBound) }) ?? [] {
      suspects += self.suspects(in: expression, sources, says, isArrayWanted: refusal.sqlState == "42809")
    }
    if suspects.isEmpty {
      let wanted = [says.wanted.map { ParameterType($0) }].compactMap { $0 }
      suspects = sources.looseParameters().map { ($0, wanted) }
        .sorted { tried[$0.source.number, default: []].count < tried[$1.source.number, default: []].count }
    }
    return suspects.contains { give(to: $0.source, $0.types) }
  }

  /// The next type for a parameter; false when all have been tried.
  private mutating func give(to source: ParameterSources.Source, _ types: [ParameterType]) -> Bool {
    let lists = source.dimensions > 0 ? ParameterType.usualArrays : []
    let types = types.map { source.type(for: $0) } + lists + ParameterType.usual
    return give(next(of: source.number, in: types), to: source.number)
  }

  /// Those first that were taken for text or given a type, then those without a type.
  private func suspects(
    in expression: JSONValue, _ sources: ParameterSources, _ says: TypeRefusal, isArrayWanted: Bool
  ) -> [(source: ParameterSources.Source, types: [ParameterType])] {
    let operands = sources.operands(of: expression)
    let types = says.operands
    let isPair = expression["A_Expr"] != nil && types.count == 2
    var found: [(rank: Int, source: ParameterSources.Source, types: [ParameterType])] = []
    for (place, operand) in operands.enumerated() {
      // A list behind IN has one type, that of the right side.
      let own = isPair ? types[min(place, 1)] : types.indices.contains(place) ? types[place] : nil
      var wanted: [ParameterType] = []
      if isPair, case let other = types[place == 0 ? 1 : 0], !["text", "unknown"].contains(other) {
        wanted = [ParameterType(other)]
      } else if let call = expression["FuncCall"] {
        wanted = Self.argumentTypes(of: call["funcname"]?.nodeStrings.last ?? "")
      } else if let type = says.wanted {
        wanted = [ParameterType(type)]
      }
      if isArrayWanted, place > 0 { wanted = ParameterType.usualArrays }
      found += sources.sources(of: operand).map { source in
        let isGiven = chosen[source.number] != nil
        let rank = own == "text" || isGiven && !isPair ? 0 : isGiven ? 1 : own == "unknown" ? 2 : 3
        return (rank, source, wanted)
      }
    }
    return (0...3).flatMap { rank in found.filter { $0.rank == rank }.map { ($0.source, $0.types) } }
  }

  private static func argumentTypes(of function: String) -> [ParameterType] {
    if function.hasPrefix("jsonb_") { return [ParameterType("jsonb")] }
    if function.hasPrefix("json_") { return [ParameterType("json")] }
    let takesArray = function.hasPrefix("array_") || ["unnest", "cardinality"].contains(function)
    return takesArray ? ParameterType.usualArrays : []
  }

  /// For text that libpg_query cannot read: the parameters beside the place.
  private mutating func searchByTokens(_ refusal: Refusal) -> Bool {
    guard let place = refusal.position?.lowerBound else { return false }
    let lexer = SQLLexer(edited.text)
    let parameters = lexer.tokens.filter { $0.kind == .parameter }
      .sorted { abs($0.range.lowerBound - place) < abs($1.range.lowerBound - place) }
    for token in parameters {
      guard let number = Int(lexer.text(of: token.range).dropFirst()), number > 0 else { continue }
      if tried[number, default: []].count < 4, give(next(of: number, in: ParameterType.usual), to: number) {
        return true
      }
    }
    return false
  }

  private func next(of number: Int, in types: [ParameterType]) -> ParameterType? {
    types.first { !tried[number, default: []].contains($0) }
  }

  private mutating func give(_ type: ParameterType?, to number: Int) -> Bool {
    guard let type else { return false }
    chosen[number] = type
    tried[number, default: []].append(type)
    return true
  }

  // MARK: Expressions

  private mutating func joinRepeated() -> Bool {
    guard repeated.isEmpty else { return false }
    let found = RepeatedExpressions(in: base.text)
    (repeated, joined) = (found.edits, found.assumptions)
    return !repeated.isEmpty
  }
}
