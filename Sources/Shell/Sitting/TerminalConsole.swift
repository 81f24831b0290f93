import Foundation
import Glibc
import Terminal

/// The process's own terminal, pipe or file.
final class TerminalConsole: Console {
  private let output = TerminalProperties(fileDescriptor: STDOUT_FILENO)
  private let errors = TerminalProperties(fileDescriptor: STDERR_FILENO)
  private let colour: TerminalProperties.ColourChoice
  private let signals: Signals?
  private var bar: ProgressLine<ContinuousClock>?
  /// Reads an answer through the line editor of the loop; nil when there is none.
  var asker: ((String) -> String?)?

  init(colour: TerminalProperties.ColourChoice, signals: Signals?) {
    self.colour = colour
    self.signals = signals
  }

  var width: Int? { output.isTerminal ? output.width : nil }

  /// Whether what is written has attributes.
  var usesColour: Bool { output.usesColour(colour) }

  func write(_ lines: [StyledText]) {
    let usesColour = usesColour
    put(lines.map { $0.render(colour: usesColour) }, STDOUT_FILENO)
  }

  func write(raw line: String) { put([line], STDOUT_FILENO) }

  func complain(_ lines: [StyledText]) {
    let usesColour = errors.usesColour(colour)
    put(lines.map { $0.render(colour: usesColour) }, STDERR_FILENO)
  }

  /// Lines in one call; a reader that left, such as `head`, ends the program quietly.
  private func put(_ lines: [String], _ descriptor: Int32) {
    guard !lines.isEmpty else { return }
    var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR || errno == EAGAIN { continue }
      if written < 0 { exit(descriptor == STDOUT_FILENO && errno != EPIPE ? 1 : 0) }
      bytes = bytes.dropFirst(written)
    }
  }

  func ask(_ question: String) -> String? {
    endProgress()
    if let asker { return asker(question) }
    guard TerminalProperties.isTerminal(STDIN_FILENO), output.isTerminal, let signals,
      let editor = try? LineEditor(programName: "hypo", signals: signals, completions: { _, _ in [] }),
      case .line(let answer)? = try? editor.readLine(prompt: question)
    else { return nil }
    return answer
  }

  func askSecret(_ question: String) -> String? {
    (try? PasswordPrompt.read(question, signals: signals)) ?? nil
  }

  func progress(_ text: String, fraction: Double?) {
    if bar == nil {
      let isTerminal = errors.isTerminal && !errors.isDumb
      bar = ProgressLine(
        clock: ContinuousClock(), width: { [errors] in errors.width },
        write: isTerminal ? { text in FileHandle.standardError.write(Data(text.utf8)) } : nil)
    }
    bar?.update(text, fraction: fraction)
  }

  func endProgress() {
    bar?.finish()
    bar = nil
  }
}
