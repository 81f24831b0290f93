public import IndexDesign

/// What is to be done, written down before it is.
public struct IntentEntry: Equatable, Sendable {
  /// The change's name.
  public var change: ChangeNumber
  /// When it was written.
  public var written: Timestamp
  /// What is to be done.
  public var intent: ChangeIntent
  /// The hash of the row of the ledger's first format that it was made from; nil for what was written in this one.
  public var origin: SHA256Digest?
  /// The hash of the same entry in the ledger; nil in the ledger itself.
  public var original: SHA256Digest?

  /// The change that it is to undo; nil when it is no rollback.
  var undoes: ChangeNumber? { if case .rollback(let change) = intent.kind { change } else { nil } }
}

/// Which index a running build is making.
public struct SightingEntry: Equatable, Sendable {
  /// The change's name.
  public var change: ChangeNumber
  /// When it was written.
  public var written: Timestamp
  /// The object id of the index.
  public var objectID: UInt32
  /// The hash of the same entry in the ledger; nil in the ledger itself.
  public var original: SHA256Digest?
}

/// What the server had counted after a change.
public struct CountersEntry: Equatable, Sendable {
  /// The change's name.
  public var change: ChangeNumber
  /// When it was written.
  public var written: Timestamp
  /// What had been counted.
  public var counters: ChangeCounters
  /// The hash of the same entry in the ledger; nil in the ledger itself.
  public var original: SHA256Digest?
}

/// How a change ended.
public struct OutcomeEntry: Equatable, Sendable {
  /// The change's name.
  public var change: ChangeNumber
  /// When it was written.
  public var written: Timestamp
  /// How it ended.
  public var outcome: ChangeOutcome
  /// The change that it has undone; nil when it has undone none.
  public var undid: ChangeNumber?
  /// The hash of the row of the ledger's first format that it was made from; nil for what was written in this one.
  public var origin: SHA256Digest?
  /// The hash of the same entry in the ledger; nil in the ledger itself.
  public var original: SHA256Digest?
}

/// How a change has ended by what the catalog held later.
public struct SettlementEntry: Equatable, Sendable {
  /// The change's name.
  public var change: ChangeNumber
  /// What was found, by whom and when.
  public var settlement: ChangeSettlement
  /// The change that it has undone by that; nil when it has undone none.
  public var undid: ChangeNumber?
  /// The hash of the same entry in the ledger; nil in the ledger itself.
  public var original: SHA256Digest?
}
