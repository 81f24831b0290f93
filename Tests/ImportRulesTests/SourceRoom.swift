import Foundation

/// A folder under Sources: what is in it, and what its files import.
struct SourceRoom {
  /// One import of one file.
  struct Import: Equatable {
    var module: String
    /// The file's name and the line, as `Session.swift:3`.
    var place: String
  }

  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  let name: String
  /// Every file below the folder.
  let files: [URL]

  init(_ name: String) {
    self.name = name
    let below = FileManager.default.enumerator(
      at: Self.package.appending(path: "Sources/\(name)"), includingPropertiesForKeys: [.isRegularFileKey])
    files = (below?.compactMap { $0 as? URL } ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    }
  }

  /// Every room, by name.
  static func all() throws -> [SourceRoom] {
    try FileManager.default.contentsOfDirectory(atPath: package.appending(path: "Sources").path)
      .sorted().map { SourceRoom($0) }
  }

  /// Whether it is a module of C headers: then it has a module map.
  var isCModule: Bool { files.contains { $0.lastPathComponent == "module.modulemap" } }

  var swiftFiles: [URL] { files.filter { $0.pathExtension == "swift" } }

  func imports() throws -> [Import] {
    try swiftFiles.flatMap { file in
      Self.imports(of: try String(contentsOf: file, encoding: .utf8)).map {
        Import(module: $0.module, place: "\(file.lastPathComponent):\($0.line)")
      }
    }
  }

  /// The modules that a text of Swift imports, each with its line from 1.
  static func imports(of text: String) -> [(module: String, line: Int)] {
    var found: [(module: String, line: Int)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for statement in line.split(separator: ";") {
        if let match = statement.firstMatch(of: Self.form) { found.append((String(match.1), index + 1)) }
      }
    }
    return found
  }

  private static var form: Regex<(Substring, Substring)> {
    /^\s*(?:@\w+(?:\([^)]*\))?\s*)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?`?(\w+)/
  }
}
