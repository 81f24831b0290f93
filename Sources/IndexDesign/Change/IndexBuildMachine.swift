/// What follows each ending of a concurrent build.
///
/// `CREATE INDEX CONCURRENTLY` is never believed: it succeeds without building when anything has the name, it can fail
/// after it has built, and what it leaves is dropped only when that is known to be its own.
public struct IndexBuildMachine: StepMachine {
  private enum State: Hashable {
    case new
    case takingTurn
    case lookingBefore
    case waitingForTable
    case building
    case awaitingBackend(StepFailure)
    case lookingAfterSuccess(isSkipped: Bool)
    case lookingAfterFailure(StepFailure)
    case takingTurnAgain(StepFailure, leftover: UInt32)
    case lookingAtLeftover(StepFailure, leftover: UInt32)
    case dropping(StepFailure, leftover: UInt32)
    case awaitingDrop(StepFailure, leftover: UInt32, StepFailure)
    case lookingAfterDrop(StepFailure, leftover: UInt32, ChangeFailure?, mayBeOurs: Bool)
  }

  private let kind: ChangeIntent.Kind
  private let step: ChangeStep
  private let definition: IndexDefinition
  private let table: UInt32
  private var state = State.new
  /// What had the name before anything ran; nil for nothing.
  private var before: UInt32?
  /// The index that our own build was seen to make; nil before it was.
  private var seen: UInt32?
  private var wasCancelled = false
  /// Whether the connection that held the turn was lost.
  private var isTurnLost = false

  /// Makes the machine of one build.
  ///
  /// - Parameter kind: the change that the build belongs to, for the words.
  init(_ step: ChangeStep, of definition: IndexDefinition, kind: ChangeIntent.Kind) {
    self.step = step
    self.definition = definition
    self.kind = kind
    table = step.table?.objectID ?? 0
  }

  /// Takes what happened and gives what is to be done.
  public mutating func receive(_ event: StepEvent) -> StepAction {
    if case .saw(let index) = event { return saw(index) }
    return switch state {
    case .new, .takingTurn, .lookingBefore, .waitingForTable, .building: building(event)
    case .awaitingBackend, .lookingAfterSuccess, .lookingAfterFailure: afterwards(event)
    case .takingTurnAgain, .lookingAtLeftover, .dropping, .awaitingDrop, .lookingAfterDrop: cleaningUp(event)
    }
  }

  private mutating func go(_ state: State, _ action: StepAction) -> StepAction {
    self.state = state
    return action
  }

  /// A build that is cut off later can be undone: its leftover is known by then. A backend whose connection is lost
  /// may begin to build while it is awaited.
  private mutating func saw(_ index: UInt32) -> StepAction {
    guard seen == nil else { return .carryOn }
    switch state {
    case .building, .awaitingBackend: seen = index
    default: return .carryOn
    }
    return .journal(index: index)
  }

  // MARK: Up to the build

  private mutating func building(_ event: StepEvent) -> StepAction {
    if case .failed(let failure) = event { wasCancelled = failure.isCancelWanted && !failure.isLost }
    switch (state, event) {
    case (.new, .begin): return go(.takingTurn, .takeTurn(isCleanUp: false))
    case (.takingTurn, .turnTaken): return go(.lookingBefore, .look(step.name))
    case (.lookingBefore, .found(let found)):
      before = found?.objectID
      return go(.waitingForTable, .waitForTable)
    case (.lookingBefore, .couldNotLook(let error)): return .end(named(StepFailure(.server, error)).stopped)
    case (.waitingForTable, .tableFree): return go(.building, .run(step.statement, .build))
    case (.building, .ran(let notices)):
      // IF NOT EXISTS succeeds without building, too; the server then sends a notice.
      let isSkipped = notices.contains(where: \.saysItIsThere)
      return go(.lookingAfterSuccess(isSkipped: isSkipped), .look(step.name))
    case (.building, .failed(let failure)): return buildFailed(failure)
    case (_, .failed(let failure)): return .end(named(failure).stopped)
    default: return .end(.lost(event))
    }
  }

  private mutating func buildFailed(_ failure: StepFailure) -> StepAction {
    if failure.cause == .abandoned { return interrupted("the build may still run on the server", failure) }
    // A backend that was told to end says so first, and holds its locks until it is gone.
    if failure.isLost {
      isTurnLost = true
      return go(.awaitingBackend(failure), .awaitBackend)
    }
    return go(.lookingAfterFailure(failure), .look(step.name))
  }

  // MARK: What came of it

  private mutating func afterwards(_ event: StepEvent) -> StepAction {
    switch (state, event) {
    case (.awaitingBackend(let failure), .backendGone(let isCancelWanted)):
      wasCancelled = wasCancelled || isCancelWanted
      return go(.lookingAfterFailure(failure), .look(step.name))
    case (.awaitingBackend(let failure), .backendUnknown(let reason)): return interrupted(reason, failure)
    case (.lookingAfterSuccess, .couldNotLook(let error)):
      return interrupted(
        "the build ended without an error, but its index could not be looked up", StepFailure(.server, error))
    case (.lookingAfterFailure(let failure), .couldNotLook):
      return interrupted("the index could not be looked up after the build", failure)
    case (.lookingAfterSuccess(let isSkipped), .found(let found)): return succeeded(found, isSkipped)
    case (.lookingAfterFailure(let failure), .found(let found)): return failed(failure, found)
    default: return .end(.lost(event))
    }
  }

  private func succeeded(_ found: FoundRelation?, _ isSkipped: Bool) -> StepAction {
    guard let found, let index = found.index else {
      let error = ChangeFailure(
        message: found.map { "nothing was built: \(step.name) is a \($0.kind)" }
          ?? "nothing of the name \(step.name) is there any more",
        hint: "look at the server before you promote again")
      return .end(StepFailure(.refused, error).stopped)
    }
    let isOurs = seen == nil || seen == found.objectID
    // A table that took the planned one's name in the last moment has this index now.
    let isOnTable = index.tableObjectID == table
    guard isSkipped || !index.isValid || !isOurs || !isOnTable else { return built(found, index) }
    if index.isValid, !index.isSame(as: definition, on: table) {
      return .end(
        StepEnding(.isAnotherIndex(objectID: found.objectID, definition: index.definition)))
    }
    return .end(StepEnding(.alreadyThere(objectID: found.objectID, isValid: index.isValid)))
  }

  private mutating func failed(_ failure: StepFailure, _ found: FoundRelation?) -> StepAction {
    guard let found, let index = found.index, found.objectID != before else {
      return .end(named(failure).stopped)
    }
    let isOurs =
      seen == found.objectID || seen == nil && failure.provesBuild && index.tableObjectID == table
    switch (index.isValid, isOurs) {
    case (true, true): return built(found, index)
    case (true, false): return .end(named(failure).stopped)
    case (false, false):
      return .end(StepEnding(.leftInvalidNotOurs(objectID: found.objectID), named(failure)))
    case (false, true):
      // The turn went with the connection, and somebody else may have taken it.
      return isTurnLost
        ? go(.takingTurnAgain(failure, leftover: found.objectID), .takeTurn(isCleanUp: true))
        : go(.dropping(failure, leftover: found.objectID), .run(step.reverse, .dropLeftover))
    }
  }

  // MARK: Our own leftover

  /// Drops what the failed build left, so that nobody pays for an index that no query may use.
  private mutating func cleaningUp(_ event: StepEvent) -> StepAction {
    switch (state, event) {
    case (.takingTurnAgain(let failure, let leftover), .turnTaken):
      return go(.lookingAtLeftover(failure, leftover: leftover), .lookAt(leftover))
    case (.lookingAtLeftover(let failure, let leftover), .found(let found)):
      guard found?.name == step.name else { return cleaned(failure, leftover, nil, found, mayBeOurs: false) }
      return go(.dropping(failure, leftover: leftover), .run(step.reverse, .dropLeftover))
    case (.dropping(let failure, let leftover), .ran(let notices)):
      // Whoever was quicker has dropped it.
      let isSkipped = notices.contains(where: \.saysNothingIsThere)
      return go(
        .lookingAfterDrop(failure, leftover: leftover, nil, mayBeOurs: !isSkipped), .lookAt(leftover))
    case (.takingTurnAgain(let failure, let leftover), .failed(let second)):
      return go(
        .lookingAfterDrop(failure, leftover: leftover, second.error, mayBeOurs: false), .lookAt(leftover))
    case (.dropping(let failure, let leftover), .failed(let second)):
      return second.isLost
        ? go(.awaitingDrop(failure, leftover: leftover, second), .awaitBackend)
        : go(.lookingAfterDrop(failure, leftover: leftover, second.error, mayBeOurs: true), .lookAt(leftover))
    case (.awaitingDrop(let failure, let leftover, let second), .backendGone):
      return go(
        .lookingAfterDrop(failure, leftover: leftover, second.error, mayBeOurs: true), .lookAt(leftover))
    case (.awaitingDrop(let failure, _, _), .backendUnknown(let why)):
      return interrupted("the drop of its invalid index may still run on the server: \(why)", named(failure))
    case (.lookingAfterDrop(let failure, let leftover, let second, let mayBeOurs), .found(let found)):
      return cleaned(failure, leftover, second, found, mayBeOurs: mayBeOurs)
    case (.lookingAfterDrop(let failure, let leftover, let second, _), .couldNotLook(let error)):
      return staying(
        failure, leftover, "it could not be dropped: \((second ?? error).withoutRowValues.message)")
    case (.lookingAtLeftover(let failure, let leftover), .couldNotLook(let error)):
      return staying(failure, leftover, "it could not be dropped: \(error.withoutRowValues.message)")
    default: return .end(.lost(event))
    }
  }

  /// - Parameter mayBeOurs: whether a drop of ours can be why the leftover is gone; else somebody else has dropped it.
  private func cleaned(
    _ failure: StepFailure, _ leftover: UInt32, _ second: ChangeFailure?, _ found: FoundRelation?,
    mayBeOurs: Bool
  ) -> StepAction {
    guard let found else {
      guard mayBeOurs else { return .end(named(failure).stopped) }
      return .end(StepEnding(.leftInvalidAndDropped(reason: reason(failure)), named(failure)))
    }
    if let second {
      return staying(failure, leftover, "it could not be dropped: \(second.withoutRowValues.message)")
    }
    return found.name == step.name
      ? staying(failure, leftover, "the index is there after it was dropped")
      : staying(failure, leftover, "it is now called \(found.name)")
  }

  private func staying(_ failure: StepFailure, _ leftover: UInt32, _ why: String) -> StepAction {
    var told = named(failure)
    told.error.hint = "drop it when nobody needs the table: \(step.reverse)"
    return .end(
      StepEnding(.leftInvalidStaying(objectID: leftover, reason: "\(reason(failure)); \(why)"), told))
  }

  // MARK: Endings

  private func built(_ found: FoundRelation, _ index: FoundRelation.Index) -> StepAction {
    .end(StepEnding(.built(objectID: found.objectID, sizeInBytes: index.sizeInBytes)))
  }

  private func interrupted(_ reason: String, _ failure: StepFailure) -> StepAction {
    .end(StepEnding(.interrupted(reason: "\(reason): \(failure.keptMessage)"), failure))
  }

  private func named(_ failure: StepFailure) -> StepFailure {
    failure.named(kind, wasCancelled: wasCancelled)
  }

  private func reason(_ failure: StepFailure) -> String {
    let error = named(failure).error.withoutRowValues
    return [error.message, error.detail].compactMap { $0 }.joined(separator: ": ")
  }
}

extension StepFailure {
  /// Whether the backend may go on, or is just about to end: it holds its locks until it is gone.
  var isLost: Bool { cause == .lost || cause == .server && error.sqlState?.hasPrefix("57P") == true }

  /// Whether an error can only come from a build that had begun: it read rows or ran out of something.
  ///
  /// From then on our lock kept every other build off the table, so a new index there is ours.
  /// Source: PostgreSQL manual, "PostgreSQL Error Codes".
  fileprivate var provesBuild: Bool {
    guard cause == .server, let state = error.sqlState else { return false }
    return ["22", "23", "38", "39", "53", "54", "58", "P0", "XX"].contains(String(state.prefix(2)))
  }
}
