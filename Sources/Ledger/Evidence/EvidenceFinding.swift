public import IndexDesign

/// What a check of an evidence file has found.
public struct EvidenceFinding: Equatable, Sendable {
  /// How many lines are as they were written, counted from the first.
  public var lines: Int
  /// How many runs begin in them.
  public var runs: Int
  /// Whether the last of them is the end of a run; otherwise it still goes on, or was stopped, or lines are
  /// missing at the end, which no chain can tell.
  public var isEnded: Bool
  /// The hash of the last of them; 64 zeros when there is none.
  public var lastHash: SHA256Digest
  /// When the first of them was written; nil when there is none.
  public var first: Timestamp?
  /// When the last of them was written; nil when there is none.
  public var last: Timestamp?
  /// The line behind them when it was touched; nil when all lines are well.
  public var fault: EvidenceFault?
}
