import ArgumentParser
import Shell

/// `hypo sandbox [ACTION]`; alone it is the shell on the sandbox.
struct SandboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "The private server with sample data; alone: the shell on it.",
    subcommands: [Start.self, Stop.self, Reset.self, Remove.self, Status.self, Work.self])

  @OptionGroup var flags: CommonFlags

  func run() throws { throw ExitCode(ShellProgram(flags.options(target: "sandbox")).interact()) }

  struct Start: SandboxAction {
    static let configuration = CommandConfiguration(
      commandName: "start", abstract: "Make it when it is not there, and start it.")
    @OptionGroup var flags: CommonFlags
  }

  struct Stop: SandboxAction {
    static let configuration = CommandConfiguration(commandName: "stop", abstract: "Stop it; its data stay.")
    @OptionGroup var flags: CommonFlags
  }

  struct Reset: SandboxAction {
    static let configuration = CommandConfiguration(commandName: "reset", abstract: "Make its data anew.")
    @OptionGroup var flags: CommonFlags
  }

  struct Remove: SandboxAction {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Delete it, with its data.")
    @OptionGroup var flags: CommonFlags
  }

  struct Status: SandboxAction {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show where it is and whether it runs.")
    @OptionGroup var flags: CommonFlags
  }

  struct Work: SandboxAction {
    static let configuration = CommandConfiguration(
      commandName: "work", abstract: "Run its workload again.", usage: "hypo sandbox work [FLAGS] [for TIME]")
    @OptionGroup var flags: CommonFlags

    @Argument(help: ArgumentHelp("for and a time, as in: for 10s.", valueName: "for TIME"))
    var duration: [String] = []

    func validate() throws {
      if !duration.isEmpty, duration.count != 2 || duration[0] != "for" {
        throw ValidationError("sandbox work takes nothing, or for and a time, as in: for 10s")
      }
    }
  }
}

/// What can be done with the sandbox: the shell's command of the same words does it.
protocol SandboxAction: ParsableCommand {
  var flags: CommonFlags { get }
  /// What follows the action's name; empty for most.
  var duration: [String] { get }
}

extension SandboxAction {
  var duration: [String] { [] }

  func run() throws {
    let words = ["sandbox", Self._commandName] + duration
    throw ExitCode(ShellProgram(flags.options(target: nil)).run(commands: [words.joined(separator: " ")]))
  }
}
