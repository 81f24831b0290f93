import ArgumentParser
import Shell

/// `hypo`: the shell, and its subcommands.
@main struct Hypo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hypo", abstract: "Index work on PostgreSQL: from what is slow to the index in production.",
    version: "hypo \(Version.text)", subcommands: [ShellCommand.self, ReplayCommand.self],
    defaultSubcommand: ShellCommand.self)
}
