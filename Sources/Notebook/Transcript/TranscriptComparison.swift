import Reports

/// Compares what came with what was recorded, value by value.
///
/// Never compared: points in time, and what is marked as volatile in either. Numbers may differ by their
/// tolerance. Numbers in sentences are not compared, the words are. All else must be the same.
public struct TranscriptComparison {
  /// How far numbers may differ.
  var tolerances = Tolerances()

  /// A comparison with these tolerances.
  init(tolerances: Tolerances = Tolerances()) { self.tolerances = tolerances }

  /// A comparison as the headers of a notebook want it.
  public init(_ header: NotebookHeader) { self.init(tolerances: Tolerances(header)) }

  /// What differs between what was recorded of a step and its results; empty when nothing does.
  public func differences(recorded: Transcript, came: [TranscribedResult]) -> [Difference] {
    differences(recorded: recorded.lines, came: came)
  }

  /// What differs between a step's record and its results; empty when nothing does.
  ///
  /// - Parameter recorded: the lines of the record, in which wildcards may stand for others.
  func differences(recorded: [TranscriptLine], came: [TranscribedResult]) -> [Difference] {
    differences(recorded: recorded, came: came.flatMap { TranscriptLine.lines(of: $0) })
  }

  /// What differs between recorded lines and those that came, among which are no wildcards.
  func differences(recorded: [TranscriptLine], came: [TranscriptLine]) -> [Difference] {
    recorded == came ? [] : Self.differences(pair(recorded, came))
  }

  /// Recorded lines and those that came, rows of tables without an order in that of the record.
  struct Pair {
    let lines: LineComparison
    let alignment: TranscriptAlignment

    init(_ lines: LineComparison) {
      self.lines = lines
      alignment = TranscriptAlignment(
        recorded: lines.recorded.lines.count, came: lines.came.lines.count,
        isWildcard: { lines.recorded.lines[$0] == .wildcard },
        isPattern: { if case .pattern = lines.recorded.lines[$0] { true } else { false } },
        distance: { place, other in
          var findings = Findings(isKept: false)
          return lines.compare(place, other, &findings) ? findings.weight : nil
        })
    }
  }

  /// Brings recorded lines and those that came together.
  ///
  /// - Parameter reorders: whether rows of tables without an order are put into that of the record.
  func pair(_ recorded: [TranscriptLine], _ came: [TranscriptLine], reorders: Bool = true) -> Pair {
    let patterns = Self.patterns(recorded)
    let unordered = LineComparison(
      recorded: TranscriptOutline(recorded), came: TranscriptOutline(came), tolerances: tolerances,
      patterns: patterns
    )
    let ordered = reorders ? UnorderedRows(unordered).lines : nil
    return Pair(
      ordered.map {
        LineComparison(
          recorded: unordered.recorded, came: TranscriptOutline($0), tolerances: tolerances,
          patterns: patterns)
      } ?? unordered)
  }

  private static func patterns(_ lines: [TranscriptLine]) -> [Int: Regex<AnyRegexOutput>] {
    var patterns: [Int: Regex<AnyRegexOutput>] = [:]
    for (place, line) in lines.enumerated() {
      if case .pattern(let source) = line { patterns[place] = try? Regex(source) }
    }
    return patterns
  }

  private static func differences(_ pair: Pair) -> [Difference] {
    let (lines, fates) = (pair.lines, pair.alignment.fates())
    var differences: [Difference] = []
    var alone = LinesAlone()
    for fate in fates {
      switch fate {
      case .pair(let place, let other):
        alone.end(&differences, lines)
        var findings = Findings(isKept: true)
        _ = lines.compare(place, other, &findings)
        differences += findings.differences
      case .missing(let place): alone.add(missing: place, &differences, lines)
      case .additional(let place): alone.add(additional: place, &differences, lines)
      case .covered: alone.end(&differences, lines)
      }
    }
    alone.end(&differences, lines)
    return withoutDepths(differences, fates, lines)
  }

  /// A step more or less moves those below it; that says nothing new of them.
  private static func withoutDepths(
    _ differences: [Difference], _ fates: [TranscriptAlignment.Fate], _ lines: LineComparison
  ) -> [Difference] {
    let isMoved = fates.contains { fate in
      switch fate {
      case .missing(let place): lines.recorded.lines[place].isStep
      case .additional(let place): lines.came.lines[place].isStep
      case .pair, .covered: false
      }
    }
    return isMoved ? differences.filter { $0.reason != ValueComparison.otherDepth } : differences
  }
}

/// Lines without a partner that follow one another: one difference, however many they are.
private struct LinesAlone {
  private var missing: [Int] = []
  private var additional: [Int] = []

  mutating func add(missing place: Int, _ differences: inout [Difference], _ lines: LineComparison) {
    if !additional.isEmpty { end(&differences, lines) }
    missing.append(place)
  }

  mutating func add(additional place: Int, _ differences: inout [Difference], _ lines: LineComparison) {
    if !missing.isEmpty { end(&differences, lines) }
    additional.append(place)
  }

  mutating func end(_ differences: inout [Difference], _ lines: LineComparison) {
    if let first = missing.first {
      differences.append(
        Difference(
          path: lines.recorded.path(of: first), recorded: Self.text(lines.recorded, missing),
          reason: "missing"))
    }
    if let first = additional.first {
      differences.append(
        Difference(
          path: lines.came.path(of: first), came: Self.text(lines.came, additional), reason: "additional"))
    }
    (missing, additional) = ([], [])
  }

  private static func text(_ outline: TranscriptOutline, _ places: [Int]) -> String {
    let first = TranscriptForm.text(outline.lines[places[0]]).drop { $0 == " " }
    let more = places.count - 1
    return first + (more == 0 ? "" : " and \(more) more \(more == 1 ? "line" : "lines")")
  }
}

extension TranscriptLine {
  /// Whether it is a step of a plan.
  fileprivate var isStep: Bool { if case .step = self { true } else { false } }
}
