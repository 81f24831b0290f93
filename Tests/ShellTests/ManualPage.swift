import Notebook

@testable import Shell

/// The part of hypo(1) that is made from the commands' own declarations.
enum ManualPage {
  /// The comment before the generated part.
  static let beginMark = #".\" The list of commands begins here; it is made from their declarations."#
  /// The comment behind it.
  static let endMark = #".\" The list of commands ends here."#

  /// The commands in mdoc: a subsection a group, in the groups' order, groups without commands left out.
  ///
  /// Source: mdoc(7).
  static func commandList(_ declarations: [CommandDeclaration]) -> String {
    CommandDeclaration.Group.allCases.flatMap { group -> [String] in
      let members = declarations.filter { $0.group == group }
      return members.isEmpty
        ? [] : [".Ss \(group.rawValue)", ".Bl -tag -width Ds"] + members.flatMap(entry) + [".El"]
    }.joined(separator: "\n") + "\n"
  }

  /// The topics of help in mdoc.
  static func topicList(_ topics: [HelpTopic]) -> String {
    let entries = topics.flatMap { topic in
      [".It Ic help \(topic.name)"]
        + prose(topic.summary.prefix(1).uppercased() + topic.summary.dropFirst() + ".")
        + topic.paragraphs.flatMap(prose) + examples(topic.examples)
    }
    return ([".Ss Topics of help", ".Bl -tag -width Ds"] + entries + [".El"]).joined(separator: "\n") + "\n"
  }

  /// The whole page with another list between the marks; nil when the marks are not there.
  static func page(_ page: String, withCommandList list: String) -> String? {
    guard let begin = page.firstRange(of: beginMark + "\n"),
      let end = page.firstRange(of: endMark), begin.upperBound <= end.lowerBound
    else { return nil }
    return page[..<begin.upperBound] + list + page[end.lowerBound...]
  }

  private static func entry(_ declaration: CommandDeclaration) -> [String] {
    [".It Ic \(declaration.name)" + arguments(declaration.form.text)]
      + prose(declaration.summary.prefix(1).uppercased() + declaration.summary.dropFirst() + ".")
      + prose(declaration.details) + examples(declaration.examples.map(\.line))
  }

  private static func examples(_ examples: [String]) -> [String] {
    let lines = examples.flatMap { $0.split(separator: "\n") }.map { line(escaped(String($0), code: true)) }
    return lines.isEmpty ? [] : [".Bd -literal -offset indent -compact"] + lines + [".Ed"]
  }

  /// Words in capitals are what a person fills in; all else is typed as it stands.
  static func arguments(_ text: String) -> String {
    var macros = ""
    for word in text.split(separator: " ") {
      for (index, piece) in pieces(String(word)).enumerated() {
        if index > 0 { macros += " Ns" }
        // The zero-width \& keeps mdoc from taking a word for punctuation or for a macro.
        macros += piece.isPlaceholder ? " Ar \(piece.text)" : " No \\&\(escaped(piece.text, code: true))"
      }
    }
    return macros
  }

  private struct Piece {
    var text: String
    var isPlaceholder: Bool
  }

  private static func pieces(_ word: String) -> [Piece] {
    var pieces: [Piece] = []
    for character in word {
      let isCapital = character.isASCII && (character.isUppercase || character == "_")
      if let last = pieces.last, last.isPlaceholder == isCapital {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append(Piece(text: String(character), isPlaceholder: isCapital))
      }
    }
    return pieces
  }

  /// Each sentence on a line of its own, as mdoc wants it.
  static func prose(_ text: String) -> [String] {
    var sentences = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = sentences.last, !last.isEmpty {
        if ".?!".contains(last.last ?? " ") {
          sentences.append("")
        } else {
          sentences[sentences.count - 1] += " "
        }
      }
      sentences[sentences.count - 1] += word
    }
    return sentences.filter { !$0.isEmpty }.map { line(escaped($0, code: false)) }
  }

  /// A line that begins with a control character would be a request.
  private static func line(_ text: String) -> String {
    text.hasPrefix(".") || text.hasPrefix("'") || text.hasPrefix("\\(aq") ? "\\&" + text : text
  }

  /// Characters that roff reads otherwise; in code also those that a typesetter would make prettier.
  ///
  /// Source: mandoc_char(7).
  static func escaped(_ text: String, code: Bool) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "\"": "\\(dq"
      case "'": "\\(aq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case "-" where code: "\\-"
      case _ where scalar.isASCII: String(scalar)
      default: "\\[u\(hexadecimal(scalar.value))]"
      }
    }.joined()
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
