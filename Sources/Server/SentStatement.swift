public import IndexDesign
internal import Postgres

/// A statement that a session or one of its changes has sent.
public struct SentStatement: Equatable, Sendable {
  /// The connections of a session.
  public enum Connection: Sendable {
    /// The analysis session, which only reads.
    case analysis
    /// The one that a change is made on.
    case change
    /// The one that looks on meanwhile.
    case watch
  }

  /// The text.
  public var text: String
  /// The values bound to `$1` …, in text format; nil is NULL.
  public var values: [String?]
  /// The connection that it went over.
  public var connection: Connection
  /// When it was first sent.
  public var sent: Timestamp
  /// How often it was sent; more than once only over the connection that looks on, while one statement ran.
  public var times: Int
}

extension SentStatement {
  init(_ statement: SentStatements.Statement) {
    self.init(
      text: statement.text, values: statement.values, connection: Connection(statement.purpose),
      sent: Timestamp(microsecondsSinceEpoch: statement.microsecondsSinceEpoch), times: statement.times)
  }
}

extension SentStatement.Connection {
  fileprivate init(_ purpose: SentStatements.Purpose) {
    switch purpose {
    case .analysis: self = .analysis
    case .change: self = .change
    case .watch: self = .watch
    }
  }
}

extension Session {
  /// Whether what this session and the connections of its changes send is kept for `takeSentStatements`.
  ///
  /// `SessionOptions.keepsSentStatements` keeps what connecting sends, too.
  public var keepsSentStatements: Bool {
    get { sent.isKept }
    set { sent.isKept = newValue }
  }

  /// What was sent since the last call, oldest first; empty while nothing is kept.
  ///
  /// No statement of hypo holds a password, but one that a person typed may. What other programs and the
  /// background connection of completions send is not among them.
  public func takeSentStatements() -> [SentStatement] { sent.take().map(SentStatement.init) }
}
