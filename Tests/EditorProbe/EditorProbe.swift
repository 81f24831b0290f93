import Glibc
import Storage
import Terminal

/// A program that only reads lines and shows them, for tests that drive it through a pseudo-terminal.
///
/// Arguments: `--history FILE`, `--editrc`, `--colour`, `--background`, `--functions`, `--password`,
/// `--signals`. Each answer is one line that begins with `=`; `\u{1}\u{2}` says that keys are awaited.
@main struct EditorProbe {
  static func main() {
    do {
      let signals = try Signals.install()
      TerminalLocale.prepare()
      if CommandLine.arguments.contains("--signals") { tellSignals(signals) }
      var arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "--password" { return try askPassword(signals) }
      try readLines(signals, &arguments)
    } catch {
      print("= error: \((error as? TerminalError)?.message ?? "\(error)")")
      exit(1)
    }
  }

  static func readLines(_ signals: Signals, _ arguments: inout [String]) throws {
    var options = LineEditor.Options()
    options.readinessMark = "\u{1}\u{2}"
    options.readsEditrc = arguments.contains("--editrc")
    options.usesColour = arguments.contains("--colour")
    let editor = try LineEditor(
      programName: "probe", signals: signals, options: options, isSecret: { $0.contains("password=") },
      completions: complete, hint: hint)
    if let index = arguments.firstIndex(of: "--history"), index + 1 < arguments.count {
      let lines = SharedLines(arguments[index + 1], named: "the history")
      try editor.useHistory(
        HistoryStore(
          load: { try lines.entries() }, append: { try lines.append($0) }, rewrite: { try lines.rewrite($0) })
      )
    }
    if arguments.contains("--functions") { answer(editor.boundFunctions.joined(separator: " ")) }
    if arguments.contains("--background") { editor.background = busyBackground() }
    while true {
      switch try editor.readLine(prompt: StyledText("hypo ", .dim) + StyledText("@probe", .bad) + "> ") {
      case .line(let line):
        answer("line \(line.unicodeScalars.count) \(VisibleText.of(line))")
        if line == "wait" { wait(signals) }
        if line == "fill" { editor.prefill("select 1\n  from t") }
        try editor.addHistory(line)
      case .interrupted: answer("interrupted")
      case .endOfFile:
        answer("end of file")
        exit(0)
      case .terminated(let signal):
        answer("terminated \(signal)")
        exit(3)
      }
    }
  }

  /// Always ready; tells of each hundredth step in a way that no screen shows.
  static func busyBackground() -> LineEditor.Background {
    var pipe: [Int32] = [-1, -1]
    guard Glibc.pipe(&pipe) == 0 else { exit(2) }
    let end = pipe[1]
    var steps = 0
    return LineEditor.Background(descriptors: { [(end, true)] }) {
      steps += 1
      if steps.isMultiple(of: 100) { write(STDOUT_FILENO, "\u{1B}]0;working\u{7}", 12) }
    }
  }

  static func askPassword(_ signals: Signals) throws(TerminalError) {
    let password = try PasswordPrompt.read("Password: ", signals: signals)
    answer(password.map { "password \($0)" } ?? "no password")
    for signal in signals.take() { answer("pending \(signal)") }
  }

  /// As a session waits for its server: whatever signal comes is taken.
  static func wait(_ signals: Signals) {
    answer("waiting")
    var taken: [Signal] = []
    while taken.isEmpty {
      var watched = pollfd(fd: signals.fileDescriptor, events: Int16(POLLIN), revents: 0)
      poll(&watched, 1, -1)
      taken = signals.take()
    }
    for signal in taken { answer("taken \(signal)") }
  }

  static func tellSignals(_ signals: Signals) -> Never {
    answer("installed")
    while true {
      var watched = pollfd(fd: signals.fileDescriptor, events: Int16(POLLIN), revents: 0)
      poll(&watched, 1, -1)
      for signal in signals.take() { answer("\(signal)") }
    }
  }

  static func complete(line: String, cursor: Int) -> [Completion] {
    let before = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    let word = before.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    return ["select", "set", "show", "show größe", "status", "übersicht"]
      .filter { !word.isEmpty && $0.hasPrefix(word) }
      .map { Completion($0, start: cursor - word.utf8.count) }
  }

  static func hint(behind line: String) -> LineEditor.Hint? {
    switch line {
    case "hypo add": LineEditor.Hint(" TABLE(COLUMN, …)", taken: "")
    case "top 5 b": LineEditor.Hint("y total|mean", taken: "y ")
    default: nil
    }
  }

  static func answer(_ text: String) {
    print("= \(text)")
    fflush(nil)
  }
}
