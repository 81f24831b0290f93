import ArgumentParser
import Shell

/// `hypo replay FILE [TARGET]`
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a notebook: prose, commands, expectations.")

  @OptionGroup var flags: CommonFlags

  @Argument(help: ArgumentHelp("The notebook.", valueName: "FILE")) var file: String

  @Argument(
    help: ArgumentHelp(
      "A named target, sandbox, conninfo, URI, service=NAME, or a database name.", valueName: "TARGET"))
  var target: String?

  func run() throws {
    throw ExitCode(ShellProgram(flags.options(target: target)).replay(file: file))
  }
}
