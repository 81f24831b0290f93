import Foundation
import IndexDesign
import Notebook
import Reports
import Server
import Storage
import Terminal

/// The prompt: reads lines with the editor until the person leaves.
struct Interaction {
  let loop: Loop
  let console: TerminalConsole
  let signals: Signals
  let interrupts: SignalInterrupts
  let options: ShellProgram.Options

  /// Runs until `quit`, Ctrl-D or a signal to end.
  func run() -> ExitStatus {
    let editor: LineEditor
    let completions = Completions(loop.workspace)
    do {
      var settings = LineEditor.Options()
      settings.usesColour = console.usesColour
      settings.readinessMark = loop.workspace.environment["HYPO_READINESS_MARK"]
      editor = try LineEditor(
        programName: "hypo", signals: signals, options: settings, isSecret: Secrets.isHeld,
        completions: completions.offered, hint: completions.hint)
    } catch {
      loop.complain(Failure(error))
      return .ownFailure
    }
    editor.background = .init(
      descriptors: completions.names.descriptors, proceed: completions.names.proceed)
    useHistory(editor)
    console.asker = { question in try? editor.readLine(prompt: question) }
    loop.use(editor)
    greet()
    return read(editor, completions)
  }

  private func read(_ editor: LineEditor, _ completions: Completions) -> ExitStatus {
    var lines: [String] = []
    while !loop.isEnding {
      let input: LineEditor.Input
      completions.linesAbove = lines.map { $0 + "\n" }.joined()
      do { input = try editor.readLine(prompt: prompt(lines), givesHints: lines.isEmpty) } catch {
        loop.complain(Failure(error))
        return .ownFailure
      }
      switch input {
      case .endOfFile where lines.isEmpty, .terminated: return .done
      case .endOfFile, .interrupted: lines = []
      case .line(let line):
        lines.append(line)
        let text = Completeness.joined(lines)
        guard Completeness.ofBlock(text) == .complete else { continue }
        lines = []
        let commands = Self.commands(in: text)
        if commands.isEmpty {
          if text.hasPrefix("#") { record(prose: text) }
          continue
        }
        do { try editor.addHistory(text) } catch { loop.complain(Failure(error)) }
        // Ctrl-C at the prompt was answered there.
        _ = loop.takeInterrupt()
        completions.names.pause()
        perform(commands)
        completions.names.resume(after: commands)
        // SIGTERM or SIGHUP has cancelled what ran.
        if interrupts.ending != nil { return .done }
      }
    }
    return .done
  }

  /// Runs a command, or the commands of a pasted block until one fails.
  private func perform(_ commands: [String]) {
    for command in commands where !loop.isEnding {
      if case .failure(let failure) = loop.perform(command) {
        loop.complain(failure)
        return
      }
    }
  }

  /// A remark becomes prose of what is recorded.
  private func record(prose: String) {
    do throws(Failure) { try loop.recorder?.take(prose: prose) } catch { loop.complain(error) }
  }

  /// One command a line, as in a script; a text that is no script is one command.
  private static func commands(in text: String) -> [String] {
    guard text.contains("\n"), let steps = try? Notebook(parsing: text).steps else {
      return Loop.isSilent(text) ? [] : [text]
    }
    return steps.map(\.command)
  }

  /// What the session's prompt says, and what is open on the lines after the first.
  private func prompt(_ lines: [String]) -> StyledText {
    if !lines.isEmpty, case .open(let symbol) = Completeness.ofBlock(Completeness.joined(lines)) {
      return StyledText("  \(symbol)> ", .dim)
    }
    return Prompt(of: loop.workspace, isRecording: loop.recorder != nil).text(
      width: console.width ?? 80)
  }

  /// Tries libpq's defaults, as psql would; without a server the shell is still there to connect or to help.
  private func greet() {
    guard options.target == nil else {
      tellWhere()
      return
    }
    do {
      _ = try loop.workspace.connect(to: "")
      tellWhere()
    } catch {
      loop.workspace.connectLater(to: nil)
      var failure = Failure(error)
      failure.hint =
        "connect TARGET tries another server; connect sandbox starts a private one to try things on"
      loop.complain(failure)
    }
  }

  private func tellWhere() {
    guard let session = loop.workspace.session else { return }
    let facts = session.facts
    var server = StyledText(
      "PostgreSQL \(facts.shortVersion), \(facts.role), database \(facts.database), user \(facts.user)", .dim)
    if let target = loop.workspace.targetName {
      server += StyledText(", target \(target)", .dim)
      if loop.workspace.isOnProduction { server += StyledText(" \(Prompt.production)", .bad) }
    }
    let start = StyledText(
      "help lists the commands; doctor checks what is needed; top 5 is a good start", .dim)
    console.write([server, start].flatMap { $0.folded(to: console.width ?? .max) })
    loop.tellOpenChanges()
  }

  private func useHistory(_ editor: LineEditor) {
    do {
      let folder = try StateFolder(environment: loop.workspace.environment, for: "the history").path
      try Folder.make(folder)
      try editor.useHistory(HistoryStore(SharedLines("\(folder)/history", named: "the history")))
    } catch {
      loop.complain(Failure(error))
    }
  }
}
