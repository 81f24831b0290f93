import Reports

/// Something that did not come as it was recorded.
struct Difference: Equatable, Sendable, CustomStringConvertible {
  /// Where, in words: `plan step 3 Index Scan: cost`.
  var path: String
  /// What was recorded; nil for a line that was not.
  var recorded: String?
  /// What came; nil for a line that did not.
  var came: String?
  /// Why it counts: `+12 %, tolerance 1 %`.
  var reason: String

  /// `plan step 3 Index Scan: cost: recorded 81.94, came 91.77 (+12 %, tolerance 1 %)`.
  var description: String {
    switch (recorded, came) {
    case (let recorded?, let came?): "\(path): recorded \(recorded), came \(came) (\(reason))"
    case (let recorded?, nil): "\(path): \(reason): \(recorded)"
    case (nil, let came?): "\(path): \(reason): \(came)"
    case (nil, nil): "\(path): \(reason)"
    }
  }
}

/// What comparing two lines finds: a number, and in words only where somebody will read them.
struct Findings {
  /// Whether the words are kept.
  let isKept: Bool
  /// How much differs: 1 for each value, more for what makes a line another one.
  private(set) var weight = 0
  /// What differs, when it is kept.
  private(set) var differences: [Difference] = []

  init(isKept: Bool) { self.isKept = isKept }

  /// Takes a difference.
  mutating func add(_ difference: @autoclosure () -> Difference, weight: Int = 1) {
    self.weight += weight
    if isKept { differences.append(difference()) }
  }
}
