internal import CLibPQ

/// What one statement gave back, copied out of libpq.
public struct QueryResult: Equatable, Sendable {
  /// A result column.
  public struct Column: Equatable, Sendable {
    /// The name as the server gives it.
    public var name: String
    /// The object id of the type, a row of `pg_type`.
    public var typeObjectID: UInt32
  }

  /// The columns, in order; empty for a statement that returns no rows.
  public var columns: [Column] = []
  /// The values in text format; nil is SQL's NULL.
  public var rows: [[String?]] = []
  /// The command tag, such as `SELECT 3`.
  public var commandTag: String = ""
  /// Notices and warnings that came with it, in order.
  public var notices: [ServerNotice] = []

  /// The value of the first column of the first row; nil when there is none or it is NULL.
  public var value: String? { rows.first?.first ?? nil }

  init(columns: [Column] = [], rows: [[String?]] = [], commandTag: String = "", notices: [ServerNotice] = [])
  {
    self.columns = columns
    self.rows = rows
    self.commandTag = commandTag
    self.notices = notices
  }

  init(_ result: OpaquePointer?, notices: [ServerNotice]) {
    columns = Self.columns(of: result)
    var bytes = 0
    rows = (0..<PQntuples(result)).map { Self.row($0, of: result, width: columns.count, bytes: &bytes) }
    commandTag = String(cString: PQcmdStatus(result))
    self.notices = notices
  }

  static func columns(of result: OpaquePointer?) -> [Column] {
    (0..<PQnfields(result)).map {
      Column(name: String(cString: PQfname(result, $0)), typeObjectID: PQftype(result, $0))
    }
  }

  /// A row's values; `bytes` grows by their length.
  static func row(_ row: CInt, of result: OpaquePointer?, width: Int, bytes: inout Int) -> [String?] {
    (0..<CInt(width)).map { column in
      guard PQgetisnull(result, row, column) == 0 else { return nil }
      bytes += Int(PQgetlength(result, row, column))
      return text(result, row, column)
    }
  }

  private static func text(_ result: OpaquePointer?, _ row: CInt, _ column: CInt) -> String {
    let length = Int(PQgetlength(result, row, column))
    guard let bytes = PQgetvalue(result, row, column) else { return "" }
    return bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
      String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
    }
  }
}
