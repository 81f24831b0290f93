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
  /// - Throws: `DesignError` with code `.malformedDocument` when the text is no plan or holds more than one.
  /// - Source: PostgreSQL's `explain.c`: the costs of a step come before the steps below it.
  public init(explainJSON text: String) throws(DesignError) {
    var text = text
    let reader = text.withUTF8 { SummaryReader($0) }
    guard reader.plans < 2 else { throw PlanReader.rewritten(into: reader.plans) }
    guard reader.plans == 1, let startup = reader.startup, let total = reader.total else {
      throw PlanReader.failure("it holds no plan")
    }
    startupCost = PlannerCost(startup)
    totalCost = PlannerCost(total)
    indexNames = []
    for name in reader.indexNames {
      // What an escape means is the parser's to say.
      let hasEscape = name.utf8.contains(UInt8(ascii: "\\"))
      let name = hasEscape ? try JSONValue(parsing: "\"\(name)\"").string ?? "" : name
      if !indexNames.contains(name) { indexNames.append(name) }
    }
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

/// One pass over the bytes of a document, which looks at the names of members only.
private struct SummaryReader {
  private(set) var plans = 0
  private(set) var startup: Double?
  private(set) var total: Double?
  /// As they stand between their quotes.
  private(set) var indexNames: [String] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\"") else {
        at += 1
        continue
      }
      let string = Self.string(at: at, in: bytes)
      at = Self.skipSpace(from: string.upperBound + 1, in: bytes)
      // Only the name of a member has a colon behind it.
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { continue }
      at = Self.skipSpace(from: at + 1, in: bytes)
      read(UnsafeBufferPointer(rebasing: bytes[string]), at, bytes)
    }
  }

  private mutating func read(
    _ name: UnsafeBufferPointer<UInt8>, _ at: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    switch name.count {
    case 4: if Self.isEqual(name, "Plan") { plans += 1 }
    case 10:
      if total == nil, Self.isEqual(name, "Total Cost") { total = Self.number(at: at, in: bytes) }
      if Self.isEqual(name, "Index Name"), at < bytes.count {
        indexNames.append(String(decoding: bytes[Self.string(at: at, in: bytes)], as: UTF8.self))
      }
    case 12:
      if startup == nil, Self.isEqual(name, "Startup Cost") { startup = Self.number(at: at, in: bytes) }
    default: break
    }
  }

  private static func isEqual(_ name: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
    for index in name.indices where name[index] != text.utf8Start[index] { return false }
    return true
  }

  /// What stands between the quote at `start` and its partner, or the end of the text.
  private static func string(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var end = start + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(start + 1, bytes.count)..<max(min(end, bytes.count), min(start + 1, bytes.count))
  }

  private static func skipSpace(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = start
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
    return at
  }

  private static func number(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var end = start
    while end < bytes.count, !",}] \n\r\t".utf8.contains(bytes[end]) { end += 1 }
    return Double(String(decoding: bytes[start..<end], as: UTF8.self))
  }
}
