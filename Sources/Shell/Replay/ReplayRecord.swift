import IndexDesign

/// What a notebook has recorded: compares it with what comes, and takes what comes in its place.
final class ReplayRecord: NotebookWatcher {
  private let notebook: Notebook
  private let sitting: Sitting

  init(_ notebook: Notebook, in sitting: Sitting) { (self.notebook, self.sitting) = (notebook, sitting) }

  func compare(_ step: Notebook.Step, _ reports: [Report], _ failure: Failure?) -> [Difference] { [] }

  func ended(_ result: NotebookRun.Result) {}

  func bless(_ file: String, _ loop: Loop) throws {}
}
