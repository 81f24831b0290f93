import IndexDesign

/// A command whose lines come one after the other, and what is open behind the last of them.
///
/// The same rules as `Completeness.of`, without reading the first lines again for each one that follows.
struct CommandLines {
  /// The lines, joined where they go on.
  private(set) var text = ""
  private var continuation = SQLContinuation()
  private var isBackslashed = false
  /// Whether it goes on to a semicolon; nil until the words that decide have come.
  private var runsToSemicolon: Bool?
  private let decide: (String) -> Bool
  private var isBackslashCommand = false

  /// No line yet.
  ///
  /// - Parameter runsToSemicolon: whether a command goes on to a semicolon, by its first lines.
  init(runsToSemicolon: @escaping (String) -> Bool) { decide = runsToSemicolon }

  /// Takes the next line, without its end.
  mutating func append(_ line: ArraySlice<UInt8>) {
    if isBackslashed { text.removeLast() }
    if text.isEmpty, !isBackslashed {
      isBackslashCommand = line.first == UInt8(ascii: "\\")
    } else {
      text += "\n"
    }
    text += String(decoding: line, as: UTF8.self)
    isBackslashed = line.last == UInt8(ascii: "\\") && !isBackslashCommand
    continuation.read(line: isBackslashed ? line.dropLast() : line)
    // Where a semicolon has ended it, both answers mean the same.
    if runsToSemicolon != true, !continuation.hasStatementEnd { runsToSemicolon = decided(text) }
  }

  /// What is open: `(`, `'`, `"`, `$`, `*`, `;` or `\`; nil when the command is whole.
  var open: String? {
    if isBackslashCommand { return nil }
    if isBackslashed { return "\\" }
    if let open = continuation.open { return Self.symbol(open) }
    return runsToSemicolon == true && !continuation.hasStatementEnd ? ";" : nil
  }

  private static func symbol(_ open: SQLContinuation.Open) -> String {
    switch open {
    case .parenthesis: "("
    case .string: "'"
    case .quotedIdentifier: "\""
    case .dollarQuote: "$"
    case .comment: "*"
    }
  }

  /// The first words decide, so a long text is not read as a whole.
  private func decided(_ text: String) -> Bool {
    let longest = 2_000
    return decide(
      text.utf8.count > longest ? String(decoding: text.utf8.prefix(longest), as: UTF8.self) : text)
  }
}
