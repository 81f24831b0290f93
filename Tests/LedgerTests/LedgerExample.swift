import IndexDesign
import Ledger
import TestSupport

extension TemporaryFolder {
  /// Where a ledger is put that nobody has made a folder for.
  var ledgerPath: String { "\(path)/state/hypo/ledger.sqlite" }
}

/// A clock that goes on by one second each time it is read.
final class SteppingClock {
  private var seconds = 0.0

  func read() -> Timestamp {
    seconds += 1
    return Timestamp(secondsSinceEpoch: seconds)
  }
}

enum Example {
  static let server = ServerFingerprint(
    host: "db.example", port: 5432, database: "shop", user: "dba", serverVersion: "15.18")

  static func intent(
    _ kind: ChangeIntent.Kind = .promote, on server: ServerFingerprint = server
  ) -> ChangeIntent {
    ChangeIntent(
      kind: kind, server: server, operatingSystemUser: "ann", operatingSystemHost: "bastion",
      tableSchema: "public", tableName: "orders", indexSchema: "public", indexName: "orders_idx",
      statement: "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_idx ON public.orders (customer_id)",
      reverse: "DROP INDEX CONCURRENTLY IF EXISTS public.orders_idx",
      designShortForm: "orders(customer_id)", definition: "create index on orders (customer_id)",
      ticket: "DBA-7", hypoVersion: "0.1.0")
  }

  static let built = ChangeOutcome(.built(objectID: 16_432, sizeInBytes: 8_192), durationInSeconds: 2.5)
  static let dropped = ChangeOutcome(.dropped, durationInSeconds: 0.25)
}

extension Ledger {
  /// Begins a change and ends it.
  @discardableResult
  func record(_ intent: ChangeIntent, _ outcome: ChangeOutcome) throws -> ChangeNumber {
    let number = try begin(intent)
    try finish(number, with: outcome)
    return number
  }
}
