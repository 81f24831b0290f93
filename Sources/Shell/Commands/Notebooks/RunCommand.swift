import Foundation
import Notebook
import Reports

/// `run FILE`
struct RunCommand: Command {
  static let declaration = CommandDeclaration(
    name: "run", aliases: ["\\i", "\\include"], form: Form("FILE"),
    summary: "run the commands of a file, here",
    details: """
      Runs a script or a notebook in this session. It is read as a whole first: a wrong line is reported with file \
      and line, and nothing runs, unless on-fail warn counts there. The first failure ends it, and nothing after it runs. \
      Where a script has several commands that show plans, each stands in front of its own.
      """,
    examples: [
      .init(
        "run examples/orders.hypo",
        gives: .elsewhere("it needs the sandbox, as the notebooks of examples/ do"))
    ], group: .notebooks, effects: .runsFiles)

  private let path: String

  init(_ arguments: Arguments) throws(Failure) {
    path = try arguments.required("FILE").text.trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
  }

  func sent(in forecast: inout Forecast) -> [String] {
    ["the commands of the file, which a dry run does not follow"]
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let file = path.withHome(workspace.environment["HOME"])
    let bytes = try InputFile.read(file)
    let real = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
    guard !workspace.isRunning(real) else {
      throw Failure(.script, "\"\(path)\" is running already", hint: "a file must not run itself")
    }
    do { try loop.runScript(bytes, file: path, realPath: real) } catch {
      throw error.origin.file.map { error.failure.context("\($0):\(error.origin.line)") } ?? error.failure
    }
    return Report("run")
  }
}
