import Reports
import Terminal

@testable import Shell

/// A console that keeps what is written; nobody answers but with the answers that were laid down.
final class SilentConsole: Console {
  var output: [String] = []
  var errors: [String] = []
  /// What is answered, the first one first.
  var answers: [String] = []
  /// What was asked.
  var questions: [String] = []
  /// What happens while a question stands.
  var onQuestion: () -> Void = {}
  let width: Int? = nil
  var wasInterrupted = false

  let usesColour = false
  private var partial = ""

  func put(_ text: String) {
    let lines = (partial + text).split(separator: "\n", omittingEmptySubsequences: false)
    output += lines.dropLast().map(String.init)
    partial = String(lines.last ?? "")
  }
  func complain(_ lines: [StyledText]) { errors += lines.map(\.text) }
  func ask(_ question: StyledText) -> String? {
    questions.append(question.text)
    onQuestion()
    return answers.isEmpty ? nil : answers.removeFirst()
  }
  func askSecret(_ question: String) -> String? { nil }
  func progress(_ text: String, fraction: Double?) {}
  func endProgress() {}
  func beginPicture() -> Bool { false }
  func endPicture() {}
}
