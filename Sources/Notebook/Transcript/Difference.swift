import Reports

/// Something that did not come as it was recorded.
public struct Difference: Equatable, Sendable, CustomStringConvertible {
  /// Where, in words: `plan step 3 Index Scan: cost`.
  public var path: String
  /// What was recorded; nil for a line that was not.
  public var recorded: String?
  /// What came; nil for a line that did not.
  public var came: String?
  /// Why it counts: `+12 %, tolerance 1 %`.
  public var reason: String

  /// A difference at a place.
  public init(path: String, recorded: String? = nil, came: String? = nil, reason: String) {
    self.path = path
    self.recorded = recorded
    self.came = came
    self.reason = reason
  }

  /// `plan step 3 Index Scan: cost: recorded 81.94, came 91.77 (+12 %, tolerance 1 %)`.
  public var description: String {
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
