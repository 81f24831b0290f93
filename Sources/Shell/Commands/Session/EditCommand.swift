import Foundation
import Glibc
import IndexDesign
import Notebook
import Programs
import Reports
import Storage

/// `edit [@n|FILE]`
struct EditCommand: Command {
  static let declaration = CommandDeclaration(
    name: "edit", aliases: ["\\e", "\\edit"], form: Form("[@n|FILE]"),
    summary: "write a command in your own editor",
    details: """
      Opens $VISUAL, $EDITOR or vi on the last command, on the statement of a query, or on a file of yours. What is \
      saved comes back to the prompt, where Enter runs it; nothing runs by itself. An unchanged or empty text is \
      forgotten. \\e is the same.
      """,
    examples: [
      .init("edit", gives: .parts([], showing: "the text is unchanged")),
      .init("edit @1", gives: .parts([], showing: "the text is unchanged")),
    ], group: .session, effects: .steersShell)

  private enum Subject {
    case last
    case query(QueryHandle, Failure.Place)
    case file(String)
  }

  private let subject: Subject

  init(_ arguments: Arguments) throws(Failure) {
    if let (handle, place) = try arguments.queryHandle() {
      subject = .query(handle, place)
    } else {
      subject = arguments.unquoted("FILE").map { .file($0) } ?? .last
    }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let prompt = loop.prompt else {
      throw Failure(
        .refused, "edit needs a prompt for what was written to come back to",
        hint: "start hypo in a terminal; run FILE runs the commands of a file")
    }
    let editor = try Self.editor(workspace.environment)
    let before: String
    let after: String
    switch subject {
    case .file(let typed):
      let path = typed.withHome(workspace.environment["HOME"])
      before = ""
      try Self.open(path, in: editor, workspace, loop)
      after = try InputFile.readText(path)
    case .last:
      before = loop.lastCommand ?? ""
      after = try Self.edited(before, in: editor, workspace, loop)
    case .query(let handle, let place):
      before = "explain " + (try workspace.queries.find(handle, at: place)).text + ";"
      after = try Self.edited(before, in: editor, workspace, loop)
    }
    let text = Self.trimmed(after)
    guard !text.isEmpty, text != Self.trimmed(before) else {
      return .message("edit", text.isEmpty ? "the text is empty" : "the text is unchanged")
    }
    prompt.prefill(text)
    return Report("edit")
  }

  /// The editor and the arguments that its variable names; blanks part words and quotes keep them together.
  static func editor(_ environment: [String: String]) throws(Failure) -> (path: String, arguments: [String]) {
    let names = ["VISUAL", "EDITOR"]
    let name = names.first { !(environment[$0] ?? "").allSatisfy(\.isWhitespace) }
    let words = Self.words(name.flatMap { environment[$0] } ?? "vi")
    let program = words.first ?? "vi"
    guard !program.contains("/") else { return (program, Array(words.dropFirst())) }
    do { return (try Executables.find(program), Array(words.dropFirst())) } catch {
      throw Failure(
        .ownFailure, error.message, detail: error.detail,
        hint: name.map { "\($0) names the editor" } ?? "set VISUAL or EDITOR to your editor")
    }
  }

  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap { $0 }
  }

  /// Swap and backup files of an editor lie beside the file, so it gets a folder that only its user enters.
  private static func edited(
    _ text: String, in editor: (path: String, arguments: [String]), _ workspace: Workspace, _ loop: Loop
  ) throws -> String {
    let folder = try ScratchFolder(for: "edit", environment: workspace.environment)
    defer { withExtendedLifetime(folder) {} }
    let path = try folder.write(text.isEmpty ? "" : text + "\n", to: "command.sql")
    try open(path, in: editor, workspace, loop)
    return FileManager.default.fileExists(atPath: path) ? try InputFile.readText(path) : ""
  }

  private static func open(
    _ path: String, in editor: (path: String, arguments: [String]), _ workspace: Workspace, _ loop: Loop
  ) throws {
    let program = Program(editor.path, editor.arguments + [path], environment: workspace.environment)
    let status: ProgramStatus
    do { status = try loop.lendTerminal { () throws(ProgramError) in try program.runOnTerminal() } } catch {
      throw Failure(
        .ownFailure, error.message, detail: error.detail, hint: "VISUAL or EDITOR names the editor")
    }
    guard status.isSuccess else {
      let how =
        switch status {
        case .exited(let code): "ended with status \(code)"
        case .signaled(let number): "was ended by signal \(number)"
        }
      throw Failure(.script, "\(program.name) \(how): nothing was taken from it")
    }
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
