import IndexDesign
import Notebook

/// Whether a typed text is a whole command or goes on in the next line.
enum Completeness: Equatable {
  /// It can be run.
  case complete
  /// It goes on; the text says what is open: `(`, `'`, `"`, `$$`, `;` or `\`.
  case open(String)

  /// Judges what came at the prompt, which may be a pasted block of several commands.
  static func ofBlock(_ text: String) -> Completeness {
    guard text.contains("\n") else { return of(text) }
    do { _ = try Notebook(parsing: text) } catch {
      if let symbol = error.open { return .open(symbol) }
    }
    return .complete
  }

  /// Judges the lines that were typed so far.
  ///
  /// A command is one line unless a parenthesis or a quote is open or the line ends with a
  /// backslash; SQL runs to its semicolon.
  static func of(_ text: String) -> Completeness {
    if text.allSatisfy(\.isWhitespace) || text.hasPrefix("#") || text.hasPrefix("\\") { return .complete }
    if text.hasSuffix("\\") { return .open("\\") }
    let scan = SQLScan(text)
    if CommandWords.runsToSemicolon(text) {
      if scan.firstStatementEnd == nil { return .open(scan.open.map(symbol) ?? ";") }
      return scan.open.map { .open(symbol($0)) } ?? .complete
    }
    return scan.open.map { .open(symbol($0)) } ?? .complete
  }

  private static func symbol(_ open: OpenConstruct) -> String {
    switch open {
    case .parenthesis: "("
    case .string: "'"
    case .quotedIdentifier: "\""
    case .dollarQuote: "$"
    case .comment: "*"
    }
  }

  /// The text with continuation backslashes taken out.
  static func joined(_ lines: [String]) -> String {
    lines.enumerated().map { index, line in
      line.hasSuffix("\\") && index < lines.count - 1 ? String(line.dropLast()) : line
    }.joined(separator: "\n")
  }
}
