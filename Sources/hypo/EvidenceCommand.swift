import ArgumentParser
import Shell

/// `hypo evidence check FILE …`
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "Check that the record of runs is as it was written.",
    usage: "hypo evidence check [FLAGS] FILE [FILE …]", subcommands: [Check.self])

  @OptionGroup var flags: CommonFlags

  func run() throws { throw ValidationError("evidence needs what to do with it: hypo evidence check FILE") }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Follow the chain of each file from its first line to its last; no server is asked.",
      usage: "hypo evidence check [FLAGS] FILE [FILE …]")

    @OptionGroup var flags: CommonFlags

    @Argument(help: ArgumentHelp("The files that runs have left.", valueName: "FILE"), completion: .file())
    var files: [String]

    func run() throws { throw ExitCode(ShellProgram(flags.options(target: nil)).checkEvidence(files: files)) }
  }
}
