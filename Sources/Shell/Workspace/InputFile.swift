import Foundation
import Notebook
import Reports

/// Files that are read as a whole.
enum InputFile {
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
