import Terminal

@testable import Shell

/// A console that keeps what is written and has nobody to ask.
final class SilentConsole: Console {
  var output: [String] = []
  var errors: [String] = []
  let width: Int? = nil

  func write(_ lines: [StyledText]) { output += lines.map(\.text) }
  func write(raw line: String) { output.append(line) }
  func complain(_ lines: [StyledText]) { errors += lines.map(\.text) }
  func ask(_ question: String) -> String? { nil }
  func askSecret(_ question: String) -> String? { nil }
  func progress(_ text: String, fraction: Double?) {}
  func endProgress() {}
  func beginPicture() -> Bool { false }
  func endPicture() {}
}
