internal import CLibPQ
internal import Glibc
internal import struct IndexDesign.Interrupts

extension Connection {
  /// How much is read before it is handed on: so many rows, or so many bytes of values.
  static let batchLimit = (rows: 1_000, bytes: 4 << 20)

  /// Runs one statement and hands its rows on as they come, so that no more than a batch is ever held.
  ///
  /// A result without rows is handed on once, with its columns; a statement that has no columns never is.
  /// An interrupt cancels the statement on the server, also between two batches.
  /// - Parameter receive: takes the next rows; what it throws cancels the statement.
  /// - Returns: the result without its rows.
  /// - Throws: `PostgresError`, or what `receive` threw.
  public func stream(
    _ sql: String, to receive: (_ columns: [QueryResult.Column], _ rows: [[String?]]) throws -> Void
  ) throws -> QueryResult {
    clearNotices()
    try sent(send(sql, []))
    PQsetSingleRowMode(handle)
    var batch = Batch()
    var last: QueryResult?
    var refusal: (any Error)?
    var failure: PostgresError?
    while let result = try nextResult() {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE where refusal == nil:
        batch.add(result)
        guard batch.isFull else { continue }
        do {
          try batch.hand(to: receive)
          try checkInterrupt()
        } catch {
          refusal = error
          cancel()
        }
      case PGRES_SINGLE_TUPLE: break
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        last = QueryResult(result, notices: takenNotices)
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw copyStarted()
      default: failure = failure ?? failed(result)
      }
    }
    if let refusal { throw refusal }
    if let failure { throw failure }
    guard let last else { throw PostgresError(.lost, Self.message(of: handle)) }
    if !last.columns.isEmpty, batch.hasRows || !batch.wasHandedOn { try receive(last.columns, batch.rows) }
    return last
  }

  /// While rows come faster than they are dealt with nobody waits, so nobody would see an interrupt.
  private func checkInterrupt() throws(PostgresError) {
    guard let interrupts else { return }
    var entry = pollfd(fd: interrupts.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 0) > 0, interrupts.take() else { return }
    throw PostgresError(.statement, "canceled while its rows were read", sqlState: "57014")
  }
}

/// Rows that were read and not yet handed on.
private struct Batch {
  private(set) var rows: [[String?]] = []
  private(set) var wasHandedOn = false
  private var columns: [QueryResult.Column] = []
  private var bytes = 0

  var hasRows: Bool { !rows.isEmpty }
  var isFull: Bool { rows.count >= Connection.batchLimit.rows || bytes >= Connection.batchLimit.bytes }

  mutating func add(_ result: OpaquePointer) {
    if columns.isEmpty { columns = QueryResult.columns(of: result) }
    rows.append(QueryResult.row(0, of: result, width: columns.count, bytes: &bytes))
  }

  mutating func hand(
    to receive: (_ columns: [QueryResult.Column], _ rows: [[String?]]) throws -> Void
  ) throws {
    defer {
      rows.removeAll(keepingCapacity: true)
      bytes = 0
    }
    wasHandedOn = true
    // Rows without columns only count, and the command tag says how many.
    if !columns.isEmpty { try receive(columns, rows) }
  }
}
