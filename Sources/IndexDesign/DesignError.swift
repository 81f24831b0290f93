/// What went wrong while text was read as SQL, as an index design or as a plan.
///
/// Carries facts; the shell finds the words around them.
public struct DesignError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Code: String, Sendable {
    /// The text does not follow the grammar.
    case syntax
    /// More than one statement where one is meant.
    case secondStatement
    /// The statement is not one that may be sent from the analysis session.
    case refused
    /// A plan or another document of the server has an unexpected shape.
    case malformedDocument
    /// A value or parameter is missing or of no use.
    case parameter
  }

  /// Which kind of failure this is.
  public var code: Code
  /// What failed, one sentence without a final full stop.
  public var message: String
  /// Why, when the message alone does not say it.
  public var detail: String?
  /// What to do next.
  public var hint: String?
  /// Where in the text that was given, in UTF-8 code units; nil when no place can be named.
  public var position: Range<Int>?

  /// Makes an error from its facts.
  public init(
    _ code: Code, _ message: String, detail: String? = nil, hint: String? = nil,
    position: Range<Int>? = nil
  ) {
    self.code = code
    self.message = message
    self.detail = detail
    self.hint = hint
    self.position = position
  }
}
