import IndexDesign
import Notebook
import Reports

/// The file that a command's result is written to: a last `> FILE`, or `>! FILE`.
struct Redirection: Equatable {
  /// The file as it was typed, without quotes.
  var path: String
  /// What the file's ending says.
  var form: FileForm
  /// Whether an existing file is replaced.
  var overwrites: Bool
  /// Where the file stands in the line.
  var range: Range<Int>

  /// Parts a whole command from the file that it is to be written to; nil when none is named.
  ///
  /// In SQL, and in commands that run to a semicolon, only what follows the semicolon is looked at.
  /// - Throws: `Failure` for a file whose ending names no form.
  static func split(_ text: String) throws(Failure) -> (command: String, Redirection?) {
    var reader = ArgumentReader(text)
    guard text.utf8.contains(UInt8(ascii: ">")), let first = reader.word()?.lowercased,
      CommandWords.effects(of: text).isDisjoint(with: .steersNotebook)
    else { return (text, nil) }
    if first.hasPrefix("\\"), !Backslash.mayRedirect(PsqlLine.name(of: text)) { return (text, nil) }
    let lexer = SQLLexer(text)
    let runsToSemicolon = CommandWords.runsToSemicolon(text)
    let statementEnd = SQLScan(text).firstStatementEnd
    guard !runsToSemicolon || statementEnd != nil else { return (text, nil) }
    // The semicolon makes SQL of these, and then the sign is an operator.
    let holdsStatement = CommandWords.holdsStatement(text)
    if CommandWords.both.contains(first) || holdsStatement, statementEnd == text.trimmedEnd {
      return (text, nil)
    }
    let isBehindSQL = statementEnd.map { !isBlank(text, from: $0) } ?? false
    for sign in signs(lexer) where !isBehindSQL || sign >= statementEnd ?? 0 {
      if runsToSemicolon, !isBehindSQL { break }
      guard let file = File(text, behind: sign, maySemicolonFollow: !CommandWords.both.contains(first)) else {
        continue
      }
      let command = String(decoding: Array(text.utf8)[..<sign], as: UTF8.self)
      guard let form = file.form else {
        if !isBehindSQL, holdsStatement || CommandWords.holdsComparison(text) { continue }
        throw Failure(
          .script, "the ending of \"\(file.path)\" names no form",
          hint: "a file ends in " + FileForm.allCases.map { ".\($0.rawValue)" }.joined(separator: " "),
          place: .init(text: text, range: file.range))
      }
      return (
        command, Redirection(path: file.path, form: form, overwrites: file.overwrites, range: file.range)
      )
    }
    return (text, nil)
  }

  /// Where a `>` stands outside parentheses, quotes and comments that is no part of another operator.
  private static func signs(_ lexer: SQLLexer) -> [Int] {
    var depth = 0
    return lexer.tokens.compactMap { token in
      let text = lexer.text(of: token.range)
      switch (token.kind, text) {
      case (.punctuation, "("), (.punctuation, "["): depth += 1
      case (.punctuation, ")"), (.punctuation, "]"): depth -= 1
      // What follows without a blank may be the begin of a path: >!x, >/tmp, >~/x.
      case (.operator, _) where depth == 0 && text.first == ">":
        let second = text.dropFirst().first
        return second == nil || second == "!" || second == "/" || second == "~" ? token.range.lowerBound : nil
      default: break
      }
      return nil
    }
  }

  private static func isBlank(_ text: String, from offset: Int) -> Bool {
    String(decoding: Array(text.utf8)[offset...], as: UTF8.self).allSatisfy { $0.isWhitespace || $0 == ";" }
  }

  /// What stands behind the sign, when that is one word.
  private struct File {
    var path: String
    var overwrites = false
    var range: Range<Int>

    init?(_ text: String, behind sign: Int, maySemicolonFollow: Bool) {
      let bytes = Array(text.utf8)
      var start = sign + 1
      if start < bytes.count, bytes[start] == UInt8(ascii: "!") {
        overwrites = true
        start += 1
      }
      while start < bytes.count, bytes[start].isBlank { start += 1 }
      var end = bytes.count
      while end > start, bytes[end - 1].isBlank || (maySemicolonFollow && bytes[end - 1] == UInt8(ascii: ";"))
      {
        end -= 1
      }
      range = start..<end
      let word = bytes[range]
      guard let first = word.first else { return nil }
      if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
        guard word.count > 2, word.last == first, !word.dropFirst().dropLast().contains(first) else {
          return nil
        }
        path = String(decoding: word.dropFirst().dropLast(), as: UTF8.self)
      } else {
        guard !word.contains(where: \.isBlank), !word.contains(UInt8(ascii: "(")) else { return nil }
        path = String(decoding: word, as: UTF8.self)
      }
    }

    var form: FileForm? {
      let name = path.split(separator: "/").last ?? ""
      guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
      return FileForm(rawValue: name[name.index(after: dot)...].lowercased())
    }
  }
}

extension String {
  /// Where its last character that is not blank ends, in UTF-8 code units.
  fileprivate var trimmedEnd: Int { utf8.count - utf8.reversed().prefix { $0.isBlank }.count }
}
