import ArgumentParser
import Shell

/// `hypo replay FILE [TARGET]`
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a notebook: prose, commands, expectations.",
    discussion: """
      --verify compares each result with the one that was recorded and tells a line a step: ok, DRIFT or FAIL. A drift \
      is a failure only with --strict. --bless takes what comes as the new record.
      """)

  @OptionGroup var flags: CommonFlags

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("The value of a parameter; may be given again.", valueName: "NAME=VALUE"))
  var values: [String] = []

  @Flag(help: "Compare each result with the recorded one.") var verify = false
  @Flag(help: "As --verify, and a result that is another one is a failure.") var strict = false
  @Flag(help: "Show what would be sent; nothing is.") var dryRun = false
  @Flag(help: "A lesson: you type the commands.") var step = false
  @Flag(help: "Put what comes into the file, as the new record.") var bless = false

  @Option(
    help: ArgumentHelp(
      "Begin at that step; those before it are made again unseen, but for changes.", valueName: "N"))
  var from = 1

  @Option(
    help: ArgumentHelp("Also write the steps as JUnit XML.", valueName: "FILE"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Option(help: ArgumentHelp("Write the evidence record there.", valueName: "FILE"), completion: .file())
  var evidence: String?

  @Argument(help: ArgumentHelp("The notebook.", valueName: "FILE"), completion: .file(extensions: ["hypo"]))
  var file: String

  @Argument(
    help: ArgumentHelp(
      "A named target, sandbox, conninfo, URI, service=NAME, or a database name; it goes before the notebook's own.",
      valueName: "TARGET"))
  var target: String?

  func validate() throws {
    if from < 1 { throw ValidationError("--from is the number of a step, from 1") }
    for value in values
    where value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).count < 2 {
      throw ValidationError("--set is NAME=VALUE")
    }
    if dryRun, bless || step {
      throw ValidationError("--dry-run runs nothing, so it goes with neither --bless nor --step")
    }
    if step, verify || strict || bless {
      throw ValidationError("--step is for learning, so it checks nothing")
    }
  }

  func run() throws {
    var options = ReplayOptions()
    options.values = values.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    (options.verifies, options.isStrict, options.isDryRun) = (verify, strict, dryRun)
    (options.isStepped, options.blesses, options.firstStep) = (step, bless, from)
    (options.junitFile, options.evidenceFile) = (junit, evidence)
    throw ExitCode(ShellProgram(flags.options(target: target)).replay(file: file, options))
  }
}
