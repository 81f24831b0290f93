import Foundation
import IndexDesign
import Server
import Terminal

/// Runs commands one after the other and shows what they return; the only place that writes.
struct Loop {
  let sitting: Sitting

  init(sitting: Sitting) {
    self.sitting = sitting
    sitting.show = { [unowned sitting] report in
      sitting.console.endProgress()
      do { try sitting.output.showEarly(report, in: sitting) } catch {
        sitting.console.complain(ErrorText.lines(Failure(error), width: sitting.console.width))
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
      try PreparedCommand(sitting.values.replaced(in: text, keepsUnknown: true))
    }
  }

  /// Runs a command that was read already.
  func perform(_ command: PreparedCommand) -> Result<Report, Failure> { perform(command.typed) { command } }

  private func perform(
    _ text: String, _ prepare: () throws(Failure) -> PreparedCommand
  ) -> Result<Report, Failure> {
    let stopwatch = Stopwatch(sitting)
    // What is repeated or edited comes into files and onto the screen.
    defer {
      if !Backslash.isAboutTheLast(text), !Secrets.isHeld(in: text) {
        sitting.lastCommand = Self.worthRepeating(text)
      }
    }
    sitting.output.beginCommand()
    let result: Result<Report, Failure>
    do {
      let command = try prepare()
      result = .success(try show(command))
      if !command.isAboutResults { sitting.lastResults = sitting.output.shown }
    } catch { result = .failure(Failure(error)) }
    sitting.console.endProgress()
    tellEvents()
    record(text, result)
    if sitting.settings.timing { sitting.console.complain([StyledText(stopwatch.text(sitting), .dim)]) }
    return result
  }

  /// Hands a command that has ended to the recorder. What cannot be written is told, and the work goes on.
  private func record(_ text: String, _ result: Result<Report, Failure>) {
    let failure: Failure? = if case .failure(let failure) = result { failure } else { nil }
    do throws(Failure) { try sitting.recorder?.take(text, failure: failure, in: sitting) } catch {
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
      let report = try command.run(in: sitting)
      sitting.console.endProgress()
      tellEvents()
      try sitting.output.show(report, in: sitting)
      return report
    }
    return try command.redirection.map { try sitting.output.redirect($0, in: sitting, run) } ?? run()
  }

  /// What a command returns, without showing it.
  func report(of text: String) throws -> Report {
    try PreparedCommand(sitting.values.replaced(in: text, keepsUnknown: true)).run(in: sitting)
  }

  /// Shows a failure on standard error.
  func complain(_ failure: Failure, origin: Origin = Origin()) {
    sitting.console.complain(ErrorText.lines(failure, origin: origin, width: sitting.console.width))
  }

  /// Tells what happened beside the command: a lost backend that was replaced, a server's warning.
  private func tellEvents() {
    for event in sitting.session?.takeEvents() ?? [] {
      switch event {
      case .notice(let severity, let message):
        sitting.console.complain([StyledText("\(severity.lowercased()): ", .warning) + StyledText(message)])
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
    sitting.console.complain([StyledText("notice: ", .warning) + StyledText(parts.joined(separator: "; "))])
    for design in sitting.designs.all where design.state == .hypothetical {
      if sitting.session?.hypotheticals.isActive(design.handle) == false {
        sitting.designs.update(design.handle) { $0.state = .proposed }
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
      if sitting.isEnding { break }
      if sitting.takeInterrupt() {
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
      let outer = sitting.values
      // What a notebook asked for is its own; what it captured stays.
      defer {
        for parameter in notebook.header.parameters { sitting.values[parameter.name] = outer[parameter.name] }
      }
      try ReplayParameters(notebook.header, file: file).take([], in: sitting)
      let checked = try CheckedNotebook(notebook, values: sitting.values)
      try sitting.settle(on: notebook.header.target, of: file)
      try notebook.header.checkRequirements(of: file, in: sitting)
      let run = NotebookRun(checked, loop: self, file: file)
      if let evidence = sitting.evidence {
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
