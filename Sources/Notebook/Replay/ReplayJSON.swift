public import IndexDesign
public import Reports

/// The view of a replay for programs: one JSON object a step, on one line, and one for the whole at the end.
public final class ReplayJSON: NotebookWatcher {
  private let put: (String) -> Void
  private let file: String
  private let isStrict: Bool
  private var counts: [String: Int] = [:]
  /// The first failure that was passed over; nil when there was none.
  private var passedOver: Failure?

  /// Makes a view of a notebook's replay.
  ///
  /// - Parameters:
  ///   - file: the notebook, as it was named.
  ///   - isStrict: whether a drift makes the whole run one.
  ///   - put: takes each line, its end included.
  public init(file: String, isStrict: Bool, put: @escaping (String) -> Void) {
    (self.file, self.isStrict, self.put) = (file, isStrict, put)
  }

  /// Puts a step.
  public func ended(_ result: StepResult) {
    counts[result.outcome.name, default: 0] += 1
    if case .warned(let failure) = result.outcome { passedOver = passedOver ?? failure }
    let holdsSecret = Secrets.isHeld(in: result.text)
    line { json in
      json.member("kind", "step")
      json.member("step", Int64(result.step.number))
      json.member("file", file)
      json.member("line", Int64(result.step.line))
      json.member("command", holdsSecret ? "…" : result.text)
      json.member("outcome", result.outcome.name)
      json.member("started", result.started.description)
      json.member("finished", result.finished.description)
      if case .drift(let drift) = result.outcome {
        json.member("drift", drift.differences) { $0.write($1) }
        json.member("explanations", drift.explanations)
      }
      if let failure = result.failure ?? result.foreseen {
        json.member("error", ErrorText.withoutSecrets(failure))
      }
      json.member("results", holdsSecret ? [] : result.reports) { $0.document(JSONRenderer.whole($1).utf8) }
    }
  }

  /// Puts a change that was taken back.
  public func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    line { json in
      json.member("kind", "undo")
      json.member("command", text)
      json.member("outcome", failure == nil ? "ok" : "failed")
      if let failure { json.member("error", failure) }
    }
  }

  /// Puts the whole.
  public func finish(_ failure: Failure?) {
    let outcome: StepResult.Outcome =
      if let failure = failure ?? (isStrict ? passedOver : nil) {
        .failed(failure)
      } else if isStrict, counts["drift"] != nil {
        .drift(.init(differences: []))
      } else { .ok }
    line { json in
      json.member("kind", "replay")
      json.member("file", file)
      json.member("outcome", outcome.name)
      for (outcome, count) in counts.sorted(by: { $0.key < $1.key }) { json.member(outcome, Int64(count)) }
    }
  }

  private func line(_ write: (inout JSONWriter) -> Void) {
    var json = JSONWriter()
    json.object(write)
    put(json.take() + "\n")
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ difference: Difference) {
    object {
      $0.member("path", difference.path)
      $0.member("recorded", difference.recorded)
      $0.member("came", difference.came)
      $0.member("reason", difference.reason)
    }
  }

  /// Only what there is to say of it.
  fileprivate mutating func member(_ name: String, _ failure: Failure) {
    member(name) { json in
      json.member("message", failure.message)
      if let sqlState = failure.sqlState { json.member("sqlstate", sqlState) }
      if let detail = failure.detail { json.member("detail", detail) }
      if let hint = failure.hint { json.member("hint", hint) }
    }
  }
}

extension StepResult.Outcome {
  /// What machines call it.
  public var name: String {
    switch self {
    case .ok, .foreseen: "ok"
    case .drift: "drift"
    case .failed: "failed"
    case .warned: "warned"
    case .skipped: "skipped"
    }
  }
}
