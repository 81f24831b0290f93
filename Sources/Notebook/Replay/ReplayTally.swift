/// Counts how the steps of a replay ended.
public final class ReplayTally: NotebookWatcher {
  /// Commands that ran.
  public private(set) var commands = 0
  /// Expectations that were checked.
  public private(set) var expectations = 0
  /// Steps that gave something else than was recorded.
  public private(set) var drifted = 0
  /// Steps whose guard did not hold.
  public private(set) var skipped = 0
  /// Steps that failed while `on-fail warn` went on.
  public private(set) var warned = 0
  /// All steps that came to their end.
  public private(set) var ended = 0
  /// Commands of which nothing is recorded, so that nothing was compared.
  public private(set) var unrecorded = 0
  private let compares: Bool

  /// Counts from nothing.
  ///
  /// - Parameter compares: whether results are compared with what was recorded.
  public init(compares: Bool) { self.compares = compares }

  /// Counts a step.
  public func ended(_ result: StepResult) {
    ended += 1
    switch result.outcome {
    case .skipped:
      skipped += 1
      return
    case .drift: drifted += 1
    case .warned: warned += 1
    case .ok, .foreseen, .failed: break
    }
    if result.step.effects.hasTranscript, result.step.outputLines.isEmpty, !result.isRedirected {
      unrecorded += 1
    }
    if result.step.isExpectation { expectations += 1 } else { commands += 1 }
  }

  /// `15 commands, 10 expectations held, 1 drifted`
  public var sentence: String {
    var parts = [Self.counted(commands, "command")]
    if warned == 0 {
      parts.append("\(Self.counted(expectations, "expectation")) held")
    } else {
      parts += [Self.counted(expectations, "expectation"), "\(warned) failed and were passed over"]
    }
    if drifted > 0 { parts.append("\(drifted) drifted") }
    if compares, unrecorded > 0 { parts.append("\(unrecorded) without a record") }
    if skipped > 0 { parts.append("\(skipped) skipped") }
    return parts.joined(separator: ", ")
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }
}
