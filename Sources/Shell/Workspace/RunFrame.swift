import IndexDesign
import Reports

/// What belongs to one run of a script or notebook and ends with it; the outermost one is the prompt's.
struct RunFrame {
  /// The real path of the file that runs; nil for what was typed, and for a file that the command line names.
  var file: String?
  /// What is done when a step fails.
  var onFail = FailureReaction.stop
  /// The ticket for changes that name none; nil for none.
  var ticket: String?
  /// The evidence that the run leaves; nil when none is kept.
  var evidence: ReplayEvidence?
  /// Whether it is a lesson, where a pause is a question of any answer.
  var isLesson = false
  /// Whether a failure that was passed over fails the whole run.
  var isStrict = false
  /// A failure that the next `expect error` is there for; nil when there is none.
  var foreseenFailure: Failure?

  /// The frame of a notebook that runs inside this one: it has reactions of its own, and what it leaves out is the
  /// outer one's.
  ///
  /// - Parameter ticket: the notebook's ticket; nil when it has none.
  func inner(ticket: String?) -> RunFrame {
    RunFrame(ticket: ticket ?? self.ticket, evidence: evidence, isLesson: isLesson, isStrict: isStrict)
  }
}
