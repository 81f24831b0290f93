import Notebook

/// Counts how the steps of a replay ended.
final class ReplayTally: NotebookWatcher {
  private(set) var commands = 0
  private(set) var expectations = 0
  private(set) var drifted = 0
  private(set) var skipped = 0
  private(set) var warned = 0
  /// All steps that came to their end.
  private(set) var ended = 0
  /// Commands of which nothing is recorded, so that nothing was compared.
  private(set) var unrecorded = 0
  private let compares: Bool

  init(compares: Bool) { self.compares = compares }

  func ended(_ result: NotebookRun.Result) {
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
  var sentence: String {
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
