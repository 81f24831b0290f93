import IndexDesign
import Postgres
import TestSupport

@testable import Server

extension TestDatabase {
  /// A session on this database, as the superuser unless another role is named.
  func session(user: String? = nil, options: SessionOptions = SessionOptions()) throws -> Session {
    try Session(target: conninfo(user: user), options: options)
  }

  /// Ends a backend and waits until it is gone.
  func terminate(_ pid: Int32) throws {
    let watcher = try connect()
    _ = try watcher.query("SELECT pg_terminate_backend($1::int)", [String(pid)])
    try watcher.wait(until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid))")
  }
}

extension Connection {
  /// Asks until the condition holds.
  func wait(until condition: String) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try query("SELECT \(condition)").value != "t" {
      if ContinuousClock.now > deadline { throw ConditionError(condition: condition) }
    }
  }
}

extension TestPooler {
  /// Waits until somebody answers behind the socket.
  func wait(for database: TestDatabase) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    let parameters = ConnectionParameters(parameters(database: database.name))
    while (try? Connection(parameters)) == nil {
      if ContinuousClock.now > deadline { throw ConditionError(condition: "the pooler answers") }
    }
  }
}

struct ConditionError: Error { var condition: String }

extension Session {
  /// One value by a statement that finds names by the session's search path.
  func value(_ sql: String) throws -> String? { try run([.query(Self.mark + sql)])[0].value }

  /// Makes a design from its short form, as `hypo add` does.
  @discardableResult
  func add(_ number: Int, _ shortForm: String) throws -> HypotheticalIndexes.Active {
    let checked = try check(IndexDefinitionParser.parseShortForm(shortForm))
    return try hypotheticals.add(DesignHandle(number), statement: checked.definition.hypotheticalStatement)
  }
}
