/// What the comparison of plans needs of one: its cost, and the indexes that it reads.
///
/// Reading no more than this from EXPLAIN's document takes a fraction of the time that the whole plan takes,
/// which counts where plans are asked for by the thousand.
public struct PlanSummary: Sendable, Equatable {
  /// The estimated cost before the first row.
  public var startupCost: PlannerCost
  /// The estimated cost of all rows: the number by which plans are compared.
  public var totalCost: PlannerCost
  /// The names of the indexes that the plan reads, each once, in the order of EXPLAIN's output; HypoPG's own
  /// names are among them.
  public var indexNames: [String]

  /// Makes a summary of its parts.
  public init(startupCost: PlannerCost, totalCost: PlannerCost, indexNames: [String]) {
    self.startupCost = startupCost
    self.totalCost = totalCost
    self.indexNames = indexNames
  }

  /// Reads the output of `EXPLAIN (FORMAT JSON)`.
  ///
  /// Of a statement that rules turn into several the costs are added up; into nothing, there are none.
  ///
  /// - Throws: `DesignError` with code `.malformedDocument` when the text is no plan.
  /// - Source: PostgreSQL's `explain.c`: the costs of a step come before the steps below it.
  public init(explainJSON text: String) throws(DesignError) {
    let found: SummaryParts
    do throws(JSONProblem) {
      found = try JSONReader.reading(text) { reader throws(JSONProblem) in try SummaryParts(&reader) }
    } catch { throw PlanReader.failure("it holds no plan") }
    if found.plans == 0, (try? JSONValue(parsing: text))?.array?.isEmpty == true {
      self.init(startupCost: .zero, totalCost: .zero, indexNames: [])
      return
    }
    guard found.plans > 0, let startup = found.startup, let total = found.total else {
      throw PlanReader.failure("it holds no plan")
    }
    self.init(startupCost: PlannerCost(startup), totalCost: PlannerCost(total), indexNames: found.indexNames)
  }

  /// The indexes that are read, told apart: those that hypothetical names stand for, and the real ones.
  ///
  /// - Throws: `DesignError` with code `.malformedDocument` for a hypothetical index that `names` does not know.
  public func indexes<Design>(
    named names: [String: Design]
  ) throws(DesignError) -> (designs: [Design], real: [String]) {
    var found: (designs: [Design], real: [String]) = ([], [])
    for name in indexNames {
      if let design = names[name] {
        found.designs.append(design)
      } else if HypotheticalNames.isHypothetical(name) {
        throw HypotheticalNames.unknownDesign
      } else {
        found.real.append(name)
      }
    }
    return found
  }
}

/// What one pass over a document finds, which looks at the names of members only.
private struct SummaryParts {
  private(set) var plans = 0
  private(set) var startup: Double?
  private(set) var total: Double?
  private(set) var indexNames: [String] = []
  /// Whether the cost of the plan that has begun was not seen yet.
  private var isOpen = false

  init(_ reader: inout JSONReader) throws(JSONProblem) {
    while true {
      switch try reader.next() {
      case .name(let name): try look(at: name, &reader)
      case .end: return
      default: break
      }
    }
  }

  private mutating func look(at name: JSONString, _ reader: inout JSONReader) throws(JSONProblem) {
    let bytes = reader.bytes
    // Names of other lengths are passed over without a look at them.
    switch name.range.count {
    case 4:
      if name.isEqual(to: "Plan", in: bytes) {
        plans += 1
        isOpen = true
      }
    case 10:
      if isOpen, name.isEqual(to: "Total Cost", in: bytes) {
        isOpen = false
        if let cost = try Self.number(&reader) { total = (total ?? 0) + cost }
      }
      if name.isEqual(to: "Index Name", in: bytes), case .string(let index) = try reader.next() {
        let index = index.text(in: bytes)
        if !indexNames.contains(index) { indexNames.append(index) }
      }
    case 12:
      if startup == nil, name.isEqual(to: "Startup Cost", in: bytes) { startup = try Self.number(&reader) }
    default: break
    }
  }

  private static func number(_ reader: inout JSONReader) throws(JSONProblem) -> Double? {
    guard case .number(let place) = try reader.next() else { return nil }
    return Double(String(decoding: reader.bytes[place], as: UTF8.self))
  }
}
