import ArgumentParser
import Shell

/// `hypo sandbox [start|stop|reset|remove|status]`; alone it is the shell on the sandbox.
struct SandboxSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "The private server with sample data; alone: the shell on it.")

  @OptionGroup var flags: CommonFlags

  @Argument(
    help: ArgumentHelp("start, stop, reset, remove, status, or work [for TIME].", valueName: "ACTION"))
  var words: [String] = []

  func run() throws {
    guard !words.isEmpty else { throw ExitCode(ShellProgram(flags.options(target: "sandbox")).interact()) }
    let program = ShellProgram(flags.options(target: nil))
    throw ExitCode(program.run(commands: [(["sandbox"] + words).joined(separator: " ")]))
  }
}
