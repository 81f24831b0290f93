/// How far a number may be from the recorded one.
enum Tolerance: Equatable, Sendable {
  /// As far as it likes.
  case any
  /// By so much of the recorded value: 0.01 is one per cent.
  case relative(Double)
  /// By so much.
  case absolute(Double)

  /// Exactly the same.
  static let exact = Tolerance.absolute(0)

  /// Whether `came` is near enough to `recorded`.
  func holds(_ recorded: Double, _ came: Double) -> Bool {
    if recorded == came || (recorded.isNaN && came.isNaN) { return true }
    switch self {
    case .any: return true
    // A difference that is written as the tolerance may be larger by what binary fractions lose.
    case .relative(let share): return abs(came - recorded) <= share * abs(recorded) * (1 + 1e-9)
    case .absolute(0): return false
    case .absolute(let most): return abs(came - recorded) <= most * (1 + 1e-9)
    }
  }
}

/// How far numbers may be from the recorded ones, by their type.
struct Tolerances: Equatable, Sendable {
  /// Planner costs. Two below 1 are also the same when they are no more than 0.1 apart.
  var cost = Tolerance.relative(0.01)
  /// Numbers of rows.
  var rows = Tolerance.relative(0.01)
  /// Sizes, called `size` in a notebook.
  var bytes = Tolerance.relative(0.05)
  /// Lengths of time, called `time` in a notebook.
  var milliseconds = Tolerance.any
  /// Numbers without a unit.
  var count = Tolerance.exact
  /// Parts of a whole; 0.01 is one percentage point.
  var share = Tolerance.absolute(0.01)

  /// The average width of rows is sampled: it may always be off by this much.
  static let width = Tolerance.relative(0.1)

  /// Whether two costs are near enough.
  func holds(cost recorded: Double, _ came: Double) -> Bool {
    if cost.holds(recorded, came) { return true }
    return abs(recorded) < 1 && abs(came) < 1 && Tolerance.absolute(0.1).holds(recorded, came)
  }
}

extension Tolerance {
  /// Why two numbers count as different: `+12 %, tolerance 1 %`.
  ///
  /// - Parameter isShare: whether absolute differences are percentage points.
  func reason(_ recorded: Double, _ came: Double, isShare: Bool = false) -> String {
    let change = came - recorded
    guard change.isFinite else { return "no number to compare with" }
    switch self {
    case .any: return ""
    case .relative(let share):
      guard recorded != 0 else { return "\(Self.signed(change)), recorded as zero" }
      let percent = change / abs(recorded) * 100
      return
        "\(Self.signed(percent, beyond: share * 100)) %, tolerance \(TranscriptNumber.text(share * 100)) %"
    case .absolute(let most):
      let unit = isShare ? 100.0 : 1
      let points = isShare ? " points" : ""
      let change = Self.signed(change * unit, beyond: most * unit) + points
      return most == 0
        ? "\(change), must be the same"
        : "\(change), tolerance \(TranscriptNumber.text(most * unit))\(points)"
    }
  }

  /// As few decimals as tell the number from the limit that it has crossed.
  private static func signed(_ value: Double, beyond limit: Double = 0) -> String {
    let magnitude = abs(value)
    var scale = magnitude >= 10 ? 1.0 : 10
    while scale < 1e6, (magnitude * scale).rounded() / scale <= limit { scale *= 10 }
    return (value < 0 ? "-" : "+") + TranscriptNumber.text((magnitude * scale).rounded() / scale)
  }
}
