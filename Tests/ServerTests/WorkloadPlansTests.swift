import Foundation
import IndexDesign
import TestSupport
import Testing

@testable import Server

/// Statements as pg_stat_statements shows them, of ORMs, of the TPC's benchmarks and of tools, are planned without a
/// value.
@Suite struct WorkloadPlansTests {
  private static func read(_ name: String) throws -> String {
    try String(
      contentsOf: Bundle.module.bundleURL.appending(path: "Resources/Workload/\(name)"), encoding: .utf8)
  }

  private static func shop() throws -> (TestDatabase, Session) {
    let database = try TestCluster.shared.database()
    try database.script(read("schema.sql"))
    return (database, try database.session())
  }

  @Test func `every statement has a plan, which is never one for NULL`() throws {
    let (database, session) = try Self.shop()
    let texts = try Self.read("texts.sql").split(separator: "\n").filter {
      !$0.hasPrefix("##") && (TestServer.majorVersion >= 15 || !$0.hasPrefix("MERGE"))
    }
    .map { String($0.dropLast()) }
    #expect(texts.count > 110)
    var failures: [String] = []
    for text in texts {
      do {
        let answer = try session.explain(PlanQuestion(text)).document.text
        #expect(!answer.contains("\"One-Time Filter\": \"false\""), "\(text)")
      } catch { failures.append("\(error.message): \(text)") }
    }
    #expect(failures == [])
    #expect(try session.value("SELECT count(*) FROM pg_prepared_statements") == "0")
    withExtendedLifetime(database) {}
  }

  @Test(arguments: [
    ("SELECT * FROM posts JOIN unnest($1) AS ids(id) ON posts.id = ids.id", "assumed: $1 is bigint[]"),
    ("SELECT * FROM users WHERE $1 IS NULL OR balance > $1", "assumed: $1 is numeric"),
    ("SELECT * FROM posts WHERE $1 IS NULL OR state = $1", "assumed: $1 is order_state"),
    (
      "UPDATE users SET name = v.n FROM (VALUES ($1, $2), ($3, $4)) v(u, n) WHERE uid = v.u",
      "assumed: $1 is uuid"
    ),
    ("WITH p AS (SELECT $1 AS d) SELECT jsonb_array_length(d) FROM p", "assumed: $1 is jsonb"),
    ("SELECT age + $1, max(id) FROM users GROUP BY age + 5", "assumed: $1 is 5"),
    ("SELECT * FROM users WHERE uid = uuid $1 AND age > $2", nil),
  ])
  func `what is assumed is the type that the column has`(text: String, assumed: String?) throws {
    let (database, session) = try Self.shop()
    let explanation = try session.explain(PlanQuestion(text))
    #expect(ParameterAssumption.sentence(of: explanation.assumptions) == assumed)
    withExtendedLifetime(database) {}
  }
}
