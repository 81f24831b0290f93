public import IndexDesign
public import Reports

/// The view of a replay for programs: one JSON object a step, on one line, and one for the whole at the end.
public final class ReplayJSON: NotebookWatcher {
  private let put: (String) -> Void
  private let file: String
  private let isStrict: Bool
  private var counts: [String: Int] = [:]

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
    let outcome = result.outcome.name
    counts[outcome, default: 0] += 1
    var members = [
      JSONRenderer.member("kind", JSONRenderer.quoted("step")),
      JSONRenderer.member("step", "\(result.step.number)"),
      JSONRenderer.member("file", JSONRenderer.quoted(file)),
      JSONRenderer.member("line", "\(result.step.line)"),
      JSONRenderer.member(
        "command", JSONRenderer.quoted(Secrets.isHeld(in: result.text) ? "…" : result.text)),
      JSONRenderer.member("outcome", JSONRenderer.quoted(outcome)),
      JSONRenderer.member("started", JSONRenderer.quoted(result.started.description)),
      JSONRenderer.member("finished", JSONRenderer.quoted(result.finished.description)),
    ]
    if case .drift(let drift) = result.outcome {
      members.append(JSONRenderer.member("drift", JSONRenderer.array(drift.differences.map(Self.text))))
      members.append(
        JSONRenderer.member("explanations", JSONRenderer.array(drift.explanations.map(JSONRenderer.quoted))))
    }
    if let failure = result.failure ?? result.foreseen {
      members.append(JSONRenderer.member("error", Self.text(ErrorText.withoutSecrets(failure))))
    }
    members.append(
      JSONRenderer.member(
        "results",
        JSONRenderer.array((Secrets.isHeld(in: result.text) ? [] : result.reports).map(JSONRenderer.whole))))
    put(members)
  }

  /// Puts a change that was taken back.
  public func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    put(
      [
        JSONRenderer.member("kind", JSONRenderer.quoted("undo")),
        JSONRenderer.member("command", JSONRenderer.quoted(text)),
        JSONRenderer.member("outcome", JSONRenderer.quoted(failure == nil ? "ok" : "failed")),
      ] + (failure.map { [JSONRenderer.member("error", Self.text($0))] } ?? []))
  }

  /// Puts the whole.
  public func finish(_ failure: Failure?) {
    let outcome: StepResult.Outcome =
      if let failure { .failed(failure) } else if isStrict, counts["drift"] != nil {
        .drift(.init(differences: []))
      } else { .ok }
    put(
      [
        JSONRenderer.member("kind", JSONRenderer.quoted("replay")),
        JSONRenderer.member("file", JSONRenderer.quoted(file)),
        JSONRenderer.member("outcome", JSONRenderer.quoted(outcome.name)),
      ] + counts.sorted { $0.key < $1.key }.map { JSONRenderer.member($0.key, "\($0.value)") })
  }

  private func put(_ members: [String]) {
    put("{" + members.joined(separator: ",") + "}\n")
  }

  private static func text(_ difference: Difference) -> String {
    "{"
      + [
        JSONRenderer.member("path", JSONRenderer.quoted(difference.path)),
        JSONRenderer.member("recorded", difference.recorded.map(JSONRenderer.quoted) ?? "null"),
        JSONRenderer.member("came", difference.came.map(JSONRenderer.quoted) ?? "null"),
        JSONRenderer.member("reason", JSONRenderer.quoted(difference.reason)),
      ].joined(separator: ",") + "}"
  }

  private static func text(_ failure: Failure) -> String {
    let members: [(String, String?)] = [
      ("message", failure.message), ("sqlstate", failure.sqlState), ("detail", failure.detail),
      ("hint", failure.hint),
    ]
    return "{"
      + members.compactMap { name, value in value.map { JSONRenderer.member(name, JSONRenderer.quoted($0)) } }
      .joined(separator: ",") + "}"
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
