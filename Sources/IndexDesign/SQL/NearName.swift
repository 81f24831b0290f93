/// Finds what somebody probably meant by a name that does not exist.
public enum NearName {
  /// The nearest of the candidates, when one is near enough to be worth a question.
  ///
  /// - Returns: nil when every candidate needs more edits than a third of the name's length.
  public static func closest(to name: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(name.lowercased())
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased())
      let limit = max(1, min(typed.count, other.count) / 3)
      guard abs(other.count - typed.count) <= limit else {
        // Somebody who types the beginning of a long name means that name.
        if typed.count >= 3, other.starts(with: typed), best == nil { best = (limit, candidate) }
        continue
      }
      let distance = editDistance(typed, other)
      if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two names.
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, older[j - 1] + 1) }
        row.append(cost)
      }
      (older, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
