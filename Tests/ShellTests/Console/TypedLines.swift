@testable import Shell

/// A prompt whose history was laid down.
final class TypedLines: PromptLine {
  let history: [String]
  /// What was put into the next line, oldest first.
  private(set) var prefilled: [String] = []

  init(_ history: [String]) { self.history = history }

  func prefill(_ text: String) { prefilled.append(text) }
}
