import ArgumentParser
import Shell

/// `hypo evidence check FILE …`
struct EvidenceSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "Check that the record of runs is as it was written.",
    usage: "hypo evidence check [FLAGS] FILE [FILE …]")

  @OptionGroup var flags: CommonFlags

  @Argument(help: ArgumentHelp("What to do: check.", valueName: "ACTION")) var action: String

  @Argument(help: ArgumentHelp("The files that runs have left.", valueName: "FILE")) var files: [String] = []

  func validate() throws {
    guard action == "check" else {
      throw ValidationError("'\(action)' is nothing to do with evidence: hypo evidence check FILE")
    }
    guard !files.isEmpty else { throw ValidationError("evidence check needs a file") }
  }

  func run() throws { throw ExitCode(ShellProgram(flags.options(target: nil)).checkEvidence(files: files)) }
}
