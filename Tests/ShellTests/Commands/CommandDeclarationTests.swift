import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct CommandDeclarationTests {
  static let all = CommandRegistry.all.map { $0.declaration }

  @Test func `names are one or two words in lower case, each once`() {
    let names = Self.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect((1...2).contains(name.split(separator: " ").count), "\(name)")
      #expect(name == name.lowercased(), "\(name)")
    }
  }

  @Test(arguments: all.map(\.name))
  func `a command says what it does`(name: String) throws {
    let declaration = try #require(CommandRegistry.find(name)?.declaration)
    #expect(!declaration.summary.isEmpty)
    #expect(!declaration.summary.hasSuffix(".") && declaration.summary.first?.isUppercase == false)
    #expect(!declaration.summary.contains("\n"))
    #expect(declaration.details.hasSuffix(".") || declaration.details.hasSuffix(";"))
    #expect(!declaration.examples.isEmpty)
    #expect(declaration.synopsis.hasPrefix(name))
  }

  @Test(arguments: all.map(\.name))
  func `each example is a whole command of its own kind`(name: String) throws {
    let command = try #require(CommandRegistry.find(name))
    for example in command.declaration.examples.map(\.line) {
      #expect(Completeness.of(example) == .complete, "\(example)")
      let typed = try Redirection.split(example).command
      guard case .command(let type, let offset) = try CommandWords.classify(typed) else {
        Issue.record("\(example) is not a command")
        continue
      }
      #expect(type.declaration.name == name, "\(example)")
      _ = try type.init(reading: typed, from: offset)
    }
  }

  @Test func `every command is in a list of help`() throws {
    var report = Report("help")
    let loop = Loop(console: SilentConsole(), environment: [:])
    report = try HelpCommand(reading: "help", from: 4).run(in: loop.workspace, by: loop)
    let listed = report.blocks.flatMap { block in
      if case .fields(let fields) = block { fields.values.map(\.name) } else { [String]() }
    }
    let topics = HelpTopic.all.map { "help \($0.name)" }
    #expect(Set(listed) == Set(Self.all.map(\.synopsis) + topics))
    #expect(listed.count == Self.all.count + topics.count)
  }
}
