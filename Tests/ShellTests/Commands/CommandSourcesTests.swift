import Foundation
import Testing

@Suite struct CommandSourcesTests {
  /// The files of all commands, by their names.
  private static let sources: [(name: String, text: String)] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/Shell/Commands").standardizedFileURL
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.compactMap {
      file in
      (try? String(contentsOf: file, encoding: .utf8)).map { (file.lastPathComponent, $0) }
    }
  }()

  @Test func `commands return what they found and leave writing to the loop`() {
    #expect(Self.sources.count > 30)
    for (name, text) in Self.sources {
      #expect(!text.contains("console"), "\(name)")
      #expect(!text.contains(#/\bprint\(/#), "\(name)")
    }
  }
}
