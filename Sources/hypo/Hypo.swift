import ArgumentParser
import Glibc
import Shell

/// `hypo`: the shell, and its subcommands.
@main struct Hypo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hypo", abstract: "Index work on PostgreSQL: from what is slow to the index in production.",
    usage: """
      hypo [TARGET]
      hypo -c COMMAND [-c …] | -f FILE [-f …] [TARGET]
      hypo replay FILE [TARGET]
      hypo render FILE -o OUT.md|OUT.html
      hypo sandbox [ACTION]
      hypo evidence check FILE [FILE …]
      """,
    discussion: """
      hypo alone is the shell; it reads commands from a pipe, too. -c runs a command, -f those of a file. TARGET is a \
      target of the configuration, the word sandbox for a private server with sample data, a conninfo string, a URI, \
      service=NAME, or else a database name; without it libpq's defaults count: PG* variables, the service file and \
      .pgpass. The configuration is ~/.config/hypo/config; hypo(1) describes it.

      hypo shell --help lists every flag. In the shell, help lists the commands.

      Exit status: 0 done, 1 hypo's own failure or a wrong flag, 2 no connection, 3 a wrong or failed command, \
      4 an expectation failed, 6 refused, 130 cancelled.
      """,
    version: "hypo \(ShellProgram.version)",
    subcommands: [
      ShellCommand.self, ReplayCommand.self, RenderCommand.self, SandboxCommand.self,
      EvidenceCommand.self,
    ],
    defaultSubcommand: ShellCommand.self)

  /// Here too, so that these flags may stand before a subcommand's name as well as after it.
  @OptionGroup var flags: CommonFlags

  static func main() {
    ShellProgram.hideSecrets()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as ExitCode {
      Glibc.exit(error.rawValue)
    } catch {
      // A wrong flag is hypo's status 1, as it is psql's; help and version are no failures.
      let isFailure = exitCode(for: error).rawValue != 0
      var text = fullMessage(for: error) + "\n"
      text.withUTF8 { _ = write(isFailure ? STDERR_FILENO : STDOUT_FILENO, $0.baseAddress, $0.count) }
      Glibc.exit(isFailure ? 1 : 0)
    }
  }
}
