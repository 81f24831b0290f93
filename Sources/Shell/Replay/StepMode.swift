import Terminal

/// Teaching: the learner types each command, or presses Enter to have it typed.
struct StepMode {
  private let sitting: Sitting

  init(_ sitting: Sitting) { self.sitting = sitting }

  /// Waits for the learner before a step.
  ///
  /// - Returns: false when they leave, with `quit` or Ctrl-D.
  func mayRun(_ step: Notebook.Step, _ text: String) -> Bool {
    // What steers the lesson, or checks it, is not for the learner to type.
    guard step.isRecorded || step.firstWord == "let" else { return true }
    let command = text.split(separator: "\n", omittingEmptySubsequences: false)
    sitting.console.write(
      command.enumerated().map { index, line in
        StyledText(index == 0 ? "type: " : "      ", .dim) + StyledText(String(line), .accent)
      })
    while true {
      guard let typed = sitting.console.ask(StyledText("hypo> ", .dim)) else { return false }
      let words = Self.normalized(typed)
      if words == "quit" || words == "\\q" { return false }
      if words.isEmpty {
        sitting.console.write(
          command.enumerated().map { index, line in
            StyledText(index == 0 ? "hypo> " : "    > ", .dim) + StyledText(String(line), .strong)
          })
        return true
      }
      if words == Self.normalized(text) { return true }
      sitting.console.write([
        StyledText("not quite: ", .warning)
          + StyledText("this step is the command above; Enter types it, quit leaves the lesson")
      ])
    }
  }

  /// Blanks, line ends, case and a final semicolon make no difference.
  private static func normalized(_ text: String) -> String {
    var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    while words.last == ";" || words.last == " " { words.removeLast() }
    return words
  }
}
