internal import IndexDesign
public import Postgres
public import Server

extension TestDatabase {
  /// A session on this database, as the superuser unless another role is named.
  public func session(user: String? = nil, options: SessionOptions = SessionOptions()) throws -> Session {
    try Session(target: conninfo(user: user), options: options)
  }

  /// Ends a backend and waits until it is gone.
  public func terminate(_ pid: Int32) throws {
    let watcher = try connect()
    _ = try watcher.query("SELECT pg_terminate_backend($1::int)", [String(pid)])
    try watcher.wait(until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid))")
  }
}

extension Connection {
  /// Asks until the condition holds.
  public func wait(until condition: String) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try query("SELECT \(condition)").value != "t" {
      if ContinuousClock.now > deadline { throw ConditionError(condition: condition) }
    }
  }
}

extension TestPooler {
  /// Waits until somebody answers behind the socket.
  public func wait(for database: TestDatabase) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    let parameters = ConnectionParameters(parameters(database: database.name))
    while (try? Connection(parameters)) == nil {
      if ContinuousClock.now > deadline { throw ConditionError(condition: "the pooler answers") }
    }
  }
}

/// A condition did not come about in time.
public struct ConditionError: Error {
  /// The condition, in words or in SQL.
  public var condition: String

  /// Makes the error for a condition.
  public init(condition: String) { self.condition = condition }
}

extension Session {
  /// Makes a design from its short form, as `hypo add` does.
  @discardableResult
  public func add(_ number: Int, _ shortForm: String) throws -> HypotheticalIndexes.Active {
    let checked = try check(IndexDefinitionParser.parseShortForm(shortForm))
    return try hypotheticals.add(DesignHandle(number), statement: checked.definition.hypotheticalStatement)
  }
}
