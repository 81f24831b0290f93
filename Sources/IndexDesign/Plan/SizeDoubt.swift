/// What a B-tree smaller than HypoPG's estimate would save a plan that has lost, and whether that may make it win.
public struct SizeDoubt: Equatable, Sendable {
  /// HypoPG's estimate.
  public var estimatedSizeInBytes: Int64
  /// The least that the real index may have; 0 where nothing is known.
  public var realSizeInBytes: Int64
  /// How many rows are in it; nil when that is not known.
  public var rows: Double?
  /// The most that a page of an index costs: `random_page_cost`.
  public var pageCost: Double

  /// Up to this share of the real size HypoPG's may be right: a tenth.
  private static let leastExcess = 0.1
  /// What lost by no more than this share of the cost wins by a little less of anything: 1.5 %.
  private static let nearTie = 0.015

  /// Makes it from its facts.
  public init(estimatedSizeInBytes: Int64, realSizeInBytes: Int64, rows: Double?, pageCost: Double) {
    self.estimatedSizeInBytes = estimatedSizeInBytes
    self.realSizeInBytes = realSizeInBytes
    self.rows = rows
    self.pageCost = pageCost
  }

  /// Whether HypoPG takes the index for larger by more than it may be wrong.
  public var isOversized: Bool {
    Double(estimatedSizeInBytes) > Double(realSizeInBytes) * (1 + Self.leastExcess)
  }

  /// Whether the real index may win.
  ///
  /// - Parameters:
  ///   - cost: what the statement would cost with the design; nil when that is not known.
  ///   - against: what the plan that was preferred costs.
  public func mayWin(_ cost: ContestCost?, against: PlannerCost) -> Bool {
    let saved = Double(estimatedSizeInBytes) - Double(realSizeInBytes)
    guard saved > 0 else { return false }
    // "At most X" may be no more than what it is held against.
    let loss = cost.map { $0.isExact ? $0.least.units - against.units : 0 } ?? 0
    if let cost, cost.least.units - against.units <= against.units * Self.nearTie { return true }
    guard isOversized else { return false }
    // Only what is read counts, and of what is not exact another plan may read more.
    let read = cost.flatMap { $0.isExact ? $0.rowsRead : nil }
    let share = read.flatMap { read in rows.map { min(1, read / max(1, $0)) } } ?? 1
    let gain = saved / 8_192 * pageCost * share
    return loss > 0 ? loss <= gain : gain > against.units * PlanVerdict.fuzz
  }
}
