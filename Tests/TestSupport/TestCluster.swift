import Glibc
public import Postgres
public import Sandbox
import Synchronization

/// A private PostgreSQL server for tests, made and started at first use and gone with the process.
///
/// `shared` is for tests that leave the server as it is; a test that restarts or kills the server makes
/// one of its own. A server that cannot be started is a thrown error, never a skipped test.
public final class TestCluster: Sendable {
  /// The server that most tests use.
  public static let shared = TestCluster()

  /// What a fresh database holds.
  public enum Setup: String, Sendable {
    /// Nothing.
    case empty
    /// The extensions hypopg and pg_stat_statements.
    case extensions
    /// The extensions and a small shop: customers, products, orders (20,000 rows), order_lines; analysed.
    case orders
  }

  private struct State {
    var cluster: Cluster?
    var templates: Set<Setup> = []
    var databases = 0
  }

  private let settings: ClusterSettings
  private let state = Mutex(State())

  /// Names a server of its own; nothing is started yet.
  ///
  /// - Parameter extra: server settings by name.
  public init(_ extra: [String: String] = [:]) {
    // A test holds a few connections, and as many tests run at once as the machine has processors.
    var usual = ["fsync": "off", "full_page_writes": "off", "max_connections": "400"]
    // The statements of all tests must not push each other out while one of them runs.
    if extra["shared_preload_libraries"] == nil { usual["pg_stat_statements.max"] = "50000" }
    settings = ClusterSettings(extra: usual.merging(extra) { $1 })
  }

  private init(_ settings: ClusterSettings) { self.settings = settings }

  /// The cluster, made and started when it was not yet.
  public func cluster() throws -> Cluster {
    try state.withLock { try Self.started(&$0, settings) }
  }

  /// A fresh database, which is dropped when the value goes.
  public func database(_ setup: Setup = .extensions) throws -> TestDatabase {
    try state.withLock { state in
      let cluster = try Self.started(&state, settings)
      if setup != .empty, !state.templates.contains(setup) {
        try Self.makeTemplate(setup, cluster)
        state.templates.insert(setup)
      }
      state.databases += 1
      let name = "test_\(state.databases)"
      let template = setup == .empty ? "template0" : Self.templateName(setup)
      try Self.execute("CREATE DATABASE \(name) TEMPLATE \(template)", on: cluster, database: "postgres")
      return TestDatabase(name: name, cluster: cluster)
    }
  }

  /// What libpq needs to connect to a database of this server as its superuser.
  public func parameters(database: String = "postgres") throws -> [String: String] {
    try cluster().parameters(database: database)
  }

  /// Runs one statement as the superuser.
  @discardableResult
  public func execute(_ sql: String, database: String = "postgres") throws -> QueryResult {
    try Self.execute(sql, on: try cluster(), database: database)
  }

  /// Stops the server in the orderly way. It can be started again by `start`.
  public func stop() throws { try cluster().stop(.fast) }

  /// Starts the server after `stop` or `kill`.
  public func start() throws { try cluster().start() }

  /// Kills the server's main process with SIGKILL, as the out-of-memory killer would.
  public func kill() throws {
    guard let pid = try cluster().processID else { return }
    Glibc.kill(pid, SIGKILL)
    Postmaster.wait(for: pid, atMost: Patience.limit)
  }

  /// A hot standby of this server, streaming from it: reads only, until the process ends.
  public func standby() throws -> TestCluster {
    let primary = try cluster()
    let standby = try Cluster(
      directory: TestRun.freshPath("standby"), binaries: primary.binaries, settings: settings)
    TestRun.atEnd { try? standby.remove() }
    try standby.folder.make()
    try standby.program(
      "pg_basebackup", .couldNotMake, "could not make a standby",
      [
        "--pgdata=\(standby.folder.data)", "--write-recovery-conf", "--wal-method=stream",
        "--checkpoint=fast",
        "--no-sync", "--host=\(primary.socketFolder)", "--port=\(primary.port)",
        "--username=\(settings.superuser)",
      ], timeout: Patience.limit)
    try standby.start()
    let server = TestCluster(settings)
    server.state.withLock { $0.cluster = standby }
    return server
  }

  /// The same database on a hot standby of its server; it can be read only, until the process ends.
  public static func standby(with database: TestDatabase) throws -> TestDatabase {
    let primary = TestCluster(database.cluster.settings)
    primary.state.withLock { $0.cluster = database.cluster }
    return TestDatabase(name: database.name, cluster: try primary.standby().cluster())
  }

  @discardableResult
  static func execute(_ sql: String, on cluster: Cluster, database: String) throws -> QueryResult {
    try Connection(ConnectionParameters(cluster.parameters(database: database))).query(sql)
  }

  private static func started(_ state: inout State, _ settings: ClusterSettings) throws -> Cluster {
    if let cluster = state.cluster { return cluster }
    let cluster = try Cluster(
      directory: TestRun.freshPath("cluster"), binaries: try ServerBinaries.find(), settings: settings)
    TestRun.atEnd { try? cluster.remove() }
    try cluster.create()
    try cluster.start()
    state.cluster = cluster
    return cluster
  }

  private static func templateName(_ setup: Setup) -> String { "template_\(setup.rawValue)" }

  private static func makeTemplate(_ setup: Setup, _ cluster: Cluster) throws {
    let name = templateName(setup)
    try execute("CREATE DATABASE \(name) TEMPLATE template0", on: cluster, database: "postgres")
    let connection = try Connection(ConnectionParameters(cluster.parameters(database: name)))
    for statement in ["CREATE EXTENSION hypopg", "CREATE EXTENSION pg_stat_statements"] {
      _ = try connection.query(statement)
    }
    if setup == .orders { _ = try connection.script(smallShop) }
  }

  /// Twenty thousand orders of a thousand customers; the first customers order the most.
  private static let smallShop = """
    CREATE TABLE customers (
      id integer PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, country text NOT NULL,
      created_at timestamptz NOT NULL);
    CREATE TABLE products (
      id integer PRIMARY KEY, sku text NOT NULL UNIQUE, name text NOT NULL, category text NOT NULL,
      price numeric(10,2) NOT NULL, stock integer NOT NULL);
    CREATE TABLE orders (
      id integer PRIMARY KEY, customer_id integer NOT NULL, status text NOT NULL,
      total numeric(12,2) NOT NULL, note text, created_at timestamptz NOT NULL);
    CREATE TABLE order_lines (
      order_id integer NOT NULL, line_no smallint NOT NULL, product_id integer NOT NULL,
      quantity integer NOT NULL, price numeric(10,2) NOT NULL, PRIMARY KEY (order_id, line_no));
    INSERT INTO customers
      SELECT i, 'customer' || i || '@example.com', 'Customer ' || i,
             (ARRAY['DE','FR','GB','US','NL'])[1 + i % 5], timestamptz '2024-01-01' + i * interval '3 hours'
      FROM generate_series(1, 1000) i;
    INSERT INTO products
      SELECT i, 'SKU-' || i, 'Product ' || i, 'category ' || i % 10, 1 + i % 97, i % 500
      FROM generate_series(1, 200) i;
    INSERT INTO orders
      SELECT i, 1 + (1000 * power((i * 7919 % 20011) / 20011.0, 3))::integer % 1000,
             (ARRAY['delivered','delivered','delivered','shipped','paid','new','cancelled'])[1 + i % 7],
             10 + i % 990, CASE WHEN i % 50 = 0 THEN 'gift' END,
             timestamptz '2024-01-01' + i * interval '50 minutes'
      FROM generate_series(1, 20000) i;
    INSERT INTO order_lines
      SELECT o, l, 1 + (o * 31 + l * 17) % 200, 1 + (o + l) % 4, 1 + o % 97
      FROM generate_series(1, 20000) o, generate_series(1, 2) l;
    ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
    ALTER TABLE order_lines ADD FOREIGN KEY (order_id) REFERENCES orders,
                            ADD FOREIGN KEY (product_id) REFERENCES products;
    CREATE INDEX orders_created_at_idx ON orders (created_at);
    ANALYZE;
    """
}
