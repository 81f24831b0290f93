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
  /// The rows that are left of a picture; nil when the screen is the ordinary one.
  private var rowsLeft: Int?
  /// Reads an answer through the line editor of the loop; nil when there is none.
  var asker: ((StyledText) -> String?)?

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
    bar?.finish()
    let lines = rowsLeft == nil || descriptor != STDOUT_FILENO ? lines : fitting(lines)
    guard !lines.isEmpty else { return }
    var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR || errno == EAGAIN { continue }
      // A terminal that is gone says EIO; SIGHUP then ends what runs, which must not be left half done.
      if written < 0, errno == EIO { return }
      if written < 0 { exit(descriptor == STDOUT_FILENO && errno != EPIPE ? 1 : 0) }
      bytes = bytes.dropFirst(written)
    }
  }

  func ask(_ question: StyledText) -> String? {
    endProgress()
    if let asker { return asker(question) }
    guard TerminalProperties.isTerminal(STDIN_FILENO), output.isTerminal, let signals,
      let editor = try? LineEditor(
        programName: "hypo", signals: signals, options: questionOptions, completions: { _, _ in [] }),
      case .line(let answer)? = try? editor.readLine(prompt: question)
    else { return nil }
    return answer
  }

  private var questionOptions: LineEditor.Options {
    var options = LineEditor.Options()
    options.usesColour = usesColour
    return options
  }

  func askSecret(_ question: String) -> String? {
    endProgress()
    return (try? PasswordPrompt.read(question, signals: signals)) ?? nil
  }

  func progress(_ text: String, fraction: Double?) {
    if bar == nil {
      let isTerminal = errors.isTerminal && !errors.isDumb
      bar = ProgressLine(
        clock: ContinuousClock(), width: { [errors] in errors.width },
        write: isTerminal ? { [weak self] in self?.send($0, to: STDERR_FILENO) } : nil)
    }
    bar?.update(text, fraction: fraction)
  }

  func endProgress() {
    bar?.finish()
    bar = nil
  }

  // MARK: Pictures

  func beginPicture() -> Bool {
    guard output.isTerminal, !output.isDumb else { return false }
    bar?.finish()
    // xterm's other screen, which terminals without it ignore; then home and clear.
    send((rowsLeft == nil ? "\u{1B}[?1049h" : "") + "\u{1B}[H\u{1B}[J")
    rowsLeft = output.height - 1
    return true
  }

  func endPicture() {
    guard rowsLeft != nil else { return }
    rowsLeft = nil
    send("\u{1B}[?1049l")
  }

  /// The rows that the picture still has room for; the last one says that there are more.
  private func fitting(_ lines: [String]) -> [String] {
    guard let left = rowsLeft else { return lines }
    rowsLeft = max(0, left - lines.count)
    guard lines.count > left else { return lines }
    return left > 0 ? lines.prefix(left - 1) + ["… \(lines.count - left + 1) more lines"] : []
  }

  /// What is for the eye only may be lost.
  private func send(_ sequence: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = sequence
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
