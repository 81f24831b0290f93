import Reports
import TestSupport
import Testing

@testable import Shell

/// Each example of a topic of help can be typed as it stands; those of commands are in CommandExampleTests.
@Suite struct ExampleTests {
  @Test(arguments: HelpTopic.all.flatMap(\.examples))
  func `an example of a topic runs`(example: String) throws {
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
