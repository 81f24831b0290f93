/// What the statistics know of keys that a UNIQUE index would refuse.
public struct DuplicateKeys: Equatable, Sendable {
  /// The columns of the keys.
  public var columns: [String]
  /// How many different keys there are at most.
  public var values: Double
  /// How many rows have one.
  public var rows: Double

  /// Makes it from its facts.
  public init(columns: [String], values: Double, rows: Double) {
    (self.columns, self.values, self.rows) = (columns, values, rows)
  }

  /// `pg_stats knows 4 values of country in 40,000 rows`.
  public var words: String {
    "pg_stats knows \(NumberText.whole(values)) values of \(columns.joined(separator: ", ")) in "
      + "\(NumberText.whole(rows)) rows"
  }

  /// The query that finds the duplicates.
  public func query(of table: RelationName) -> String {
    let list = columns.map { Identifier.quoted($0) }.joined(separator: ", ")
    return "SELECT \(list), count(*) FROM \(table.sql) GROUP BY \(list) HAVING count(*) > 1"
  }

  /// What tells apart rows that are there twice and rows that statistics have taken for that: from this share on, 1 %.
  private static let certain = 0.99

  /// Tells from the statistics of each key whether there are duplicates; nil where they do not show any.
  ///
  /// - Parameters:
  ///   - columns: the keys: the name, how many different values it has, the share of NULLs, which are no duplicates.
  ///   - rows: how many rows there are.
  public init?(_ columns: [(name: String, values: Double, nulls: Double)], rows: Double) {
    let product = columns.reduce(1) { $0 * max(1, $1.values) }
    let held = rows * columns.reduce(1) { $0 * (1 - min(1, max(0, $1.nulls))) }
    guard rows > 0, held > 1, product < held * Self.certain else { return nil }
    self.init(columns: columns.map(\.name), values: product, rows: held.rounded())
  }
}
