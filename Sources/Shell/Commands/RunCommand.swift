import Foundation

/// `run FILE`
struct RunCommand: Command {
  static let declaration = CommandDeclaration(
    name: "run", arguments: "FILE", summary: "run the commands of a file, here",
    details: """
      Runs a script or a notebook in this session. The first failure ends it and is told with file and line; nothing \
      behind it runs.
      """,
    examples: ["run examples/orders.hypo"], group: .notebooks)

  private let path: String

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    let word = arguments.takeName()
    guard !word.text.isEmpty else {
      throw arguments.failure("run needs a file", at: nil, hint: "usage: \(Self.declaration.synopsis)")
    }
    path = word.text.trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let file = path.withHome(workspace.environment["HOME"])
    let bytes = try Self.read(file)
    let real = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
    guard !workspace.isRunning(real) else {
      throw Failure(.script, "\"\(path)\" is running already", hint: "a file must not run itself")
    }
    do { try loop.runScript(bytes, file: path, realPath: real) } catch {
      throw error.origin.file.map { error.failure.context("\($0):\(error.origin.line)") } ?? error.failure
    }
    return Report("run")
  }

  /// Why a file cannot be read, in words.
  static func unreadable(_ path: String) -> Failure {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return Failure(
        .script, "could not read \"\(path)\": no such file",
        hint: "the path counts from the folder in which hypo was started")
    }
    return isFolder.boolValue
      ? Failure(.script, "could not read \"\(path)\": it is a folder", hint: "name a file in it")
      : Failure(
        .script, "could not read \"\(path)\": permission denied",
        hint: "the user that started hypo needs the right to read it")
  }

  /// Reads a whole file.
  ///
  /// - Throws: `Failure` that names it.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw unreadable(path) }
    return Array(data)
  }

  /// Reads a whole file as text.
  ///
  /// - Throws: `Failure` that names it, and the line where it is no text.
  static func readText(_ path: String) throws(Failure) -> String {
    let bytes = try read(path)
    if let problem = NotebookSource(bytes).problem {
      throw problem.failure.context("\(path):\(problem.line)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
