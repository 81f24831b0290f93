/// What follows each ending of `CREATE EXTENSION`.
public struct ExtensionMachine: StepMachine {
  private enum State: Hashable {
    case new
    case installing
    case awaitingBackend(StepFailure)
    case lookingAfterSuccess
    case lookingAfterFailure(StepFailure)
  }

  private let kind: ChangeIntent.Kind
  private let step: ChangeStep
  private var state = State.new

  /// Makes the machine of one installation.
  ///
  /// - Parameter kind: the change that it belongs to, for the words.
  init(_ step: ChangeStep, kind: ChangeIntent.Kind) {
    self.step = step
    self.kind = kind
  }

  private mutating func go(_ state: State, _ action: StepAction) -> StepAction {
    self.state = state
    return action
  }

  /// Takes what happened and gives what is to be done.
  public mutating func receive(_ event: StepEvent) -> StepAction {
    switch (state, event) {
    case (_, .saw): return .carryOn
    case (.new, .begin): return go(.installing, .run(step.statement, .install(step.name.name)))
    case (.installing, .ran): return go(.lookingAfterSuccess, .lookForExtension(step.name.name))
    case (.installing, .failed(let failure)) where failure.cause == .abandoned:
      return interrupted("the statement may still run on the server: \(failure.keptMessage)", failure)
    case (.installing, .failed(let failure)) where failure.isLost:
      return go(.awaitingBackend(failure), .awaitBackend)
    case (_, .failed(let failure)):
      return .end(failure.named(kind, wasCancelled: failure.isCancelWanted).stopped)
    case (.awaitingBackend(let failure), .backendGone):
      return go(.lookingAfterFailure(failure), .lookForExtension(step.name.name))
    case (.awaitingBackend(let failure), .backendUnknown(let reason)): return interrupted(reason, failure)
    case (.lookingAfterSuccess, .foundExtension(nil)):
      let error = ChangeFailure(
        message: "the extension is not there after it was installed",
        hint: "doctor looks again at what is missing")
      return .end(StepFailure(.unexpected, error).stopped)
    case (.lookingAfterSuccess, .foundExtension(let version?)),
      (.lookingAfterFailure, .foundExtension(let version?)):
      return .end(StepEnding(.installed(version: version)))
    case (.lookingAfterFailure(let failure), .foundExtension(nil)): return .end(failure.stopped)
    case (.lookingAfterSuccess, .couldNotLook(let error)), (.lookingAfterFailure, .couldNotLook(let error)):
      return interrupted(
        "the extension could not be looked up afterwards: \(error.withoutRowValues.message)",
        StepFailure(.server, error))
    default: return .end(.lost(event))
    }
  }

  private func interrupted(_ reason: String, _ failure: StepFailure) -> StepAction {
    .end(StepEnding(.interrupted(reason: reason), failure))
  }
}

/// What writes down something that was found, and runs nothing.
public struct NoteMachine: StepMachine {
  private let result: ChangeOutcome.Result

  init(_ result: ChangeOutcome.Result) { self.result = result }

  /// Ends at once, whatever happened.
  public mutating func receive(_ event: StepEvent) -> StepAction { .end(StepEnding(result)) }
}

extension ChangeStep {
  /// What decides how this step goes on.
  ///
  /// - Parameter kind: the change that the step belongs to.
  public func machine(for kind: ChangeIntent.Kind) -> any StepMachine {
    switch work {
    case .build(let definition): IndexBuildMachine(self, of: definition, kind: kind)
    case .drop(let objectID): IndexDropMachine(self, of: objectID, kind: kind)
    case .install: ExtensionMachine(self, kind: kind)
    case .note(let result): NoteMachine(result)
    }
  }
}
