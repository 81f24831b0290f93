import Foundation
import IndexDesign
import Ledger

/// A folder of its own for one test, removed with it.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/hypo-ledger-\(UUID().uuidString)"
  var ledgerPath: String { "\(path)/state/hypo/ledger.sqlite" }

  init() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The permission bits of a file in the folder.
  func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
  }

  func contents() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }

  func setMode(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
  }
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
