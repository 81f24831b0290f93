import Foundation

/// Puts a new record in the place of an old one and keeps the wildcards that a person has put there.
enum RecordBlessing {
  /// The new lines, with the old wildcards where they stood.
  ///
  /// A wildcard stands between two lines that are still there; where its neighbours are gone, so is it.
  static func merged(old: [String], new: [String]) -> [String] {
    guard old.contains(where: isWildcard) else { return new }
    let old = old.filter { !isContext($0) }
    var result: [String] = []
    var next = 0
    for (index, line) in old.enumerated() where isWildcard(line) {
      let before = old[..<index].last { !isWildcard($0) }
      let after = old[(index + 1)...].first { !isWildcard($0) }
      let start: Int
      if let before {
        guard let found = new[next...].firstIndex(where: { isSame($0, before) }) else { continue }
        start = found + 1
      } else {
        start = next
      }
      var end = new.count
      if let after {
        guard let found = new[start...].firstIndex(where: { isSame($0, after) }) else { continue }
        end = found
      }
      if isPattern(line) { end = min(end, start + 1) }
      result += new[next..<start] + [line]
      next = max(start, end)
    }
    return result + new[next...]
  }

  /// Whether a line stands for others; a pattern that cannot be read stands for none.
  private static func isWildcard(_ line: String) -> Bool {
    (try? RecordReader.lines([line]))?.first?.isWildcard == true
  }

  private static func isPattern(_ line: String) -> Bool { line.drop { $0 == " " }.first == "~" }

  private static func isContext(_ line: String) -> Bool {
    line.hasPrefix("recorded ") || line.hasPrefix("statistics ")
  }

  /// Whether two lines say the same thing with other values: what stands before the first value is the same.
  private static func isSame(_ line: String, _ other: String) -> Bool {
    line == other || head(line) == head(other)
  }

  private static func head(_ line: String) -> Substring {
    let start = line.prefix { $0 == " " }
    let rest = line.dropFirst(start.count)
    if let equals = rest.range(of: " = ") { return line[..<equals.lowerBound] }
    if let gap = rest.range(of: "  ") { return line[..<gap.lowerBound] }
    return line[...]
  }
}
