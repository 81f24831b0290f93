/// What follows each ending of a concurrent drop.
///
/// Only the index of the planned object id is dropped, and it is looked up afterwards, whatever the statement said: a
/// drop that is stopped half-way has taken the index from the planner, but not from the writers.
public struct IndexDropMachine: StepMachine {
  private enum State: Hashable {
    case new
    case takingTurn
    case waitingForTable
    case lookingBefore
    case lookingForRenamed
    case dropping
    case awaitingBackend(StepFailure)
    case lookingAfterSuccess(gone: ChangeOutcome.Result)
    case lookingAfterFailure(StepFailure)
  }

  private let kind: ChangeIntent.Kind
  private let step: ChangeStep
  private let index: UInt32
  private var state = State.new
  private var wasCancelled = false

  /// Makes the machine of one drop.
  ///
  /// - Parameter kind: the change that the drop belongs to, for the words.
  init(_ step: ChangeStep, of index: UInt32, kind: ChangeIntent.Kind) {
    self.step = step
    self.index = index
    self.kind = kind
  }

  /// Takes what happened and gives what is to be done.
  public mutating func receive(_ event: StepEvent) -> StepAction {
    if case .saw = event { return .carryOn }
    if case .failed(let failure) = event { wasCancelled = failure.isCancelWanted && !failure.isLost }
    return switch state {
    case .new, .takingTurn, .waitingForTable, .lookingBefore, .lookingForRenamed, .dropping:
      dropping(event)
    case .awaitingBackend, .lookingAfterSuccess, .lookingAfterFailure: afterwards(event)
    }
  }

  private mutating func go(_ state: State, _ action: StepAction) -> StepAction {
    self.state = state
    return action
  }

  private mutating func dropping(_ event: StepEvent) -> StepAction {
    switch (state, event) {
    case (.new, .begin): return go(.takingTurn, .takeTurn(isCleanUp: false))
    case (.takingTurn, .turnTaken): return go(.waitingForTable, .waitForTable)
    case (.waitingForTable, .tableFree): return go(.lookingBefore, .look(step.name))
    case (.lookingBefore, .found(let found)):
      // Whoever held the table may have given the name to another index meanwhile.
      guard let found else { return go(.lookingForRenamed, .lookAt(index)) }
      guard found.objectID == index else { return .end(taken(by: found)) }
      return go(.dropping, .run(step.statement, .drop))
    case (.lookingForRenamed, .found(let found)): return .end(gone(found))
    case (.lookingBefore, .couldNotLook(let error)), (.lookingForRenamed, .couldNotLook(let error)):
      return .end(StepFailure(.server, error).stopped)
    case (.dropping, .ran(let notices)):
      // The server's only word for an index that was gone already is a notice.
      let isSkipped = notices.contains(where: \.saysNothingIsThere)
      return go(.lookingAfterSuccess(gone: isSkipped ? .wasNotThere : .dropped), .lookAt(index))
    case (.dropping, .failed(let failure)): return dropFailed(failure)
    case (_, .failed(let failure)): return .end(named(failure).stopped)
    default: return .end(.lost(event))
    }
  }

  /// The planned index went while the table was waited for, and something else has its name.
  private func taken(by found: FoundRelation) -> StepEnding {
    guard let other = found.index else { return StepEnding(.wasNotThere) }
    return StepEnding(.isAnotherIndex(objectID: found.objectID, definition: other.definition))
  }

  /// Nothing has the name; the index may have got another one.
  private func gone(_ found: FoundRelation?) -> StepEnding {
    guard let found, found.index != nil else { return StepEnding(.wasNotThere) }
    let error = ChangeFailure(
      message: "the index is now called \(found.name)",
      hint: "rename it back: ALTER INDEX \(found.name.sql) RENAME TO \(Identifier.quoted(step.name.name))")
    return StepFailure(.refused, error).stopped
  }

  private mutating func dropFailed(_ failure: StepFailure) -> StepAction {
    if failure.cause == .abandoned { return interrupted("the drop may still run on the server", failure) }
    return failure.isLost
      ? go(.awaitingBackend(failure), .awaitBackend) : go(.lookingAfterFailure(failure), .lookAt(index))
  }

  private mutating func afterwards(_ event: StepEvent) -> StepAction {
    switch (state, event) {
    case (.awaitingBackend(let failure), .backendGone(let isCancelWanted)):
      wasCancelled = isCancelWanted
      return go(.lookingAfterFailure(failure), .lookAt(index))
    case (.awaitingBackend(let failure), .backendUnknown(let reason)):
      return .end(StepEnding(.interrupted(reason: reason), failure))
    case (.lookingAfterSuccess, .couldNotLook(let error)), (.lookingAfterFailure, .couldNotLook(let error)):
      return interrupted("the index could not be looked up after the drop", StepFailure(.server, error))
    case (.lookingAfterSuccess(let gone), .found(nil)): return .end(StepEnding(gone))
    case (.lookingAfterFailure, .found(nil)): return .end(StepEnding(.dropped))
    case (.lookingAfterSuccess, .found(let found?)):
      let error = ChangeFailure(message: "the index is still there after it was dropped")
      return .end(stillThere(found, StepFailure(.unexpected, error)))
    case (.lookingAfterFailure(let failure), .found(let found?)):
      return .end(stillThere(found, named(failure)))
    default: return .end(.lost(event))
    }
  }

  private func stillThere(_ found: FoundRelation, _ failure: StepFailure) -> StepEnding {
    guard found.index?.isValid == false else { return failure.stopped }
    var told = failure
    told.error.hint = "roll back again: an invalid index costs writes and helps no query"
    return StepEnding(
      .leftInvalidStaying(
        objectID: index, reason: "the drop was stopped half-way: \(failure.keptMessage)"), told)
  }

  private func interrupted(_ reason: String, _ failure: StepFailure) -> StepAction {
    .end(StepEnding(.interrupted(reason: "\(reason): \(failure.keptMessage)"), failure))
  }

  private func named(_ failure: StepFailure) -> StepFailure {
    failure.named(kind, wasCancelled: wasCancelled)
  }
}
