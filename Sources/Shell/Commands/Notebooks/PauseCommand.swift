import Notebook
import Reports
import Terminal

/// `pause "TEXT"`
struct PauseCommand: Command {
  static let declaration = CommandDeclaration(
    name: "pause", form: Form("\"TEXT\""), summary: "wait for a person",
    details: """
      Shows the text and waits for Enter; what is typed before it is the answer to a question. With --yes it goes on at \
      once. The answer no ends the notebook, except in a lesson. Where nobody can answer and --yes was not said, it is refused, and the notebook ends with status 6.
      """,
    examples: [
      .init("pause \"Has the change been approved?\"", gives: .parts([], showing: "--yes goes on"))
    ], group: .notebooks, effects: .asks)

  private let text: String

  init(_ arguments: Arguments) throws(Failure) { text = try arguments.quotedText() }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    if workspace.settings.yes { return .message("pause", "\(text) (--yes goes on)") }
    let keys = workspace.frame.isLesson ? " (Enter goes on) " : " (Enter goes on, no ends it) "
    guard let typed = loop.ask(StyledText(text, .strong) + StyledText(keys, .dim)) else {
      if loop.wasInterrupted { throw Failure(.cancelled, "ended at the pause") }
      throw Failure(
        .refused, "nobody answered: \(text)",
        hint: "--yes goes on without a person; nothing after the pause was run")
    }
    let answer = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard workspace.frame.isLesson || !["no", "n"].contains(answer.lowercased().prefix { $0.isLetter }) else {
      throw Failure(.refused, "the answer was no: \(text)", hint: "nothing after the pause was run")
    }
    return answer.isEmpty || workspace.frame.isLesson
      ? Report("pause") : .message("pause", "answered: \(answer)")
  }
}

extension Arguments {
  fileprivate func quotedText() throws(Failure) -> String {
    let word = try required("\"TEXT\"")
    if let quote = word.text.first, quote == "\"" || quote == "'",
      let end = word.text.dropFirst().lastIndex(of: quote)
    {
      try ArgumentReader(text, from: word.range.lowerBound + word.text[...end].utf8.count)
        .expectEnd(synopsis)
    }
    guard word.text.utf8.count > 2, word.text.first == "\"" || word.text.first == "'",
      word.text.trimmingQuotes != word.text
    else { throw failure("pause needs a text in quotes", at: word, hint: "usage: \(synopsis)") }
    return word.text.trimmingQuotes
  }
}
