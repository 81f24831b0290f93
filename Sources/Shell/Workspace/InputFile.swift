import Notebook
import Reports
import Storage

/// Files that are read as a whole.
enum InputFile {
  /// Reads a whole file.
  ///
  /// - Throws: `Failure` that names it.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    do throws(StorageError) { return try FileReading.whole(path) } catch { throw Failure(error) }
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
