import Foundation
import Glibc
import IndexDesign
import Programs
import Reports
import Storage
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
  var asker: ((StyledText) -> LineEditor.Input?)?
  private(set) var wasInterrupted = false

  init(colour: TerminalProperties.ColourChoice, signals: Signals?) {
    self.colour = colour
    self.signals = signals
  }

  var width: Int? { output.isTerminal ? output.width : nil }

  /// Whether what is written has attributes.
  var usesColour: Bool { output.usesColour(colour) }

  func put(_ text: String) { put(text, STDOUT_FILENO) }

  func complain(_ lines: [StyledText]) {
    let usesColour = errors.usesColour(colour)
    put(lines.map { $0.render(colour: usesColour) + "\n" }.joined(), STDERR_FILENO)
  }

  /// All of it; a reader that left, such as `head`, ends the program quietly.
  private func put(_ text: String, _ descriptor: Int32) {
    bar?.finish()
    var text = rowsLeft == nil || descriptor != STDOUT_FILENO ? text : fitting(text)
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR || errno == EAGAIN { continue }
        // A terminal that is gone says EIO; SIGHUP then ends what runs, which must not be left half done.
        if written < 0, errno == EIO { return }
        if written < 0 { exit(descriptor == STDOUT_FILENO && errno != EPIPE ? 1 : 0) }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
    }
  }

  func page(through pager: Pager?, _ body: (_ put: (String) throws -> Void) throws -> Void) throws {
    // Only the person at the prompt can leave a pager.
    guard let pager, asker != nil, rowsLeft == nil, output.isTerminal, !output.isDumb else {
      return try body(put)
    }
    let paged = PagedOutput(width: output.width, height: output.height)
    var isCut = false
    do { try body(paged.write) } catch is PagedOutput.IsFull { isCut = true }
    endProgress()
    paged.finish(put: put) { show($0, in: pager) }
    guard isCut else { return }
    complain([
      StyledText("notice: ", .warning)
        + StyledText(
          "the result was cut after \(NumberText.bytes(Int64(PagedOutput.limit))); > FILE takes all of it")
    ])
  }

  /// False when there is no such pager.
  private func show(_ text: NamelessFile, in pager: Pager) -> Bool {
    var state = termios()
    let hasState = tcgetattr(STDIN_FILENO, &state) == 0
    // A pager that was killed leaves the terminal as it had set it.
    defer { if hasState { tcsetattr(STDIN_FILENO, TCSADRAIN, &state) } }
    do {
      try pager.program(ProcessInfo.processInfo.environment).runOnTerminal(input: text)
      return true
    } catch {
      complain([
        StyledText("notice: ", .warning)
          + StyledText("\(error.message), so long results are not paged; set pager COMMAND names another one")
      ])
      return false
    }
  }

  func ask(_ question: StyledText) -> String? {
    endProgress()
    // An answer counts only from somebody who has seen the question.
    QuietKeys.dropTypedAhead()
    let input = asker.map { $0(question) } ?? answer(question)
    wasInterrupted = input == .interrupted
    return if case .line(let answer)? = input { answer } else { nil }
  }

  private func answer(_ question: StyledText) -> LineEditor.Input? {
    guard TerminalProperties.isTerminal(STDIN_FILENO), output.isTerminal, let signals,
      let editor = try? LineEditor(
        programName: "hypo", signals: signals, options: questionOptions, completions: { _, _ in [] })
    else { return nil }
    return try? editor.readLine(prompt: question)
  }

  private var questionOptions: LineEditor.Options {
    var options = LineEditor.Options()
    options.usesColour = usesColour
    options.readinessMark = ProcessInfo.processInfo.environment["HYPO_READINESS_MARK"]
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

  /// What the picture still has room for. Rows come in pieces, so the last row is kept to say that there are more.
  private func fitting(_ text: String) -> String {
    guard let left = rowsLeft else { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    rowsLeft = max(0, left - lines.count)
    guard lines.count >= left else { return text }
    guard left > 0 else { return "" }
    rowsLeft = 0
    return (lines.prefix(left - 1) + ["… more lines"]).joined(separator: "\n") + "\n"
  }

  /// What is for the eye only may be lost.
  private func send(_ sequence: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = sequence
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
