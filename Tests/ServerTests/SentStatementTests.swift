import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct SentStatementTests {
  @Test func `a session keeps what it sends when it is asked to`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    let session = try database.session()
    #expect(!session.keepsSentStatements)
    _ = try session.look("SELECT 1;")
    #expect(session.takeSentStatements() == [])
    session.keepsSentStatements = true
    let start = Timestamp(secondsSinceEpoch: 1_700_000_000)
    _ = try session.look("SELECT 2;")
    let statements = session.takeSentStatements()
    #expect(
      statements.map(\.text) == [
        "BEGIN /* hypo:own */ READ ONLY",
        "SELECT /* hypo:own */ pg_catalog.pg_backend_pid(), 'hypo'::pg_catalog.name",
        "SELECT /* hypo:own */ pg_catalog.set_config($1, $2, true)", "SELECT 2;", "COMMIT /* hypo:own */",
      ])
    #expect(statements.allSatisfy { $0.connection == .analysis && $0.times == 1 && $0.sent > start })
    #expect(session.takeSentStatements() == [])
  }

  @Test func `what connecting sends is kept when the options say so`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    var options = SessionOptions()
    options.keepsSentStatements = true
    let session = try database.session(options: options)
    #expect(session.keepsSentStatements)
    let statements = session.takeSentStatements()
    #expect(statements.count == 7)
    #expect(statements.dropFirst().first?.values.prefix(2) == ["application_name", "hypo"])
    #expect(statements.last?.text == "COMMIT /* hypo:own */")
  }

  @Test func `a new backend in place of a lost one tells what it is given`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    let session = try database.session()
    _ = try session.look("SET work_mem = '5MB';")
    try database.terminate(session.facts.backendPID)
    session.keepsSentStatements = true
    _ = try session.look("SELECT 1;")
    let statements = session.takeSentStatements()
    #expect(
      statements.contains {
        $0.text == "SELECT /* hypo:own */ pg_catalog.set_config($1, $2, false)"
          && $0.values == ["work_mem", "5120"]
      })
    #expect(statements.last?.text == "COMMIT /* hypo:own */")
  }

  @Test func `a password is in no statement`() throws {
    let database = try TestCluster.shared.database(.empty)
    defer { withExtendedLifetime(database) {} }
    var options = SessionOptions()
    options.keepsSentStatements = true
    let session = try Session(
      target: database.conninfo + " password='open sesame'", options: options)
    try database.terminate(session.facts.backendPID)
    _ = try session.look("SELECT 1;")
    let statements = session.takeSentStatements()
    #expect(Set(statements.map(\.connection)) == [.analysis])
    #expect(
      statements.allSatisfy { statement in
        ([statement.text] + statement.values.compactMap { $0 }).allSatisfy { !$0.contains("sesame") }
      })
  }
}
