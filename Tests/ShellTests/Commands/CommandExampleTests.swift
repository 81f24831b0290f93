import Notebook
import Reports
import TestSupport
import Testing

@testable import Shell

/// Each example of a command gives what its declaration says, on a real server.
@Suite struct CommandExampleTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    var example: CommandExample
    var group: CommandDeclaration.Group
    var testDescription: String { example.line }
  }

  private static let cases = CommandRegistry.all.map { $0.declaration }.flatMap { declaration in
    declaration.examples.map { Case(example: $0, group: declaration.group) }
  }

  /// What is done before an example, so that it finds what it is about.
  private static let before = [
    "SELECT count(*) FROM orders;", "top 5",
    "query recent = SELECT * FROM orders WHERE customer_id = 42 ORDER BY created_at DESC LIMIT 50;",
    "hypo add orders(customer_id)", "explain @recent",
  ]

  /// Seven changes, of which the last one stands.
  private static let changes =
    Array(repeating: ["promote %1 as from_example", "rollback"], count: 3).flatMap(\.self)
    + ["promote %1 as from_example"]

  @Test(arguments: cases)
  private func `an example gives what it says`(case: Case) throws {
    guard case .parts(let parts, let text) = `case`.example.gives else { return }
    // A database of its own: in a shared one @1 may be any statement of a test that runs beside.
    let database = try TestCluster.shared.database(.orders)
    let folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.settings.yes = true
    let loop = Loop(
      console: SilentConsole(),
      environment: [
        "HOME": folder.path, "XDG_STATE_HOME": "\(folder.path)/state", "PATH": "/usr/bin:/bin",
        "EDITOR": "true",
      ], configuration: configuration)
    loop.use(TypedLines(Self.before))
    loop.output.isKeptWhole = true
    _ = try loop.workspace.connect(to: database.conninfo)
    for line in Self.before { _ = try loop.perform(line).get() }
    let isFirstChange = `case`.example.line.hasPrefix("promote")
    if `case`.group == .change, !isFirstChange {
      for line in Self.changes { _ = try loop.perform(line).get() }
    }
    var line = `case`.example.line
    if let file = try Redirection.split(line).1 {
      line = line.replacing(file.path, with: "\(folder.path)/x.svg")
    }
    let report = try loop.perform(line).get()
    #expect(report.blocks.compactMap(\.name) == parts)
    #expect(TranscriptForm.lines(of: report).joined(separator: "\n").contains(text))
  }

  @Test func `few examples are left to other tests`() {
    let left = Self.cases.filter { if case .elsewhere = $0.example.gives { true } else { false } }
    #expect(
      left.map(\.example.line) == [
        "connect sandbox", "connect postgres - - 5433", "sandbox work for 10s", "changes settle 7",
        "run examples/orders.hypo",
      ])
  }
}
