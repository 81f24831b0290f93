import Foundation

/// A folder that only its user enters, for files that other programs work on; it is gone with this object.
public final class ScratchFolder {
  /// The folder.
  public let path: String

  /// Makes the folder in `$TMPDIR`, or in `/tmp`.
  ///
  /// - Parameter purpose: a word for its name, which begins with `hypo-`.
  /// - Throws: `StorageError` when there is no place for it.
  public init(for purpose: String, environment: [String: String]) throws(StorageError) {
    let parent = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array("\(parent)/hypo-\(purpose)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      var error = StorageError(
        SystemReason(), .notWritable, "could not make a temporary folder in \"\(parent)\"")
      error.hint = "check TMPDIR and its space"
      throw error
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Puts a file into the folder.
  ///
  /// - Returns: its path.
  /// - Throws: `StorageError` when it cannot be written.
  public func write(_ text: String, to name: String) throws(StorageError) -> String {
    try ReplacedFile.write(text, to: "\(path)/\(name)", isPrivate: true)
    return "\(path)/\(name)"
  }
}
