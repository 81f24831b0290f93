import TestSupport

/// The orders database that tests of the program look at and leave as it is.
enum Shop {
  private static let made = Result { try make() }

  /// The database, with a view, a foreign table, and a role `shell_stranger` that may read nothing.
  static func database() throws -> TestDatabase { try made.get() }

  /// The program, connected to it.
  static func hypo(user: String? = nil) throws -> HypoProcess { try HypoProcess(database(), user: user) }

  private static func make() throws -> TestDatabase {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE VIEW order_view AS SELECT * FROM orders;
      CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere;
      CREATE FOREIGN TABLE far_orders (id integer) SERVER elsewhere;
      CREATE ROLE shell_stranger LOGIN;
      """)
    return database
  }
}
