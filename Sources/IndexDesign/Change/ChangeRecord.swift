/// One change as the journal holds it: what was meant and, once it has ended, how it ended.
public struct ChangeRecord: Hashable, Sendable {
  /// Where a change stands.
  public enum State: Hashable, Sendable {
    /// No ending was written: it still runs, or hypo was ended in the middle.
    case started
    /// The index was built and stands.
    case promoted
    /// The index was dropped.
    case retired
    /// The extension was installed.
    case setUp
    /// It was done, and a later change has undone it.
    case rolledBack(by: ChangeNumber)
    /// It is itself a rollback, and has undone that change.
    case undid(ChangeNumber)
    /// The database was as wanted before; nothing was done.
    case nothingToDo
    /// An invalid index of that name is on the server.
    case leftInvalid
    /// It failed and changed nothing.
    case failed
    /// The person cancelled it and nothing was changed.
    case cancelled
    /// It was cut off, and only the server knows how far it came.
    case interrupted
  }

  /// The change's name.
  public var number: ChangeNumber
  /// What was meant.
  public var intent: ChangeIntent
  /// When the intent was written.
  public var started: Timestamp
  /// The object id of the index that its build was seen to make; nil when none was seen.
  public var seenIndexObjectID: UInt32?
  /// How it ended; nil while no ending is written.
  public var outcome: ChangeOutcome?
  /// When the ending was written; nil while there is none.
  public var finished: Timestamp?
  /// What somebody found later of a change without a known ending; nil when nobody looked.
  public var settlement: ChangeSettlement?
  /// The later change that has undone this one; nil when none has.
  public var rolledBackBy: ChangeNumber?

  /// Makes a record from its parts.
  public init(
    number: ChangeNumber, intent: ChangeIntent, started: Timestamp,
    seenIndexObjectID: UInt32? = nil,
    outcome: ChangeOutcome? = nil, finished: Timestamp? = nil, settlement: ChangeSettlement? = nil,
    rolledBackBy: ChangeNumber? = nil
  ) {
    self.number = number
    self.intent = intent
    self.started = started
    self.seenIndexObjectID = seenIndexObjectID
    self.outcome = outcome
    self.finished = finished
    self.settlement = settlement
    self.rolledBackBy = rolledBackBy
  }

  /// How it ended, as far as is known; nil while nothing is.
  ///
  /// What hypo has seen itself counts more than what was found later.
  public var ending: ChangeOutcome.Result? {
    if case .interrupted? = outcome?.result { return settlement?.result ?? outcome?.result }
    return outcome?.result ?? settlement?.result
  }

  /// Where the change stands, from everything that is recorded.
  public var state: State {
    if let rolledBackBy { return .rolledBack(by: rolledBackBy) }
    switch ending {
    case nil: return .started
    case .built, .dropped:
      switch intent.kind {
      case .promote: return .promoted
      case .retire: return .retired
      case .rollback(let undone): return .undid(undone)
      case .setUp: return .setUp
      }
    case .installed: return .setUp
    case .alreadyThere(_, isValid: true), .foundThere(_, isValid: true), .wasNotThere:
      return .nothingToDo
    case .alreadyThere(_, isValid: false), .foundThere(_, isValid: false), .leftInvalidNotOurs,
      .leftInvalidStaying:
      return .leftInvalid
    case .leftInvalidAndDropped, .isAnotherIndex, .failed: return .failed
    case .cancelled: return .cancelled
    case .interrupted: return .interrupted
    }
  }

  /// Whether the change was done and not yet undone, so that a bare `rollback` may mean it.
  ///
  /// A build that was cut off, or whose ending could not be written, counts too when its index was seen: it may stand
  /// on the server.
  public var canBeRolledBack: Bool {
    switch state {
    case .promoted, .retired: true
    case .started, .interrupted: intent.kind == .promote && seenIndexObjectID != nil
    default: false
    }
  }

  /// What a run that ended early says of a change that it has made; nil when nothing of it is left.
  public var remainder: String? {
    let name = "\(number) of this run"
    let index = RelationName(schema: intent.indexSchema, name: intent.indexName).sql
    switch state {
    case .promoted, .retired: return "\(name) is still in place (\(index)); rollback \(number) takes it back"
    case .started, .interrupted:
      return canBeRolledBack
        ? "\(name) may still be in place (\(index)); rollback \(number) takes it back"
        : "how \(name) ended is not known (\(index)); changes settle \(number.number) looks at the server"
    default: return nil
    }
  }

  /// The change that this one has undone; nil when it is no rollback or did not come through.
  ///
  /// An index that was gone already counts: there is nothing left to undo.
  public var undone: ChangeNumber? {
    guard case .rollback(let undone) = intent.kind else { return nil }
    switch ending {
    case .built, .dropped, .wasNotThere, .alreadyThere(_, isValid: true): return undone
    default: return nil
    }
  }
}

extension ChangeRecord.State: CustomStringConvertible {
  /// The state in a few words, as a list of changes shows it.
  public var description: String {
    switch self {
    case .started: "unfinished: look at the server"
    case .promoted: "promoted"
    case .retired: "retired"
    case .setUp: "set up"
    case .rolledBack(let by): "rolled back by \(by)"
    case .undid(let undone): "rolled back \(undone)"
    case .nothingToDo: "nothing to do"
    case .leftInvalid: "left an invalid index"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .interrupted: "interrupted: look at the server"
    }
  }
}
