import IndexDesign
import Notebook
import Reports

/// A notebook of which every command was read, so that nothing that could be known beforehand fails later.
struct CheckedNotebook {
  /// The notebook.
  let notebook: Notebook
  /// The commands in order. Those that use a captured value were read with a sample in its place.
  let commands: [Command]

  /// A step and what was found of it.
  struct Command {
    var step: Notebook.Step
    /// The command, ready to run when it uses no values; else with samples in their places. Nil when only the values
    /// can tell what it is.
    var prepared: PreparedCommand?
    /// Whether it uses values, so that it must be read again when they are known.
    var usesValues: Bool
    /// Why it will not run though what follows may: it is wrong where `on-fail warn` counts. Nil for all others.
    var refusal: Failure?

    /// The command with samples in the places of values.
    var text: String { prepared?.text ?? step.command }
  }

  /// Reads every command; nothing runs.
  ///
  /// - Parameter values: what is set before the first command.
  /// - Throws: `Notebook.ParseError` with the line of the first command that is wrong, or that uses a value which no
  ///   line above it sets.
  init(_ notebook: Notebook, values: NotebookValues = NotebookValues()) throws(Notebook.ParseError) {
    self.notebook = notebook
    var samples = Samples(values)
    var commands: [Command] = []
    for step in notebook.steps {
      do throws(Failure) { commands.append(try samples.read(step)) } catch {
        if samples.reaction == .warn {
          commands.append(Command(step: step, usesValues: false, refusal: error))
          continue
        }
        var failure = error
        failure.hint = failure.hint.map { "\($0); nothing was run" } ?? "nothing was run"
        throw Notebook.ParseError(failure: failure, line: step.line)
      }
    }
    self.commands = commands
  }

  /// What is known of values before anything has run.
  private struct Samples {
    private var known: NotebookValues
    /// What a failure leads to at this place.
    private(set) var reaction = FailureReaction.stop
    /// The names of values that only a result can tell.
    private var captured: Set<String> = []

    init(_ values: NotebookValues) { known = values }

    mutating func read(_ step: Notebook.Step) throws(Failure) -> Command {
      let uses = NotebookValues.uses(in: step.command)
      let text = try known.replaced(in: step.command, keepsUnknown: false)
      let prepared: PreparedCommand?
      do throws(Failure) { prepared = try PreparedCommand(text) } catch {
        // A captured value may be a name as well as a number; what fits neither is left to its step.
        let open = uses.filter { captured.contains($0.name) }
        guard !open.isEmpty else { throw error }
        var names = known
        for use in open { names[use.name] = "x" }
        prepared = try? PreparedCommand(names.replaced(in: step.command, keepsUnknown: false))
      }
      reaction = prepared?.reaction ?? reaction
      if let capture = prepared?.capture {
        known[capture.name] = capture.sample
        captured.insert(capture.name)
      }
      return Command(step: step, prepared: prepared, usesValues: !uses.isEmpty)
    }
  }
}
