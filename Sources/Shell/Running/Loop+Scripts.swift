import Notebook
import Reports

extension Loop {
  /// Runs commands given as arguments, each a whole one.
  func run(commands: [String]) -> ExitStatus {
    for text in commands where !Self.isSilent(text) {
      if case .failure(let failure) = perform(text) {
        complain(failure)
        return status(of: failure)
      }
      if isEnding { break }
      if takeInterrupt() {
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
      return status(of: error.failure)
    }
  }

  /// What a failure ends hypo with: with `--strict` the status of the first one, also of one that was passed over.
  private func status(of failure: Failure) -> ExitStatus {
    let first = workspace.frame.isStrict && failure.status != .cancelled ? workspace.firstPassedOver : nil
    return (first ?? failure).status
  }

  /// A failure and where in which file its command stands.
  struct ScriptError: Error {
    var failure: Failure
    var origin: Failure.Origin
  }

  /// Runs the commands of a script.
  ///
  /// - Parameter realPath: the file, so that it does not run itself; nil for one that the command line names.
  /// - Throws: the first failure; nothing behind it ran.
  func runScript(_ bytes: [UInt8], file: String, realPath: String? = nil) throws(ScriptError) {
    do {
      let notebook = try Notebook(bytes: bytes)
      let outer = workspace.values
      // What a notebook asked for is its own; what it captured stays.
      defer {
        for parameter in notebook.header.parameters {
          workspace.capture(outer[parameter.name], as: parameter.name)
        }
      }
      try ReplayParameters(notebook.header, file: file).take([], by: self)
      let checked = try CheckedNotebook(notebook, values: workspace.values)
      try workspace.settle(on: notebook.header.target, of: file)
      try notebook.header.checkRequirements(of: file, in: workspace)
      let run = NotebookRun(checked, loop: self, file: file)
      run.frame.file = realPath
      let passedOver = PassedOverFailures(self, file: file)
      run.watchers = [PlanCommandLines(checked, self), passedOver]
      if let evidence = run.frame.evidence {
        run.watchers.append(evidence.nested(file, bytes))
        run.mustStop = { evidence.problem }
      }
      let ending = run.run()
      passedOver.finish(ending?.failure)
      if let (failure, line) = ending {
        throw ScriptError(failure: failure, origin: Failure.Origin(file: file, line: line))
      }
      if workspace.frame.isStrict, passedOver.count > 0, let first = workspace.firstPassedOver {
        throw ScriptError(
          failure: Failure(first.status, "\(file) passed over failures, and with --strict they count"),
          origin: Failure.Origin())
      }
    } catch let error as Notebook.ParseError {
      throw ScriptError(failure: error.failure, origin: Failure.Origin(file: file, line: error.line))
    } catch let error as ScriptError { throw error } catch {
      throw ScriptError(failure: Failure(error), origin: Failure.Origin())
    }
  }
}
