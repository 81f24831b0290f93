import Foundation
import Testing

@testable import Shell

/// Nobody but a command's own file, the registry and tests knows it: all else asks its declaration.
@Suite struct CommandKnowledgeTests {
  private static let commands = CommandRegistry.all + CommandRegistry.backslashed

  /// The Swift files of all rooms, and what is in them without comments.
  private static let sources: [(name: String, path: String, text: String, words: Set<Substring>)] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources").standardizedFileURL
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.map { file in
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      let code = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
        !$0.drop(while: \.isWhitespace).hasPrefix("//")
      }
      let whole = code.joined(separator: "\n")
      return (file.lastPathComponent, file.path, whole, Set(whole.split { !$0.isLetter }))
    }
  }()

  @Test func `a command's type stands in its own file and in the registry`() {
    for type in Self.commands {
      let files = Self.sources.filter { source in
        source.path.contains("/Sources/Shell/") && source.words.contains("\(type)")
      }.map(\.name)
      #expect(Set(files) == ["\(type).swift", "CommandRegistry.swift"], "\(type)")
    }
  }

  /// Lists of words that are commands by chance: PostgreSQL's words, which are hypo's, too.
  private static let others: Set<Set<String>> = [CommandWords.both.subtracting(["import"])]

  @Test func `no list of commands' names stands anywhere`() {
    let names = Set(Self.commands.flatMap { [$0.declaration.name] + $0.declaration.aliases })
    // IndexDesign knows PostgreSQL's words and no command.
    let rooms = ["/Sources/Shell/Commands/", "/Sources/IndexDesign/"]
    for source in Self.sources where !rooms.contains(where: source.path.contains) {
      for list in source.text.matches(of: /\[([^\[\]]*)\]/) {
        let words = Set(
          list.output.1.matches(of: /"((?:[^"\\]|\\.)*)"/).map {
            String($0.output.1).replacing("\\\\", with: "\\")
          })
        let known = words.intersection(names)
        #expect(known.count < 2 || Self.others.contains(known), "\(source.name): \(known.sorted())")
      }
    }
  }

  /// Names that are something else, too: the sandbox is a target.
  private static let targets: Set<Substring> = ["sandbox"]

  @Test func `no command is run, looked up or asked for by its name`() {
    let names = Set(Self.commands.flatMap { [$0.declaration.name] + $0.declaration.aliases })
    let words = Set(names.flatMap { $0.split(separator: " ").prefix(1) }).subtracting(Self.targets)
    let uses = /(?:==|!=|case|hasPrefix\(|perform\(|report\(of:|find\(|PreparedCommand\()\s*"([^"\s;\\]+)/
    for source in Self.sources
    where source.path.contains("/Sources/Shell/") && !source.path.contains("/Sources/Shell/Commands/") {
      for use in source.text.matches(of: uses) where words.contains(use.output.1) {
        Issue.record("\(source.name): \(use.output.0)")
      }
    }
  }
}
