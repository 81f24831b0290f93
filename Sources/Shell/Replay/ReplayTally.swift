/// Counts how the steps of a replay ended.
final class ReplayTally: NotebookWatcher {
  private(set) var commands = 0
  private(set) var expectations = 0
  private(set) var drifted = 0
  private(set) var skipped = 0
  private(set) var warned = 0
  /// All steps that came to their end.
  private(set) var ended = 0

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
    if result.step.isExpectation { expectations += 1 } else { commands += 1 }
  }

  /// `15 commands, 10 expectations held, 1 drifted`
  var sentence: String {
    var parts = ["\(commands) commands"]
    if warned == 0 {
      parts.append("\(expectations) expectations held")
    } else {
      parts += ["\(expectations) expectations", "\(warned) failed and were passed over"]
    }
    if drifted > 0 { parts.append("\(drifted) drifted") }
    if skipped > 0 { parts.append("\(skipped) skipped") }
    return parts.joined(separator: ", ")
  }
}

extension Notebook.Step {
  /// The first word of its command in small letters.
  var firstWord: String {
    let word = command.drop(while: \.isWhitespace).prefix { !$0.isWhitespace && $0 != "(" }
    return word.lowercased()
  }

  /// Whether it is an `expect`.
  var isExpectation: Bool { firstWord == "expect" }

  /// Whether its result is recorded: what steers the notebook has none.
  var isRecorded: Bool {
    !["expect", "let", "pause", "on-fail", "run", "record", "\\i", "\\include"].contains(firstWord)
  }
}
