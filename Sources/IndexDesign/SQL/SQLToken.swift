/// One lexical element of SQL and where it stands.
public struct SQLToken: Equatable, Sendable {
  /// What PostgreSQL's scanner would see in it.
  public enum Kind: Equatable, Sendable {
    /// A keyword or a name without quotes.
    case word
    /// `"name"` or `U&"name"`.
    case quotedIdentifier
    /// `'…'`, `E'…'`, `B'…'`, `X'…'`, `N'…'` or `U&'…'`, with its continuations on later lines.
    case string
    /// `$tag$…$tag$`.
    case dollarString
    /// A number without its sign.
    case number
    /// `$1`.
    case parameter
    /// A run of operator characters.
    case `operator`
    /// One of `( ) [ ] , ; . :` or `::`, `..`, `:=`.
    case punctuation
    /// A character with no meaning in SQL.
    case unknown
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands, in UTF-8 code units.
  public var range: Range<Int>

  /// Makes a token of its facts.
  public init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// What a text leaves open at its end, so that more lines are needed.
public enum OpenConstruct: Equatable, Sendable {
  /// The innermost parenthesis without its partner, and where it stands.
  case parenthesis(at: Int)
  /// A string constant that starts there.
  case string(at: Int)
  /// A quoted identifier that starts there.
  case quotedIdentifier(at: Int)
  /// A dollar-quoted string with this tag (empty for `$$`).
  case dollarQuote(tag: String, at: Int)
  /// A block comment that starts there.
  case comment(at: Int)

  /// Where the construct starts, in UTF-8 code units.
  public var offset: Int {
    switch self {
    case .parenthesis(let at), .string(let at), .quotedIdentifier(let at), .dollarQuote(_, let at),
      .comment(let at):
      at
    }
  }
}
