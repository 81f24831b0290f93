import IndexDesign
import Notebook
import Reports
import Terminal

/// `pause "TEXT" [for yes|name|number]`
struct PauseCommand: Command {
  static let declaration = CommandDeclaration(
    name: "pause", form: Form("\"TEXT\" [for yes|name|number]"), summary: "wait for a person",
    details: """
      Shows the text and waits for a person. A text with a question mark needs the answer yes, and no ends the \
      notebook; to one without, and in a lesson, Enter is enough. With for name or for number it needs that; let NAME = \
      pause.answer keeps the answer, and expect pause.answer judges it. Any other answer is asked for again. With --yes it \
      goes on at once, but never on a production target, nor where a name or a number is asked for. Where nobody can \
      answer it is refused, and the notebook ends with status 6.
      """,
    examples: [
      .init("pause \"Has the change been approved?\"", gives: .parts([], showing: "--yes goes on"))
    ], group: .notebooks, effects: .asks)

  private let text: String
  private let gate: PauseGate

  init(_ arguments: Arguments) throws(Failure) {
    text = try arguments.quotedText()
    gate = arguments.choice(PauseGate.self) ?? (text.contains("?") ? .yes : .enter)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    // In a lesson a question is to be thought about.
    let isLesson = workspace.frame.isLesson
    let gate = isLesson ? .enter : gate
    let isProduction = workspace.isOnProduction
    if workspace.settings.yes, gate.isAnsweredByFlag, !isProduction {
      return .message("pause", "\(text) (--yes goes on)")
    }
    var complaint = ""
    while true {
      guard
        let typed = loop.ask(
          StyledText(complaint) + StyledText(text, .strong)
            + StyledText(" (\(isLesson ? "Enter goes on" : gate.keys)) ", .dim))
      else {
        if loop.wasInterrupted { throw Failure(.cancelled, "ended at the pause") }
        throw Failure(
          .refused, "nobody answered: \(text)",
          hint: isProduction
            ? "on a production target a person has to answer; nothing after the pause was run"
            : gate.isAnsweredByFlag
              ? "--yes goes on without a person; nothing after the pause was run"
              : "a person has to answer with a \(gate.rawValue); nothing after the pause was run")
      }
      let answer = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if isLesson { return Report("pause") }
      switch gate.judge(answer) {
      case .passes where answer.isEmpty: return Report("pause")
      case .passes where gate.isAnsweredByFlag: return .message("pause", "answered: \(answer)")
      case .passes:
        let number = gate == .number ? Double(answer) : nil
        let cell =
          number.map { value in Int64(answer).map { Cell.integer($0) } ?? .number(value) } ?? .text(answer)
        return Report("pause", [.fields(.init(name: "pause", title: nil, values: [.init("answer", cell)]))])
      case .ends:
        throw Failure(.refused, "the answer was no: \(text)", hint: "nothing after the pause was run")
      case .isNone:
        complaint = (answer.isEmpty ? "That" : "\"\(answer)\"") + " is no answer, type \(gate.wanted). "
      }
    }
  }
}

extension Arguments {
  fileprivate func quotedText() throws(Failure) -> String {
    let word = try required("\"TEXT\"")
    if let quote = word.text.first, quote == "\"" || quote == "'",
      let end = word.text.dropFirst().lastIndex(of: quote), word.text[end...].count > 1
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
