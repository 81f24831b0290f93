public import IndexDesign

/// A change looked at again: is the index there, is it used, and what has it brought?
public struct Verification: Equatable, Sendable {
  /// How the index of the record stands now.
  public enum Standing: Equatable, Sendable {
    /// It is there, valid, and has the recorded object id and definition.
    case valid(CatalogIndex)
    /// It is there and valid, and maintenance has changed what does not matter, in words: its object id by REINDEX
    /// CONCURRENTLY, or its table's name.
    case maintained(CatalogIndex, since: String)
    /// It is there, but no query may use it.
    case invalid(CatalogIndex)
    /// It is there under another name.
    case renamed(CatalogIndex)
    /// Another index has its name.
    case another(CatalogIndex)
    /// It is not there.
    case missing
  }

  /// What was counted for one statement before the change and since.
  public struct Statement: Equatable, Sendable {
    /// `queryid` as text.
    public var queryID: String
    /// The normalised text.
    public var text: String
    /// What was counted up to the change; nil when it had not run or its counters began anew.
    public var before: Counts?
    /// What was counted since the change.
    public var since: Counts
  }

  /// Calls, rows and time of one statement over some span.
  public struct Counts: Equatable, Sendable {
    /// How often it was executed.
    public var calls: Int64
    /// Rows that it returned or changed.
    public var rows: Int64
    /// Time spent executing it.
    public var totalTimeInMilliseconds: Double

    /// Execution time of one call on average; nil without a call.
    public var meanTimeInMilliseconds: Double? {
      calls > 0 ? totalTimeInMilliseconds / Double(calls) : nil
    }
  }

  /// The change.
  public var record: ChangeRecord
  /// The index now.
  public var standing: Standing
  /// The size that was estimated before; nil without an estimate.
  public var estimatedSizeInBytes: Int64?
  /// The table's statements that ran since the change, those that took most time first.
  public var statements: [Statement]
  /// Whether pg_stat_statements was reset since the change: its counters then begin at the reset.
  public var statisticsWereReset: Bool
  /// Why the counters of the change do not compare with those of now, so that nothing is said of what was counted
  /// since; nil when they do.
  public var obstacleToComparing: String?
  /// Scans of the index since the change; nil when unknown.
  public var indexScans: Int64?
  /// Sequential scans of the table since the change; nil when unknown or counted anew.
  public var tableSequentialScans: Int64?
  /// The plan of the recorded query now; nil without a query or when it cannot be planned.
  public var plan: Explanation?
  /// Why the recorded query cannot be planned now; nil when it can or there is none.
  public var planProblem: ServerError?

  /// The index, wherever it stands; nil when it is missing.
  public var index: CatalogIndex? {
    switch standing {
    case .valid(let index), .maintained(let index, _), .invalid(let index), .renamed(let index): index
    case .another, .missing: nil
    }
  }

  /// The real size over the estimated one; nil when either is unknown.
  public var sizeRatio: Double? {
    guard let size = index?.sizeInBytes, let estimate = estimatedSizeInBytes, estimate > 0 else { return nil }
    return Double(size) / Double(estimate)
  }

  /// Whether the recorded query's plan reads the index now; nil without such a plan.
  public var planUsesIndex: Bool? {
    guard let plan else { return nil }
    guard let name = index?.name else { return false }
    return (plan.baseline ?? plan.plan).usedIndexes.contains(.real(name))
  }
}

extension Verification {
  /// What each statement counted since, from two readings of one server.
  ///
  /// - Parameters:
  ///   - change: what was counted when the change ended.
  ///   - now: what is counted now.
  /// - Returns: the statements that ran since, by time, and whether the counters were reset meanwhile.
  static func statements(
    since change: ChangeCounters, now: ChangeCounters
  ) -> (statements: [Statement], wereReset: Bool) {
    let old = Dictionary(change.statements.map { ($0.queryID, $0) }, uniquingKeysWith: { first, _ in first })
    let resetMoved = now.statisticsReset != change.statisticsReset
    // Servers before 14 do not tell of a reset; all counters at once lower than before do.
    let known = now.statements.filter { old[$0.queryID] != nil }
    let allFell = !known.isEmpty && known.allSatisfy { $0.calls < (old[$0.queryID]?.calls ?? 0) }
    let wereReset = resetMoved || allFell
    let found = now.statements.compactMap { statement -> Statement? in
      let counts = Counts(statement)
      // A statement that was pushed out of the table of counters and came back begins anew, too.
      guard !wereReset, let base = old[statement.queryID].map(Counts.init), base.calls <= counts.calls else {
        return Statement(
          queryID: statement.queryID, text: statement.text,
          before: old[statement.queryID].map(Counts.init), since: counts)
      }
      guard counts.calls > base.calls else { return nil }
      return Statement(
        queryID: statement.queryID, text: statement.text, before: base, since: counts.minus(base))
    }
    return (
      found.sorted { $0.since.totalTimeInMilliseconds > $1.since.totalTimeInMilliseconds }, wereReset
    )
  }

  /// The difference of two readings of one counter; nil when it fell, which only a reset does.
  static func grown(_ before: Int64?, _ now: Int64?) -> Int64? {
    guard let now else { return nil }
    let difference = now - (before ?? 0)
    return difference >= 0 ? difference : nil
  }
}

extension Verification.Counts {
  init(_ statement: CountedStatement) {
    self.init(
      calls: statement.calls, rows: statement.rows,
      totalTimeInMilliseconds: statement.totalTimeInMilliseconds)
  }

  func minus(_ other: Self) -> Self {
    Self(
      calls: calls - other.calls, rows: rows - other.rows,
      totalTimeInMilliseconds: max(0, totalTimeInMilliseconds - other.totalTimeInMilliseconds))
  }
}
