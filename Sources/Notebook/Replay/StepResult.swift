public import IndexDesign
public import Reports

/// A step of a notebook that has ended, and what came of it.
public struct StepResult {
  /// How a step ended.
  public enum Outcome: Equatable {
    /// As recorded, or nothing was recorded.
    case ok
    /// It failed, as the `expect error` behind it says.
    case foreseen(Failure)
    /// It gave something else than was recorded.
    case drift(Drift)
    /// It failed, and the run ended.
    case failed(Failure)
    /// It failed, and `on-fail warn` goes on.
    case warned(Failure)
    /// A guard did not hold.
    case skipped(NotebookGuard)
  }

  /// What is another one than was recorded.
  public struct Drift: Equatable {
    /// Each of them, in the order of the result.
    public var differences: [Difference]
    /// What has changed since the recording and may be why; empty when nothing is known.
    public var explanations: [String] = []
    /// How the step failed, as was foreseen; nil when it did not.
    public var foreseen: Failure?

    /// A drift of these differences; without explanations and failure as yet.
    public init(differences: [Difference], explanations: [String] = []) {
      (self.differences, self.explanations) = (differences, explanations)
    }
  }

  /// The step, as the notebook has it.
  public var step: Notebook.Step
  /// The command as it ran, values in their places.
  public var text: String
  /// How it ended.
  public var outcome: Outcome
  /// Whether its result went to a file.
  public var isRedirected = false
  /// What it showed, rows included; empty when that went to a file.
  public var reports: [Report] = []
  /// When it began.
  public var started: Timestamp
  /// When it ended.
  public var finished: Timestamp
  /// The change that it made; nil for none.
  public var change: ChangeNumber?

  /// A step that begins, well so far: nothing was shown and nothing changed.
  ///
  /// - Parameter text: the command as it is typed.
  public init(
    step: Notebook.Step, text: String, outcome: Outcome = .ok, started: Timestamp, finished: Timestamp
  ) {
    (self.step, self.text, self.outcome) = (step, text, outcome)
    (self.started, self.finished) = (started, finished)
  }

  /// How it failed as the step behind it says; nil when it did not.
  public var foreseen: Failure? {
    switch outcome {
    case .foreseen(let failure): failure
    case .drift(let drift): drift.foreseen
    case .ok, .failed, .warned, .skipped: nil
    }
  }

  /// Why it failed; nil when it did not, or was meant to.
  public var failure: Failure? {
    switch outcome {
    case .failed(let failure), .warned(let failure): failure
    case .ok, .foreseen, .drift, .skipped: nil
    }
  }
}
