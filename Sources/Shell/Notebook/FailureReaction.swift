/// What is done when a step of a notebook fails.
enum FailureReaction: String, CaseIterable {
  /// The notebook ends.
  case stop
  /// The changes that this run made are taken back, newest first; then the notebook ends.
  case rollback
  /// The failure is told, and the next step runs.
  case warn
}
