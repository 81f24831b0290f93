import Foundation
import Testing

/// SwiftPM lets a target import a module that it does not declare; these rules do not.
@Suite struct ImportRulesTests {
  /// Modules of the platform that any room may use.
  static let platform: Set<String> = ["Foundation", "Glibc", "Synchronization"]

  /// What each room may import besides the platform. The design's table, as data.
  static let allowed: [String: Set<String>] = [
    "Postgres": ["CLibPQ"],
    "IndexDesign": ["CPgQuery"],
    "Server": ["Postgres", "IndexDesign"],
    "Changes": ["Server", "Postgres", "IndexDesign"],
    "Ledger": ["CLibCrypto", "IndexDesign", "GRDB"],
    "Programs": [],
    "Sandbox": ["Postgres", "Programs"],
    "Terminal": ["CLibEdit"],
    "Markdown": ["CMarkGFM"],
    "Shell": [
      "IndexDesign", "Server", "Changes", "Ledger", "Programs", "Sandbox", "Terminal", "Markdown",
      "OrderedCollections",
      "Mustache",
    ],
    "hypo": ["Shell", "ArgumentParser"],
  ]

  static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  @Test(arguments: allowed.keys.sorted())
  func `a room imports only what its row of the table names`(room: String) throws {
    let permitted = Self.platform.union(try #require(Self.allowed[room]))
    let files = FileManager.default.enumerator(
      at: Self.sources.appending(path: room), includingPropertiesForKeys: nil)
    var seen = 0
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      seen += 1
      let text = try String(contentsOf: file, encoding: .utf8)
      for (module, line) in Self.imports(of: text) {
        #expect(
          permitted.contains(module),
          "\(file.lastPathComponent):\(line) imports \(module); \(room) may import \(permitted.sorted())")
      }
    }
    #expect(seen > 0, "no Swift file was found in Sources/\(room)")
  }

  @Test func `every Swift room has a row in the table`() throws {
    let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
      .filter { name in
        FileManager.default.fileExists(atPath: Self.sources.appending(path: name).path + "/module.modulemap")
          == false
      }
    #expect(Set(rooms) == Set(Self.allowed.keys))
  }

  @Test(arguments: ["Server", "Changes"])
  func `no type of Postgres stands in a public signature of Server or Changes`(room: String) throws {
    let files = FileManager.default.enumerator(
      at: Self.sources.appending(path: room), includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("public import Postgres"), "\(file.lastPathComponent)")
    }
  }

  @Test func `the reader of imports sees every form`() {
    let text = """
      import A
      public import B
      @testable import C
        internal import struct D.Thing
      // import E
      """
    #expect(Self.imports(of: text).map(\.module) == ["A", "B", "C", "D"])
  }

  static func imports(of text: String) -> [(module: String, line: Int)] {
    var found: [(module: String, line: Int)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var words = line.split(whereSeparator: \.isWhitespace)
      while let first = words.first, first.hasPrefix("@") || Self.modifiers.contains(String(first)) {
        words.removeFirst()
      }
      guard words.first == "import", words.count > 1 else { continue }
      words.removeFirst()
      if Self.kinds.contains(String(words[0])) { words.removeFirst() }
      if let module = words.first?.split(separator: ".").first {
        found.append((String(module), index + 1))
      }
    }
    return found
  }

  static let modifiers: Set<String> = ["public", "package", "internal", "private", "fileprivate"]
  static let kinds: Set<String> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]
}
