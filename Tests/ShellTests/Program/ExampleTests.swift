import Reports
import TestSupport
import Testing

@testable import Shell

/// Each example that help shows can be typed as it stands.
@Suite struct ExampleTests {
  /// Commands whose examples change a database, start a server or need a file; they have tests of their own.
  private static let others: Set<String> = [
    "connect", "run", "sandbox", "setup", "promote", "verify", "rollback", "changes", "edit", "pause",
  ]

  static let examples =
    CommandRegistry.all.map { $0.declaration }
    .filter { $0.group != .change && !others.contains(String($0.name.split(separator: " ")[0])) }
    .flatMap { declaration in declaration.examples } + HelpTopic.all.flatMap(\.examples)

  @Test(arguments: examples)
  func `an example of help runs`(example: String) throws {
    let before = [
      "top 5",
      "query recent = SELECT * FROM orders WHERE customer_id = 42 ORDER BY created_at DESC LIMIT 50;",
      "hypo add orders(customer_id)", "explain @recent",
    ]
    // A database of its own: in a shared one @1 may be any statement of a test that runs beside.
    let database = try TestCluster.shared.database(.orders)
    defer { withExtendedLifetime(database) {} }
    let run = try HypoProcess(database).run(
      (["SELECT count(*) FROM orders;"] + before + [example]).flatMap { ["-c", $0] })
    // `set timing on` tells the time on standard error, and `> FILE` that there is a file.
    let told = run.errors.split(separator: "\n")
    #expect(told.filter { !$0.hasPrefix("time: ") && !$0.hasPrefix("wrote ") } == [])
    #expect(run.status == 0)
  }
}
