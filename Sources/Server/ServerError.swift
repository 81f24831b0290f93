package import Postgres

/// What went wrong when something was asked of a server, with the server's own facts kept.
public struct ServerError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: Sendable {
    /// No connection could be made; exit status 2.
    case connection
    /// The connection was lost while something ran; the next command reconnects.
    case lost
    /// The server refused or failed a statement; `sqlState` says which way.
    case statement
    /// The person stopped it.
    case cancelled
    /// A name does not exist on the server.
    case notFound
    /// The server lacks what is needed: an extension, a privilege, a version's feature.
    case missingPrerequisite
    /// hypo refuses, though the server might not.
    case refused
    /// The server answered something that hypo cannot read.
    case unexpectedAnswer
    /// A change could not be written down; the message says whether anything was run.
    case journal
  }

  /// Which kind of failure this is.
  public var code: Code
  /// What failed and why, without a final full stop.
  public var message: String
  /// The five-character SQLSTATE; nil when the failure is not the server's.
  public var sqlState: String?
  /// More about the reason, often the server's DETAIL.
  public var detail: String?
  /// What to do next, often the server's HINT.
  public var hint: String?
  /// Where in the text that was asked about, in UTF-8 code units; nil when no place is known.
  public var position: Range<Int>?

  /// Makes an error from its facts.
  public init(
    _ code: Code, _ message: String, sqlState: String? = nil, detail: String? = nil, hint: String? = nil,
    position: Range<Int>? = nil
  ) {
    self.code = code
    self.message = message
    self.sqlState = sqlState
    self.detail = detail
    self.hint = hint
    self.position = position
  }

  /// Translates a failure of a connection.
  package init(_ error: PostgresError) {
    switch error.code {
    case .parameters, .connection, .passwordNeeded:
      self.init(.connection, error.message)
    case .lost:
      self.init(
        .lost, "the connection to the server was lost: \(error.message)", sqlState: error.sqlState,
        hint: "the next command connects again and makes the hypothetical indexes again")
    case .interrupted: self.init(.cancelled, error.message)
    case .statement:
      self.init(
        error.sqlState == "57014" ? .cancelled : .statement, error.message, sqlState: error.sqlState,
        detail: error.detail,
        hint: error.hint ?? (error.sqlState == "25P02" ? "end the failed transaction: rollback;" : nil))
    }
  }

  /// Translates a failure and finds its place in `text`, which the server saw behind `offset` other characters.
  init(_ error: PostgresError, in text: String, behind offset: Int) {
    self.init(error)
    if let position = error.position { self.position = Self.range(ofCharacter: position - offset, in: text) }
  }

  /// The word that begins at a server's position, which counts characters from 1.
  static func range(ofCharacter position: Int, in text: String) -> Range<Int>? {
    let scalars = text.unicodeScalars
    guard position >= 1, position <= scalars.count + 1 else { return nil }
    let start = scalars.index(scalars.startIndex, offsetBy: position - 1)
    var end = start
    while end < scalars.endIndex,
      scalars[end] == "_" || scalars[end] == "$" || scalars[end].properties.isAlphabetic
        || scalars[end].properties.numericType != nil
    { end = scalars.index(after: end) }
    if end == start, end < scalars.endIndex { end = scalars.index(after: end) }
    let lower = text.utf8.distance(from: text.startIndex, to: start)
    return lower..<text.utf8.distance(from: text.startIndex, to: end)
  }
}
