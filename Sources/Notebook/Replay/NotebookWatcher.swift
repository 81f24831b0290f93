public import IndexDesign
public import Reports

/// Watches a notebook run.
public protocol NotebookWatcher: AnyObject {
  /// Prose comes, Markdown without its marks.
  func comes(prose: [String])
  /// A step begins; the text has its values in their places.
  func begins(_ step: Notebook.Step, _ text: String)
  /// A step has ended, or was skipped.
  func ended(_ result: StepResult)
  /// A change of this run is about to be taken back.
  func undoes(_ text: String)
  /// It was taken back; the failure is nil when that worked.
  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp)
  /// The run has ended.
  ///
  /// - Parameter failure: what ended it early; nil when it came to its end.
  /// - Throws: when what was gathered cannot be written.
  func finish(_ failure: Failure?) throws
}

extension NotebookWatcher {
  /// Most views leave prose out.
  public func comes(prose: [String]) {}
  /// Most views wait for the end.
  public func begins(_ step: Notebook.Step, _ text: String) {}
  /// Most views wait for the end.
  public func undoes(_ text: String) {}
  /// Most views know steps only.
  public func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {}
  /// Most views have nothing to write at the end.
  public func finish(_ failure: Failure?) throws {}
}
