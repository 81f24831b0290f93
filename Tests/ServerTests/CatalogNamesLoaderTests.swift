import Glibc
import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct CatalogNamesLoaderTests {
  /// Goes on once something is there for it, as the editor does.
  private func proceed(_ loader: CatalogNamesLoader) throws {
    var watched = loader.descriptors.map {
      pollfd(fd: $0.descriptor, events: Int16($0.forWriting ? POLLOUT : POLLIN), revents: 0)
    }
    let milliseconds = Int32(Patience.limit / .milliseconds(1))
    guard poll(&watched, nfds_t(watched.count), milliseconds) > 0 else {
      throw Patience.Failure("the server sends no names")
    }
    loader.proceed()
  }

  private func names(_ loader: CatalogNamesLoader) throws -> CatalogNames {
    while true {
      switch loader.state {
      case .reading: try proceed(loader)
      case .done(let names): return names
      case .failed(let error): throw error
      }
    }
  }

  private static func database() throws -> TestDatabase {
    let database = try CatalogTests.database()
    try database.script(
      """
      CREATE TABLE "注文" ("番号" int PRIMARY KEY, "a""b" varchar(10), "when" date[]);
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE DOMAIN short AS text;
      CREATE TABLE feelings (mood mood, word short);
      """)
    return database
  }

  @Test func `relations of every kind come with their columns`() throws {
    let database = try Self.database()
    let names = try names(CatalogNamesLoader(database.session()))
    let own = names.relations.filter {
      !$0.isSystem && !$0.name.contains("pg_") && !$0.name.contains("hypopg")
    }.map {
      "\($0.schema).\($0.name) \($0.kind.words)\($0.isVisible ? "" : " hidden")\($0.isPartition ? " partition" : "")"
    }
    #expect(
      own == [
        "Old Shop.archive table hidden", "public.customers table", "public.events partitioned table",
        "public.events_2024 table partition", "public.feelings table", "public.late view",
        "Old Shop.Order Lines table hidden", "public.order_lines table", "public.orders table",
        "public.products table", "public.remote foreign table",
        "public.totals materialized view", "public.注文 table",
      ])
    let order = try #require(names.relation(RelationName(name: "注文")))
    #expect(
      names.columns(of: order).map { "\($0.name) \($0.type)" } == [
        "番号 integer", "a\"b character varying(10)", "when date[]",
      ])
    #expect(names.leadingIndexes(of: order) == ["番号": ["注文_pkey"]])
    let orders = try #require(names.relation(RelationName(name: "orders")))
    #expect(names.columns(of: orders).map(\.name) == ["id", "customer_id", "status", "total", "created_at"])
    #expect(names.relation(RelationName(name: "pg_class"))?.isSystem == true)
    #expect(names.schemas == ["Old Shop", "information_schema", "pg_catalog", "public"])
    #expect(names.databases.contains(database.name))
    #expect(names.accessMethods.contains("brin") && names.accessMethods.contains("btree"))
  }

  @Test func `operator classes fit the type, the default one first`() throws {
    let database = try Self.database()
    let names = try names(CatalogNamesLoader(database.session()))
    func classes(_ table: String, _ column: String, _ method: String = "btree") throws -> [String] {
      let entry = try #require(names.relation(RelationName(name: table)))
      let column = try #require(names.columns(of: entry).first { $0.name == column })
      return names.operatorClasses(of: column, accessMethod: method).map {
        $0.name + ($0.isDefault ? " default" : "")
      }
    }
    #expect(try classes("orders", "created_at") == ["timestamptz_ops default"])
    #expect(try classes("orders", "status").first == "text_ops default")
    #expect(try classes("orders", "status").contains("text_pattern_ops"))
    #expect(try classes("注文", "a\"b").first == "text_ops default")
    #expect(try classes("注文", "when") == ["array_ops default"])
    #expect(try classes("feelings", "mood") == ["enum_ops default"])
    #expect(try classes("feelings", "word", "hash").first == "text_ops default")
  }

  @Test func `the session's search path decides what a bare name finds`() throws {
    let database = try Self.database()
    let session = try database.session()
    _ = try session.look("SET search_path = \"Old Shop\", public;")
    let names = try names(CatalogNamesLoader(session))
    #expect(names.searchPath == ["pg_catalog", "Old Shop", "public"])
    #expect(names.relation(RelationName(name: "archive"))?.schema == "Old Shop")
  }

  @Test func `a role without privileges sees the names, too`() throws {
    let database = try Self.database()
    try database.script("CREATE ROLE names_stranger LOGIN;")
    defer { try? database.script("DROP OWNED BY names_stranger; DROP ROLE names_stranger;") }
    let names = try names(CatalogNamesLoader(database.session(user: "names_stranger")))
    #expect(names.relations.contains { $0.name == "orders" })
  }

  @Test func `it works behind a pooler`() throws {
    let database = try Self.database()
    let pooler = try TestPooler()
    let names = try names(CatalogNamesLoader(Session(target: pooler.conninfo(database: database.name))))
    #expect(names.relation(RelationName(name: "orders")) != nil)
  }

  @Test func `many small slices come to the same end`() throws {
    let database = try Self.database()
    let session = try database.session()
    let loader = CatalogNamesLoader(session, slice: .zero)
    let sliced = try names(loader)
    #expect(sliced.columns.count == (try names(CatalogNamesLoader(session))).columns.count)
    #expect(loader.descriptors.isEmpty)
  }

  @Test func `the connection names itself, only reads and ends`() throws {
    let database = try Self.database()
    let session = try database.session()
    let loader = CatalogNamesLoader(session)
    let watcher = try database.connect()
    let others =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hypo'"
    while case .reading = loader.state {
      try proceed(loader)
      if try watcher.query(others).value == "2" { break }
    }
    #expect(try watcher.query(others).value == "2")
    _ = try names(loader)
    try watcher.wait(until: "(\(others)) = 1")
  }

  @Test func `a server that goes away in the middle is a silent failure`() throws {
    let database = try Self.database()
    let session = try database.session()
    let loader = CatalogNamesLoader(session, slice: .zero)
    let watcher = try database.connect()
    let backend =
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'hypo' AND pid <> \(session.facts.backendPID) "
      + "AND datname = current_database()"
    var pid: String?
    while case .reading = loader.state, pid == nil {
      try proceed(loader)
      pid = try watcher.query(backend).value
    }
    try database.terminate(try #require(pid.flatMap { Int32($0) }))
    #expect(throws: ServerError.self) { try names(loader) }
    #expect(loader.descriptors.isEmpty)
    #expect(try session.relation(RelationName(name: "orders")).name == "orders")
  }

  @Test func `dropped in the middle it leaves no backend`() throws {
    let database = try Self.database()
    let session = try database.session()
    var loader: CatalogNamesLoader? = CatalogNamesLoader(session, slice: .zero)
    for _ in 0..<20 { loader?.proceed() }
    loader = nil
    try database.connect().wait(
      until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'hypo' "
        + "AND datname = current_database() AND pid <> \(session.facts.backendPID))")
  }

  @Test func `waiting for the names ends in time`() throws {
    let database = try Self.database()
    let session = try database.session()
    let locker = try database.connect()
    _ = try locker.query("BEGIN")
    _ = try locker.query("LOCK TABLE pg_catalog.pg_cast IN ACCESS EXCLUSIVE MODE")
    let loader = CatalogNamesLoader(session)
    let start = ContinuousClock.now
    loader.wait(atMost: .milliseconds(30))
    #expect(ContinuousClock.now - start < .seconds(60))
    guard case .reading = loader.state else {
      Issue.record("it did not wait for the lock")
      return
    }
    _ = try locker.query("ROLLBACK")
    #expect(try names(loader).accessMethods.contains("btree"))
  }
}
