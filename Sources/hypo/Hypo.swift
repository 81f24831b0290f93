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
      ShellCommand.self, ReplayCommand.self, RenderCommand.self, SandboxSubcommand.self,
      EvidenceSubcommand.self,
    ],
    defaultSubcommand: ShellCommand.self)

  /// Flags that take the argument behind them as their value.
  private static let valued: Set<String> = [
    "-c", "-f", "--format", "--color", "--set", "--from", "--junit", "--evidence", "-o", "--output",
  ]

  static func main() {
    do {
      var command = try parseAsRoot(subcommandFirst(Array(CommandLine.arguments.dropFirst())))
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

  /// Puts the first plain word in front when it is a subcommand, so that flags may stand before it.
  static func subcommandFirst(_ arguments: [String]) -> [String] {
    let names = Set(configuration.subcommands.compactMap { $0.configuration.commandName })
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-"), arguments[index] != "--" {
      index += valued.contains(arguments[index]) ? 2 : 1
    }
    // What -c and -f run is the shell's, so a word behind them is its target.
    let isShell = arguments[..<min(index, arguments.count)].contains {
      $0.hasPrefix("-c") || $0.hasPrefix("-f")
    }
    guard index > 0, index < arguments.count, !isShell, names.contains(arguments[index]) else {
      return arguments
    }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }
}
