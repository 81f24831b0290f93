/// Finds out which of the lines that came is which of the recorded ones, so that one more or one less does not
/// make all that follow differ.
struct TranscriptAlignment {
  /// What became of a line.
  enum Fate: Equatable {
    case pair(recorded: Int, came: Int)
    case missing(Int)
    case additional(Int)
    /// A line that came and that a wildcard stands for.
    case covered(Int)
  }

  /// How many lines were recorded.
  let recorded: Int
  /// How many lines came.
  let came: Int
  /// Whether a recorded line stands for any number of lines.
  let isWildcard: (Int) -> Bool
  /// Whether a recorded line is a pattern, which is no version of a line that it does not match.
  var isPattern: (Int) -> Bool = { _ in false }
  /// How much a recorded line and one that came differ: 0 when they are the same, nil when they cannot be
  /// versions of one line.
  let distance: (Int, Int) -> Int?

  /// A line without a partner costs this much; a pair always costs less than two of them.
  private static let alone = 10
  /// Lines whose parts differ no more than this are taken for one that has changed.
  private static let muchAlike = 4
  /// Beyond so many pairs they are not all tried.
  private static let mostPairs = 4_000_000

  /// What became of each line, in the order of both; lines that are the same at the beginning and at the end
  /// of both are left out.
  func fates() -> [Fate] { uncovered(foundFates()) }

  /// What became of each line where a new record is made, likewise: beside a wildcard the lines that were written out
  /// give way to as many of those that came, so that none is hidden by the wildcard that was not before, and what is
  /// written stays in the order in which it came.
  func fatesOfNewRecord() -> [Fate] {
    var fates = foundFates()
    var run = fates.startIndex
    while let start = fates[run...].firstIndex(where: \.isCovered) {
      let end = fates[start...].firstIndex { !$0.isCovered } ?? fates.endIndex
      let before = fates[run..<start].reversed().prefix(while: \.isMissing).count
      let behind = fates[end...].prefix(while: \.isMissing).count
      let front = pairs(Array(fates[start - before..<start]), Array(fates[start..<end]))
      let rest = Array(fates[start + front.paired..<end].reversed())
      let back = pairs(fates[end..<end + behind].reversed(), rest)
      let left = fates[start + front.paired..<end - back.paired]
      let new = front.fates + left + back.fates.reversed()
      fates.replaceSubrange(start - before..<end + behind, with: new)
      run = start - before + new.count
    }
    return fates
  }

  /// Recorded lines that seem missing with the covered ones that they may be versions of, one after the other.
  private func pairs(_ missing: [Fate], _ covered: [Fate]) -> (fates: [Fate], paired: Int) {
    var paired = 0
    let fates = missing.map { fate -> Fate in
      guard case .missing(let row) = fate, paired < covered.count,
        case .covered(let column) = covered[paired],
        !isPattern(row), distance(row, column) != nil
      else { return fate }
      paired += 1
      return .pair(recorded: row, came: column)
    }
    return (fates, paired)
  }

  private func foundFates() -> [Fate] {
    let edges = edges()
    let (rows, columns) = (edges.start..<recorded - edges.end, edges.start..<came - edges.end)
    guard !rows.isEmpty || !columns.isEmpty else { return [] }
    let isSmall = rows.count <= Self.mostPairs / max(1, columns.count)
    return isSmall ? nearest(rows, columns) : inOrder(rows, columns)
  }

  /// How many lines are the same at the beginning and at the end of both.
  func edges() -> (start: Int, end: Int) {
    var (start, end) = (0, 0)
    while start < recorded, start < came, !isWildcard(start), distance(start, start) == 0 { start += 1 }
    while recorded - end > start, came - end > start, !isWildcard(recorded - end - 1),
      distance(recorded - end - 1, came - end - 1) == 0
    {
      end += 1
    }
    return (start, end)
  }

  private enum Move: UInt8 { case pair, missing, additional, wildcardEnds, wildcardTakes }

  private func cost(_ place: Int, _ other: Int) -> Int? {
    distance(place, other).map { $0 == 0 ? 0 : Self.alone + min($0, Self.alone - 1) }
  }

  /// The way that leaves least alone and pairs what is most alike.
  private func nearest(_ rows: Range<Int>, _ columns: Range<Int>) -> [Fate] {
    let width = columns.count + 1
    var moves = [Move](repeating: .additional, count: (rows.count + 1) * width)
    var costs = (0..<width).map { $0 * Self.alone }
    for (row, place) in rows.enumerated() {
      let isWildcard = isWildcard(place)
      var diagonal = costs[0]
      let base = (row + 1) * width
      if !isWildcard { costs[0] += Self.alone }
      moves[base] = isWildcard ? .wildcardEnds : .missing
      for column in 1..<width {
        let above = costs[column]
        var best: (Int, Move)
        if isWildcard {
          best = above <= costs[column - 1] ? (above, .wildcardEnds) : (costs[column - 1], .wildcardTakes)
        } else {
          best = (costs[column - 1] + Self.alone, .additional)
          if above + Self.alone < best.0 { best = (above + Self.alone, .missing) }
          if diagonal <= best.0, let own = cost(place, columns.lowerBound + column - 1),
            diagonal + own <= best.0
          {
            best = (diagonal + own, .pair)
          }
        }
        diagonal = above
        costs[column] = best.0
        moves[base + column] = best.1
      }
    }
    return walk(moves, rows, columns)
  }

  private func walk(_ moves: [Move], _ rows: Range<Int>, _ columns: Range<Int>) -> [Fate] {
    let width = columns.count + 1
    var (row, column) = (rows.count, columns.count)
    var fates: [Fate] = []
    while row > 0 || column > 0 {
      switch moves[row * width + column] {
      case .pair:
        (row, column) = (row - 1, column - 1)
        fates.append(.pair(recorded: rows.lowerBound + row, came: columns.lowerBound + column))
      case .missing:
        row -= 1
        fates.append(.missing(rows.lowerBound + row))
      case .additional:
        column -= 1
        fates.append(.additional(columns.lowerBound + column))
      case .wildcardEnds: row -= 1
      case .wildcardTakes:
        column -= 1
        fates.append(.covered(columns.lowerBound + column))
      }
    }
    return fates.reversed()
  }

  /// A recorded line that seems missing while a wildcard beside it covers one much like it has only changed.
  private func uncovered(_ fates: [Fate]) -> [Fate] {
    var fates = fates
    for place in fates.indices {
      guard case .missing(let row) = fates[place] else { continue }
      let partners = covered(fates, beside: place).compactMap { at -> (at: Int, came: Int, distance: Int)? in
        guard case .covered(let column) = fates[at], let distance = distance(row, column) else { return nil }
        return distance <= Self.muchAlike ? (at, column, distance) : nil
      }
      guard let partner = partners.min(by: { $0.distance < $1.distance }) else { continue }
      fates[partner.at] = .pair(recorded: row, came: partner.came)
      fates[place] = .covered(partner.came)
    }
    return fates
  }

  /// The places of the covered lines on both sides, up to the next pair.
  private func covered(_ fates: [Fate], beside place: Int) -> [Int] {
    func isOpen(_ at: Int) -> Bool {
      switch fates[at] {
      case .covered, .missing: true
      case .pair, .additional: false
      }
    }
    let before = fates.indices[..<place].reversed().prefix(while: isOpen)
    return before.reversed() + fates.indices[(place + 1)...].prefix(while: isOpen)
  }

  /// A way in one pass, which looks a little ahead for the same line.
  private func inOrder(_ rows: Range<Int>, _ columns: Range<Int>) -> [Fate] {
    var (row, column) = (rows.lowerBound, columns.lowerBound)
    var fates: [Fate] = []
    while row < rows.upperBound {
      if isWildcard(row) {
        let next = (row..<rows.upperBound).first { !isWildcard($0) }
        row = next ?? rows.upperBound
        let end = next.map { next in (column..<columns.upperBound).first { distance(next, $0) == 0 } ?? column
        }
        fates += (column..<(end ?? columns.upperBound)).map { .covered($0) }
        column = end ?? columns.upperBound
      } else if column < columns.upperBound, distance(row, column) == 0 {
        fates.append(.pair(recorded: row, came: column))
        (row, column) = (row + 1, column + 1)
      } else if let ahead = (column..<min(column + 64, columns.upperBound)).first(where: {
        distance(row, $0) == 0
      }) {
        fates += (column..<ahead).map { .additional($0) }
        column = ahead
      } else if column < columns.upperBound,
        !(row + 1..<min(row + 64, rows.upperBound)).contains(where: {
          !isWildcard($0) && distance($0, column) == 0
        }), distance(row, column) != nil
      {
        fates.append(.pair(recorded: row, came: column))
        (row, column) = (row + 1, column + 1)
      } else {
        fates.append(.missing(row))
        row += 1
      }
    }
    return fates + (column..<max(column, columns.upperBound)).map { .additional($0) }
  }
}

extension TranscriptAlignment.Fate {
  fileprivate var isMissing: Bool { if case .missing = self { true } else { false } }
  fileprivate var isCovered: Bool { if case .covered = self { true } else { false } }
}
