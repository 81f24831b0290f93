import Foundation
import Glibc
import Programs

/// A folder of its own for one test, which the server's user may enter; removed when the value goes.
public final class TemporaryFolder: Sendable {
  /// The absolute path.
  public let path: String

  /// Makes the folder.
  public init() throws {
    path = TestRun.freshPath("folder")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    chmod(path, 0o755)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file of UTF-8 in it.
  public func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  /// Writes a script of `sh` in it that can be run as a program.
  ///
  /// Another process writes it: a child that another test starts meanwhile holds what this process has open
  /// until it becomes its program, and Linux runs no file that is open for writing.
  ///
  /// - Returns: its path.
  @discardableResult
  public func writeProgram(_ script: String, to name: String) throws -> String {
    let program = "\(path)/\(name)"
    try Program("/bin/sh", ["-c", "cat >\"$1\" && chmod 755 \"$1\"", "sh", program])
      .run(input: "#!/bin/sh\n\(script)\n")
    return program
  }

  /// The UTF-8 text of a file in it.
  public func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// The paths of all that is in it, in alphabetical order.
  public func contents() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }

  /// The permission bits of something in it; the folder's own for an empty name.
  public func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
  }

  /// Sets the permission bits of something in it; the folder's own for an empty name.
  public func setMode(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
  }
}
