import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

@Suite struct MissingExtensionTests {
  @Test func `what the server offers and the database lacks can be installed, in this order`() throws {
    let database = try TestCluster.shared.database(.empty)
    let session = try database.session()
    let missing = try session.missingExtensions()
    #expect(
      missing == [
        MissingExtension(
          name: "pg_stat_statements", version: "1.10",
          statement: "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
          reverse: "DROP EXTENSION IF EXISTS pg_stat_statements"),
        MissingExtension(
          name: "hypopg", version: "1.3.1", statement: "CREATE EXTENSION IF NOT EXISTS hypopg",
          reverse: "DROP EXTENSION IF EXISTS hypopg"),
      ])
    for item in missing { try database.execute(item.statement) }
    #expect(try session.missingExtensions() == [])
  }
}
