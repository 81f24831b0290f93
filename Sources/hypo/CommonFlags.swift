import ArgumentParser
import Shell

/// The flags that every form of the program takes.
struct CommonFlags: ParsableArguments {
  private static let colours = ["auto", "always", "never"]

  @Option(
    help: ArgumentHelp(
      "The form of results: \(ShellProgram.formats.joined(separator: ", ")).", valueName: "FORM"),
    completion: .list(ShellProgram.formats))
  var format: String?

  @Option(
    help: ArgumentHelp("When to use colours: auto, always or never.", valueName: "WHEN"),
    completion: .list(colours))
  var color = "auto"

  @Flag(help: "Answer the questions before a change with yes.")
  var yes = false

  @Flag(help: "Do not read the configuration: no named targets, no production marks.")
  var noRc = false

  func validate() throws {
    if let format, !ShellProgram.formats.contains(format) {
      throw ValidationError("--format is one of: \(ShellProgram.formats.joined(separator: ", "))")
    }
    if !Self.colours.contains(color) {
      throw ValidationError("--color is auto, always or never")
    }
  }

  func options(target: String?) -> ShellProgram.Options {
    var options = ShellProgram.Options()
    options.target = target
    options.format = format
    options.colour = color
    options.yes = yes
    options.readsConfiguration = !noRc
    return options
  }
}
