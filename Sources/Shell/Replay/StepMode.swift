import Notebook
import Terminal

/// Teaching: the learner types each command, or presses Enter to have it typed.
struct StepMode {
  private let loop: Loop

  init(_ loop: Loop) { self.loop = loop }

  /// Waits for the learner before a step.
  ///
  /// - Returns: false when they leave, with `quit` or Ctrl-D.
  func mayRun(_ step: Notebook.Step, _ text: String) -> Bool {
    // What steers the lesson, or checks it, is not for the learner to type.
    guard step.effects.hasTranscript || step.effects.contains(.captures) else { return true }
    let command = text.split(separator: "\n", omittingEmptySubsequences: false)
    show(command, first: StyledText("type: ", .dim), next: StyledText("      ", .dim), .accent)
    var typed = ""
    while true {
      let prompt = StyledText(typed.isEmpty ? "hypo> " : "    > ", .dim)
      guard let line = loop.console.ask(prompt) else {
        // Ctrl-C clears what was typed, as it does at the prompt of the shell.
        guard loop.console.wasInterrupted else { return leave(step) }
        typed = ""
        continue
      }
      typed = Self.normalized(typed + " " + line)
      if CommandWords.effects(of: typed).contains(.leaves) { return leave(step) }
      if typed.isEmpty {
        show(command, first: StyledText("hypo> ", .dim), next: StyledText("    > ", .dim), .strong)
        return true
      }
      let wanted = Self.normalized(text)
      if typed == wanted { return true }
      // A command of several lines is typed line by line.
      if command.count > 1, wanted.hasPrefix(typed + " "), !line.allSatisfy(\.isWhitespace) { continue }
      typed = ""
      loop.console.write([
        StyledText("not quite: ", .warning)
          + StyledText("this step is the command above; Enter types it, quit leaves the lesson")
      ])
    }
  }

  private func leave(_ step: Notebook.Step) -> Bool {
    loop.console.write([StyledText("--step --from \(step.number) goes on from here", .dim)])
    return false
  }

  private func show(_ lines: [Substring], first: StyledText, next: StyledText, _ style: Style) {
    loop.console.write(
      lines.enumerated().map { ($0 == 0 ? first : next) + StyledText(String($1), style) })
  }

  /// Blanks, line ends, case and a final semicolon make no difference.
  private static func normalized(_ text: String) -> String {
    var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    while words.last == ";" || words.last == " " { words.removeLast() }
    return words
  }
}
