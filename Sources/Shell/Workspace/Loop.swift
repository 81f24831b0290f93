import Foundation
import IndexDesign
import Server
import Terminal

/// Runs commands one after the other and shows what they return; the only place that writes.
struct Loop {
  let workspace: Workspace

  init(workspace: Workspace) {
    self.workspace = workspace
    workspace.show = { [unowned workspace] report in
      workspace.console.endProgress()
      do { try workspace.output.showEarly(report, in: workspace) } catch {
        workspace.console.complain(ErrorText.lines(Failure(error), width: workspace.console.width))
      }
    }
  }

  /// Where a command was written, for messages.
  struct Origin: Equatable {
    /// The file; nil for a command that was typed.
    var file: String?
    /// The line in it, from 1.
    var line = 0
  }

  /// Runs one whole command and shows its report, or its failure.
  func perform(_ text: String) -> Result<Report, Failure> {
    perform(text) { () throws(Failure) in
      try PreparedCommand(workspace.values.replaced(in: text, keepsUnknown: true))
    }
  }

  /// Runs a command that was read already.
  func perform(_ command: PreparedCommand) -> Result<Report, Failure> { perform(command.typed) { command } }

  private func perform(
    _ text: String, _ prepare: () throws(Failure) -> PreparedCommand
  ) -> Result<Report, Failure> {
    let stopwatch = Stopwatch(workspace)
    // What is repeated or edited comes into files and onto the screen.
    defer {
      if !Backslash.isAboutTheLast(text), !Secrets.isHeld(in: text) {
        workspace.lastCommand = Self.worthRepeating(text)
      }
    }
    workspace.output.beginCommand()
    let result: Result<Report, Failure>
    do {
      let command = try prepare()
      result = .success(try show(command))
      if !command.isAboutResults { workspace.lastResults = workspace.output.shown }
    } catch { result = .failure(Failure(error)) }
    workspace.console.endProgress()
    tellEvents()
    record(text, result)
    if workspace.settings.timing { workspace.console.complain([StyledText(stopwatch.text(workspace), .dim)]) }
    return result
  }

  /// Hands a command that has ended to the recorder. What cannot be written is told, and the work goes on.
  private func record(_ text: String, _ result: Result<Report, Failure>) {
    let failure: Failure? = if case .failure(let failure) = result { failure } else { nil }
    do throws(Failure) { try workspace.recorder?.take(text, failure: failure, in: workspace) } catch {
      complain(error)
    }
  }

  /// A command without the file that it was written to; of `watch` what it repeated.
  static func worthRepeating(_ text: String) -> String {
    var command = text
    if let parts = try? Redirection.split(text), parts.1 != nil { command = parts.command }
    guard case .command(let type, let offset)? = try? CommandWords.classify(command),
      type == WatchCommand.self
    else { return command }
    var arguments = ArgumentReader(command, from: offset)
    return (try? WatchCommand(&arguments))?.command ?? command
  }

  private func show(_ command: PreparedCommand) throws -> Report {
    func run() throws -> Report {
      let report = try command.run(in: workspace)
      workspace.console.endProgress()
      tellEvents()
      try workspace.output.show(report, in: workspace)
      return report
    }
    return try command.redirection.map { try workspace.output.redirect($0, in: workspace, run) } ?? run()
  }

  /// What a command returns, without showing it.
  func report(of text: String) throws -> Report {
    try PreparedCommand(workspace.values.replaced(in: text, keepsUnknown: true)).run(in: workspace)
  }

  /// Shows a failure on standard error.
  func complain(_ failure: Failure, origin: Origin = Origin()) {
    workspace.console.complain(ErrorText.lines(failure, origin: origin, width: workspace.console.width))
  }

  /// Tells what happened beside the command: a lost backend that was replaced, a server's warning.
  private func tellEvents() {
    for event in workspace.session?.takeEvents() ?? [] {
      switch event {
      case .notice(let severity, let message):
        workspace.console.complain([StyledText("\(severity.lowercased()): ", .warning) + StyledText(message)])
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
    workspace.console.complain([StyledText("notice: ", .warning) + StyledText(parts.joined(separator: "; "))])
    for design in workspace.designs.all where design.state == .hypothetical {
      if workspace.session?.hypotheticals.isActive(design.handle) == false {
        workspace.designs.update(design.handle) { $0.state = .proposed }
      }
    }
  }

  // MARK: Scripts

  /// Runs commands given as arguments, each a whole one.
  func run(commands: [String]) -> ExitStatus {
    for text in commands where !Self.isSilent(text) {
      if case .failure(let failure) = perform(text) {
        complain(failure)
        return failure.status
      }
      if workspace.isEnding { break }
      if workspace.takeInterrupt() {
        complain(Self.interrupted)
        return Self.interrupted.status
      }
    }
    return .done
  }

  /// Runs the commands of a script; the first failure ends it.
  func run(script bytes: [UInt8], file: String) -> ExitStatus {
    do {
      try runScript(bytes, file: file)
      return .done
    } catch {
      complain(error.failure, origin: error.origin)
      return error.failure.status
    }
  }

  /// A failure and where in which file its command stands.
  struct ScriptError: Error {
    var failure: Failure
    var origin: Origin
  }

  /// Runs the commands of a script.
  ///
  /// - Throws: the first failure; nothing behind it ran.
  func runScript(_ bytes: [UInt8], file: String) throws(ScriptError) {
    do {
      let notebook = try Notebook(bytes: bytes)
      let outer = workspace.values
      // What a notebook asked for is its own; what it captured stays.
      defer {
        for parameter in notebook.header.parameters {
          workspace.values[parameter.name] = outer[parameter.name]
        }
      }
      try ReplayParameters(notebook.header, file: file).take([], in: workspace)
      let checked = try CheckedNotebook(notebook, values: workspace.values)
      try workspace.settle(on: notebook.header.target, of: file)
      try notebook.header.checkRequirements(of: file, in: workspace)
      let run = NotebookRun(checked, loop: self, file: file)
      if let evidence = workspace.evidence {
        run.watchers = [evidence.nested(file, bytes)]
        run.mustStop = { evidence.problem }
      }
      if let (failure, line) = run.run() {
        throw ScriptError(failure: failure, origin: Origin(file: file, line: line))
      }
    } catch let error as Notebook.ParseError {
      throw ScriptError(failure: error.failure, origin: Origin(file: file, line: error.line))
    } catch let error as ScriptError { throw error } catch {
      throw ScriptError(failure: Failure(error), origin: Origin())
    }
  }

  /// What a script ends with when Ctrl-C came while nothing was there to cancel.
  static let interrupted = Failure(.cancelled, "interrupted behind this command")

  /// Whether a line is nothing to run: blank or a comment.
  static func isSilent(_ text: String) -> Bool {
    text.hasPrefix("#") || text.allSatisfy(\.isWhitespace)
  }
}
