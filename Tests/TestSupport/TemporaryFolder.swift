import Foundation

/// A new folder for one test, removed with this object.
public final class TemporaryFolder {
  /// Its absolute path.
  public let path: String

  /// An empty folder that only this user may enter.
  public init() throws {
    let name = FileManager.default.temporaryDirectory.appending(path: "hypo-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: name, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    path = name.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file of UTF-8 in it.
  public func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  /// The UTF-8 text of a file in it.
  public func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }
}
