internal import CLibPQ

/// A failure of a connection or of one statement, with everything that libpq told.
public struct PostgresError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: Sendable {
    /// The connection string or a parameter of it cannot be read.
    case parameters
    /// No connection could be made.
    case connection
    /// The server wants a password and none was given.
    case passwordNeeded
    /// An open connection was lost; what the backend held is gone.
    case lost
    /// The server refused or could not finish a statement; `sqlState` says which way.
    case statement
    /// The person or a signal asked to stop before the server answered.
    case interrupted
  }

  /// Which kind of failure this is.
  public var code: Code
  /// The primary message, without a severity and without a final line feed.
  public var message: String
  /// The five-character SQLSTATE; nil when the failure is not the server's.
  public var sqlState: String?
  /// The server's DETAIL.
  public var detail: String?
  /// The server's HINT.
  public var hint: String?
  /// The server's CONTEXT, such as the function in which it failed.
  public var context: String?
  /// Where in the statement, in characters from 1; nil when the server names no place.
  public var position: Int?

  init(_ code: Code, _ message: String, sqlState: String? = nil) {
    self.code = code
    self.message = code == .lost ? Self.firstLine(message) : message
    self.sqlState = sqlState
  }

  /// libpq explains a loss in indented lines below it, and then complains of the socket that is gone.
  private static func firstLine(_ message: String) -> String {
    let lines = message.split(separator: "\n").filter { !$0.hasPrefix("\t") && $0 != "invalid socket" }
    return lines.first.map(String.init) ?? "there is no connection any more"
  }

  /// Reads the fields of a failed result.
  init(result: OpaquePointer?, lost: Bool) {
    func field(_ code: Int32) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
    self.init(
      lost ? .lost : .statement,
      field(Int32(UInt8(ascii: "M"))) ?? Self.trimmed(String(cString: PQresultErrorMessage(result))),
      sqlState: field(Int32(UInt8(ascii: "C"))))
    detail = field(Int32(UInt8(ascii: "D")))
    hint = field(Int32(UInt8(ascii: "H")))
    context = field(Int32(UInt8(ascii: "W")))
    position = field(Int32(UInt8(ascii: "P"))).flatMap { Int($0) }
  }

  /// Whether the server ends the connection with this message, whatever language it speaks.
  static func isFatal(_ result: OpaquePointer) -> Bool {
    let severity = PQresultErrorField(result, CInt(UInt8(ascii: "V"))).map { String(cString: $0) }
    return severity == "FATAL" || severity == "PANIC"
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last.isNewline || last == " " { text.removeLast() }
    return String(text)
  }
}

/// A notice or warning that the server sent beside a result.
public struct ServerNotice: Equatable, Sendable {
  /// `NOTICE`, `WARNING`, `INFO` …, never translated.
  public var severity: String
  /// The primary message.
  public var message: String
  /// The five-character SQLSTATE; nil for a notice of libpq itself.
  public var sqlState: String?
  /// The function of the server's source that sent it, which no language changes; nil when none is named.
  public var routine: String?
}
