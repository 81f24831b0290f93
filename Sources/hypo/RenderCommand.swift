import ArgumentParser
import Shell

/// `hypo render FILE -o OUT`
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Publish a notebook as Markdown or as an HTML page.")

  @OptionGroup var flags: CommonFlags

  @Argument(help: ArgumentHelp("The notebook.", valueName: "FILE"), completion: .file(extensions: ["hypo"]))
  var file: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("What is written; its ending, .md or .html, is its form.", valueName: "OUT"),
    completion: .file(extensions: ["md", "html"]))
  var output: String

  func run() throws {
    throw ExitCode(ShellProgram(flags.options(target: nil)).render(file: file, output: output))
  }
}
