import Terminal

/// The line that a person types: what commands may know of it and do with it.
protocol PromptLine: AnyObject {
  /// What was typed in this session and the ones before, oldest first.
  var history: [String] { get }
  /// Puts a text into the next line.
  func prefill(_ text: String)
}

extension LineEditor: PromptLine {}
