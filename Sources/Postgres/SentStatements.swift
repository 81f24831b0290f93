internal import Glibc

/// The statements that connections have sent, in order, as long as somebody wants to know.
///
/// A session gives one to each of its connections. Passwords are never among them: libpq sends those by
/// messages of their own. What a person typed into a statement is.
public final class SentStatements {
  /// A statement that was handed to libpq for its server.
  public struct Statement: Equatable, Sendable {
    /// The text.
    public var text: String
    /// The values bound to `$1` …, in text format; nil is NULL.
    public var values: [String?]
    /// What the connection that it went over is for.
    public var purpose: Purpose
    /// When it was first sent, in microseconds since 1970 UTC.
    public var microsecondsSinceEpoch: Int64
    /// How often it was sent; more than once only where a connection watches one statement of another.
    public var times = 1
  }

  /// What a connection is for.
  public enum Purpose: Sendable {
    /// To look at the database.
    case analysis
    /// To change it.
    case change
    /// To look on while another connection changes it: the same questions again and again.
    case watch
  }

  /// Whether statements are kept; nothing is copied otherwise.
  public var isKept = false {
    didSet { if !isKept { _ = take() } }
  }

  private struct Question: Hashable {
    var text: String
    var values: [String?]
  }

  private var statements: [Statement] = []
  /// Where the questions stand that were asked while one and the same statement ran: a build of hours asks
  /// thousands of times.
  private var asked: [Question: Int] = [:]

  /// Nothing was sent and nothing is kept.
  public init() {}

  /// Hands over what was kept since the last call, oldest first.
  public func take() -> [Statement] {
    defer {
      statements = []
      asked = [:]
    }
    return statements
  }

  func add(_ text: String, _ values: [String?] = [], over purpose: Purpose) {
    guard isKept else { return }
    if purpose == .watch {
      let question = Question(text: text, values: values)
      if let index = asked[question] {
        statements[index].times += 1
        return
      }
      asked[question] = statements.count
    } else {
      asked = [:]
    }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    statements.append(
      Statement(
        text: text, values: values, purpose: purpose,
        microsecondsSinceEpoch: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000))
  }
}

/// Where a connection tells what it sends, and what it is for.
public struct SentStatementsTap {
  let statements: SentStatements
  let purpose: SentStatements.Purpose

  /// Pairs the statements with what the connection is for.
  public init(_ statements: SentStatements, _ purpose: SentStatements.Purpose) {
    self.statements = statements
    self.purpose = purpose
  }

  func add(_ text: String, _ values: [String?] = []) { statements.add(text, values, over: purpose) }
}
