import Foundation
import IndexDesign
import Notebook
import Reports
import Server
import Terminal

/// Runs commands one after the other and shows what they return; the only place that writes.
final class Loop {
  /// What commands work on.
  let workspace: Workspace
  /// The screen, and whom to ask.
  let console: any Console
  /// Where reports go.
  let output: ReportOutput
  /// The line that a person types; nil where there is no prompt.
  private(set) var prompt: (any PromptLine)?
  /// What writes this session into a notebook; nil when nothing does.
  private(set) var recorder: Recorder?
  /// The last command that is worth repeating; nil before the first.
  private(set) var lastCommand: String?
  /// Whether a command is run again and again, so that its output must not wait for a person.
  var isRepeating = false
  /// Whether hypo is left when the present command has ended.
  private(set) var isEnding = false

  /// - Parameters:
  ///   - interrupts: what ends a wait for a server early, and a script between two commands; nil for nothing.
  ///   - now: what the time is.
  init(
    console: any Console, interrupts: Interrupts? = nil, environment: [String: String],
    configuration: Configuration = Configuration(),
    now: @escaping () -> Timestamp = Workspace.clock
  ) {
    self.console = console
    workspace = Workspace(
      environment: environment, configuration: configuration,
      access: ServerAccess(console: console, interrupts: interrupts), now: now)
    output = ReportOutput(console, workspace)
  }

  /// Whether Ctrl-C or a signal to end came since the last call; asked between commands.
  func takeInterrupt() -> Bool { workspace.access.interrupts?.takeAll() ?? false }

  /// Leaves hypo when the present command has ended.
  func end() { isEnding = true }

  /// Takes commands from a line that a person types from here on.
  func use(_ prompt: any PromptLine) { self.prompt = prompt }

  /// Hands commands that have ended to a recorder from here on; nil to none.
  func record(with recorder: Recorder?) {
    self.recorder = recorder
    output.isRecorded = recorder != nil
  }

  /// Runs one whole command and shows its report, or its failure.
  func perform(_ text: String) -> Result<Report, Failure> {
    let prepared: Result<PreparedCommand, Failure> = Result { () throws(Failure) in
      try PreparedCommand(workspace.values.replaced(in: text, keepsUnknown: true))
    }
    return perform(text, prepared)
  }

  /// Runs a command that was read already.
  func perform(_ command: PreparedCommand) -> Result<Report, Failure> {
    perform(command.typed, .success(command))
  }

  private func perform(_ text: String, _ prepared: Result<PreparedCommand, Failure>) -> Result<
    Report, Failure
  > {
    let stopwatch = Stopwatch(workspace)
    let command = try? prepared.get()
    // What is repeated or edited comes into files and onto the screen.
    defer {
      if !Secrets.isHeld(in: text), let last = Self.worthRepeating(text, command) {
        lastCommand = last
      }
    }
    output.beginCommand()
    recorder?.begins(in: workspace)
    let result: Result<Report, Failure>
    do {
      let command = try prepared.get()
      let report = try show(command)
      result = .success(report)
      // A name or a number that was asked for is a result like any other.
      let isAnswer =
        command.effects.contains(.asks)
        && report.blocks.contains { if case .fields = $0 { true } else { false } }
      if isAnswer || command.effects.isDisjoint(with: .steersNotebook) {
        workspace.keep(results: output.shown)
      }
    } catch { result = .failure(Failure(error)) }
    console.endProgress()
    tellEvents()
    record(text, command, result)
    if workspace.settings.timing { console.complain([StyledText(stopwatch.text(workspace), .dim)]) }
    return result
  }

  /// Hands a command that has ended to the recorder. What cannot be written is told, and the work goes on.
  private func record(_ text: String, _ command: PreparedCommand?, _ result: Result<Report, Failure>) {
    let failure: Failure? = if case .failure(let failure) = result { failure } else { nil }
    do throws(Failure) {
      try recorder?.take(text, command, failure: failure, showing: output.shown, in: workspace)
    } catch {
      complain(error)
    }
  }

  /// What `edit` and `\g` take for the last command: without the file that it was written to, and of a command that
  /// repeats another one that one; nil when a line is about the shell.
  ///
  /// - Parameter command: the line as it was read; nil when it could not be.
  static func worthRepeating(_ text: String, _ command: PreparedCommand?) -> String? {
    if case .command(let command)? = command?.action, let repeated = command.repeated { return repeated }
    if command?.effects.contains(.steersShell) == true { return nil }
    return (try? Redirection.split(text).command) ?? text
  }

  private func show(_ command: PreparedCommand) throws -> Report {
    func run() throws -> Report { try show { try command.run(in: workspace, by: self) } }
    return try command.redirection.map { try output.redirect($0, run) } ?? run()
  }

  private func show(_ work: () throws -> Report) throws -> Report {
    let report = try work()
    console.endProgress()
    tellEvents()
    try output.show(report)
    return report
  }

  /// Does what nobody has typed, and shows its report.
  ///
  /// - Parameter activity: what is done, for the line that tells of long waits.
  func perform(as activity: String, _ work: () throws -> Report) -> Result<Report, Failure> {
    workspace.access.activity = activity
    output.beginCommand()
    defer {
      console.endProgress()
      tellEvents()
    }
    do { return .success(try show(work)) } catch { return .failure(Failure(error)) }
  }

  /// Lets another program have the terminal; Ctrl-C in it was for it.
  func lendTerminal<Value, Problem: Error>(
    _ body: () throws(Problem) -> Value
  ) throws(Problem) -> Value {
    console.endProgress()
    let result = try body()
    _ = takeInterrupt()
    return result
  }

  /// What a command returns, without showing it.
  func report(of text: String) throws -> Report {
    try PreparedCommand(workspace.values.replaced(in: text, keepsUnknown: true)).run(in: workspace, by: self)
  }

  /// Shows a failure on standard error; as a warning when something else has failed more.
  func complain(_ failure: Failure, origin: Failure.Origin = Failure.Origin(), isWarning: Bool = false) {
    console.complain(
      ErrorText.lines(failure, origin: origin, width: console.width, isWarning: isWarning))
  }

  /// Tells what happened beside the command: a lost backend that was replaced, a server's warning.
  private func tellEvents() {
    for event in workspace.session?.takeEvents() ?? [] {
      switch event {
      case .notice(let severity, let message):
        console.complain([StyledText("\(severity.lowercased()): ", .warning) + StyledText(message)])
      case .reconnected(let restoration): tell(restoration)
      }
    }
  }

  private func tell(_ restoration: Restoration) {
    var parts = ["the backend was lost; connected again (backend \(restoration.backendPID))"]
    if !restoration.designs.isEmpty {
      parts.append("made again: " + restoration.designs.map(\.description).joined(separator: " "))
    }
    if !restoration.settings.isEmpty {
      parts.append("set again: " + restoration.settings.joined(separator: ", "))
    }
    if !restoration.lost.isEmpty { parts.append("lost: " + restoration.lost.joined(separator: ", ")) }
    console.complain([StyledText("notice: ", .warning) + StyledText(parts.joined(separator: "; "))])
    workspace.proposeLostDesigns()
  }

  /// What a script ends with when Ctrl-C came while nothing was there to cancel.
  static let interrupted = Failure(.cancelled, "interrupted after this command")

  /// Whether a line is nothing to run: blank or a comment.
  static func isSilent(_ text: String) -> Bool {
    text.hasPrefix("#") || text.allSatisfy(\.isWhitespace)
  }
}
