import IndexDesign

/// A notebook of which every command was read, so that nothing that could be known beforehand fails later.
struct CheckedNotebook {
  /// The notebook.
  let notebook: Notebook
  /// The commands in order. Those that use a captured value were read with a sample in its place.
  let commands: [Command]

  /// A step and what was found of it.
  struct Command {
    var step: Notebook.Step
    /// The command, ready to run when it uses no values; else with samples in their places.
    var prepared: PreparedCommand
    /// Whether it uses values, so that it must be read again when they are known.
    var usesValues: Bool
  }

  /// Reads every command; nothing runs.
  ///
  /// - Parameter values: what is set before the first command.
  /// - Throws: `Notebook.ParseError` with the line of the first command that is wrong, or that uses a value which no
  ///   line above it sets.
  init(_ notebook: Notebook, values: NotebookValues = NotebookValues()) throws(Notebook.ParseError) {
    self.notebook = notebook
    var known = values
    var commands: [Command] = []
    for step in notebook.steps {
      do throws(Failure) {
        let text = try known.replaced(in: step.command, keepsUnknown: false)
        let usesValues = text != step.command || !NotebookValues.uses(in: step.command).isEmpty
        let prepared = try PreparedCommand(text)
        if let capture = prepared.as(LetCommand.self) { known[capture.name] = capture.operand.sample }
        commands.append(Command(step: step, prepared: prepared, usesValues: usesValues))
      } catch {
        var failure = error
        failure.hint = failure.hint.map { "\($0); nothing was run" } ?? "nothing was run"
        throw Notebook.ParseError(failure: failure, line: step.line)
      }
    }
    self.commands = commands
  }
}
