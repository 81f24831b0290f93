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
    if runsToSemicolon, statementEnd == nil { return withoutSemicolon(text, lexer) }
    // The semicolon makes SQL of these, and then the sign is an operator.
    let holdsStatement = CommandWords.holdsStatement(text)
    if CommandWords.both.contains(first) || holdsStatement, statementEnd == text.trimmedEnd {
      return (text, nil)
    }
    let isBehindSQL = statementEnd.map { !isBlank(text, from: $0) } ?? false
    let mayCompare = !isBehindSQL && (runsToSemicolon || holdsStatement || CommandWords.holdsComparison(text))
    if !mayCompare { try refuseAppending(text, lexer, from: isBehindSQL ? statementEnd ?? 0 : 0) }
    for sign in lexer.fileSigns where !isBehindSQL || sign >= statementEnd ?? 0 {
      if runsToSemicolon, !isBehindSQL { break }
      guard
        let file = FileBehindSign(text, behind: sign, maySemicolonFollow: !CommandWords.both.contains(first))
      else {
        continue
      }
      let command = String(decoding: Array(text.utf8)[..<sign], as: UTF8.self)
      guard let form = file.form else {
        if mayCompare { continue }
        throw Failure(
          .script, "the ending of \"\(file.path)\" names no form",
          hint: "a file ends in " + FileForm.allCases.map { ".\($0.rawValue)" }.joined(separator: " "),
          place: .init(text: text, range: file.range))
      }
      if mayCompare, file.mayBeOperand, let operand = lexer.operand(before: sign) {
        let named = lexer.text(of: file.range)
        throw Failure(
          .script, "this may compare, or name a file",
          hint: "(\(operand) > \(named)) compares, (\(operand)) > \(named) writes a file",
          place: .init(text: text, range: sign..<file.range.upperBound))
      }
      return (
        command, Redirection(path: file.path, form: form, overwrites: file.overwrites, range: file.range)
      )
    }
    return (text, nil)
  }

  /// SQL that ends with the text: what the grammar takes with the sign in it compares, and then no file is meant.
  private static func withoutSemicolon(_ text: String, _ lexer: SQLLexer) -> (String, Redirection?) {
    let start = CommandWords.statementStart(text)
    func isSQL(_ end: Int) -> Bool {
      let statement = String(decoding: Array(text.utf8)[start..<max(start, end)], as: UTF8.self)
      return (try? StatementParser.parse(statement))?.isEmpty == false
    }
    guard let sign = lexer.fileSigns.last,
      let file = FileBehindSign(text, behind: sign, maySemicolonFollow: false),
      let form = file.form, file.overwrites || !isSQL(text.utf8.count), isSQL(sign)
    else { return (text, nil) }
    return (
      String(decoding: Array(text.utf8)[..<sign], as: UTF8.self),
      Redirection(path: file.path, form: form, overwrites: file.overwrites, range: file.range)
    )
  }

  /// Nobody means an operator where nothing can be compared.
  private static func refuseAppending(_ text: String, _ lexer: SQLLexer, from start: Int) throws(Failure) {
    let sign = lexer.tokens.last { $0.kind == .operator && lexer.text(of: $0.range) == ">>" }
    guard let sign, sign.range.lowerBound >= start,
      let file = FileBehindSign(text, behind: sign.range.upperBound - 1, maySemicolonFollow: true),
      file.form != nil
    else { return }
    throw Failure(
      .script, "a result is not added to a file",
      hint: "> FILE writes a new one, >! FILE replaces one that is there",
      place: .init(text: text, range: sign.range))
  }

  private static func isBlank(_ text: String, from offset: Int) -> Bool {
    String(decoding: Array(text.utf8)[offset...], as: UTF8.self).allSatisfy { $0.isWhitespace || $0 == ";" }
  }
}

extension String {
  /// Where its last character that is not blank ends, in UTF-8 code units.
  fileprivate var trimmedEnd: Int { utf8.count - utf8.reversed().prefix { $0.isBlank }.count }
}
