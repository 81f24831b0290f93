import ArgumentParser
import Shell

/// The shell itself, and its scripts.
struct ShellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "The shell; reads commands from a pipe, too.",
    usage: "hypo [FLAGS] [-c COMMAND … | -f FILE …] [TARGET]", shouldDisplay: false)

  @OptionGroup var flags: CommonFlags

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Run a command; may be given again.", valueName: "COMMAND"))
  var commands: [String] = []

  @Option(
    name: .customShort("f"),
    help: ArgumentHelp("Run the commands of a file; - is standard input.", valueName: "FILE"),
    completion: .file(extensions: ["hypo"]))
  var files: [String] = []

  @Flag(help: "The first failure is the exit status at the end, also one that on-fail warn passes over.")
  var strict = false

  @Argument(
    help: ArgumentHelp(
      "A named target, sandbox, conninfo, URI, service=NAME, or a database name.", valueName: "TARGET"))
  var target: [String] = []

  func validate() throws {
    if target.count > 1 { throw ValidationError(tooManyWords) }
    if !commands.isEmpty, !files.isEmpty { throw ValidationError("-c and -f cannot be given together") }
  }

  /// What several words were meant to be, as far as it can be told.
  private var tooManyWords: String {
    let words = target.joined(separator: " ")
    if ShellProgram.isCommand(words) { return "'\(words)' is a command of the shell: hypo -c '\(words)'" }
    let subcommands = Hypo.configuration.subcommands.compactMap { $0.configuration.commandName }
    if let name = target.first(where: { subcommands.contains($0) }) {
      return "'\(name)' comes first, and its own flags after it: hypo \(name) …"
    }
    return "Unexpected argument '\(target[1])'"
  }

  func run() throws {
    var options = flags.options(target: target.first)
    options.isStrict = strict
    let program = ShellProgram(options)
    if !commands.isEmpty { throw ExitCode(program.run(commands: commands)) }
    if !files.isEmpty { throw ExitCode(program.run(files: files)) }
    throw ExitCode(program.interact())
  }
}
