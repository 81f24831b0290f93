/// What may follow a command's name, in the notation of manual pages, as a tree.
///
/// Keywords stand in small letters and what a person fills in in capitals; `[…]` can be left out, `a|b` is one
/// word or the other, ` | ` with blanks one whole form or the other, and `…` says that what is before it repeats
/// (`X, …` with commas). Everything else is typed as it stands.
indirect enum Synopsis: Hashable, Sendable {
  /// A word or a sign that is typed as it stands.
  case keyword(String)
  /// What a person fills in: `TABLE`, `@n`, `N%`.
  case placeholder(String)
  /// One after the other.
  case sequence([Synopsis])
  /// One of them; `isTight` when they are words of one place.
  case alternatives([Synopsis], isTight: Bool)
  /// Neighbours that can each be left out. Those that begin with a keyword come in any order.
  case options([Synopsis])
  /// One or more.
  case repeated(Synopsis)
  /// One or more with commas between them.
  case list(Synopsis)
  /// Between parentheses; `isGlued` when no blank stands before them.
  case group(Synopsis, isGlued: Bool)

  /// Why a text is no synopsis, for whoever declares a command.
  struct Mistake: Error, Equatable {
    var message: String
  }

  /// Reads the notation; a blank text is the empty sequence.
  ///
  /// - Throws: `Mistake` for a bracket without its partner or an empty alternative.
  init(_ text: String) throws(Mistake) {
    var reader = SynopsisReader(text)
    self = try reader.whole()
  }

  /// The placeholder that comes first; nil when a keyword does.
  var firstPlaceholder: String? {
    switch self {
    case .keyword: nil
    case .placeholder(let name): name
    case .sequence(let parts), .options(let parts), .alternatives(let parts, _): parts.first?.firstPlaceholder
    case .repeated(let part), .list(let part), .group(let part, _): part.firstPlaceholder
    }
  }

  /// Every placeholder in it.
  var placeholders: Set<String> {
    switch self {
    case .keyword: []
    case .placeholder(let name): [name]
    case .sequence(let parts), .options(let parts), .alternatives(let parts, _):
      parts.reduce(into: []) { $0.formUnion($1.placeholders) }
    case .repeated(let part), .list(let part), .group(let part, _): part.placeholders
    }
  }

  /// Whether its first word is a keyword, so that it is known by that wherever it stands.
  var beginsWithKeyword: Bool {
    switch self {
    case .keyword: true
    case .placeholder, .group: false
    case .sequence(let parts): parts.first?.beginsWithKeyword ?? false
    case .alternatives(let parts, _), .options(let parts): parts.allSatisfy(\.beginsWithKeyword)
    case .repeated(let part), .list(let part): part.beginsWithKeyword
    }
  }
}

// MARK: Writing

extension Synopsis {
  /// The notation again; read and written it is the same tree.
  var text: String {
    switch self {
    case .keyword(let word), .placeholder(let word): word
    case .sequence(let parts): Self.text(of: parts)
    case .alternatives(let parts, let isTight): parts.map(\.text).joined(separator: isTight ? "|" : " | ")
    case .options(let parts): parts.map { "[\($0.text)]" }.joined(separator: " ")
    case .repeated(let part): "\(part.text) …"
    case .list(let part): "\(part.text), …"
    case .group(let part, _): "(\(part.text))"
    }
  }

  /// The notation of parts that follow each other, such as what is left of a synopsis.
  static func text(of parts: [Synopsis]) -> String {
    parts.reduce(into: "") { text, part in
      let piece = part.text
      if piece.isEmpty { return }
      if !text.isEmpty, !part.isGluedToTheLeft { text += " " }
      text += piece
    }
  }

  /// The beginning of the notation of parts that is typed as it stands: up to the first thing to fill in, to
  /// choose or to leave out.
  static func literal(of parts: [Synopsis]) -> String {
    var text = ""
    for part in parts {
      let (piece, isWhole) = part.literal
      if piece.isEmpty, !isWhole { return text }
      if !text.isEmpty, !piece.isEmpty, !part.isGluedToTheLeft { text += " " }
      text += piece
      if !isWhole { return text }
    }
    return text
  }

  private var literal: (text: String, isWhole: Bool) {
    switch self {
    case .keyword(let word): return (word, true)
    case .sequence(let parts):
      let text = Self.literal(of: parts)
      return (text, text == Self.text(of: parts))
    case .group(let part, _): return ("(" + part.literal.text, false)
    case .placeholder, .alternatives, .options, .repeated, .list: return ("", false)
    }
  }

  /// Whether no blank comes before it.
  var isGluedToTheLeft: Bool {
    switch self {
    case .keyword(";"), .group(_, isGlued: true): true
    default: false
    }
  }
}

// MARK: Reading

/// Reads the notation from left to right.
private struct SynopsisReader {
  private struct Piece {
    var text: String
    var isSpaced: Bool
  }

  private var pieces: [Piece] = []
  private var index = 0

  init(_ text: String) {
    var isSpaced = false
    for character in text {
      if character.isWhitespace {
        isSpaced = true
        continue
      }
      let isMark = "[]()|…,;".contains(character)
      if !isMark, !isSpaced, let last = pieces.last, !"[]()|…,;".contains(last.text) {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append(Piece(text: String(character), isSpaced: isSpaced))
      }
      isSpaced = false
    }
  }

  mutating func whole() throws(Synopsis.Mistake) -> Synopsis {
    if pieces.isEmpty { return .sequence([]) }
    let whole = try forms()
    if let rest = current { throw .init(message: "\"\(rest.text)\" has no partner") }
    return whole
  }

  private var current: Piece? { pieces.indices.contains(index) ? pieces[index] : nil }

  private func isAt(_ text: String) -> Bool { current?.text == text }

  /// Whole forms with ` | ` between them.
  private mutating func forms() throws(Synopsis.Mistake) -> Synopsis {
    var found = [try sequence()]
    while isAt("|") {
      index += 1
      found.append(try sequence())
    }
    return found.count == 1 ? found[0] : .alternatives(found, isTight: false)
  }

  private mutating func sequence() throws(Synopsis.Mistake) -> Synopsis {
    var parts: [Synopsis] = []
    while let piece = current, !"])|".contains(piece.text) {
      let part = try words()
      if case .options(let more) = part, case .options(let before)? = parts.last {
        parts[parts.count - 1] = .options(before + more)
      } else {
        parts.append(part)
      }
    }
    guard let first = parts.first else {
      throw .init(message: "something is missing beside a bracket or a |")
    }
    return parts.count == 1 ? first : .sequence(parts)
  }

  /// Words of one place with `|` between them, without blanks.
  private mutating func words() throws(Synopsis.Mistake) -> Synopsis {
    var found = [try part()]
    while isAt("|"), current?.isSpaced == false, pieces.indices.contains(index + 1),
      !pieces[index + 1].isSpaced
    {
      index += 1
      found.append(try part())
    }
    return found.count == 1 ? found[0] : .alternatives(found, isTight: true)
  }

  private mutating func part() throws(Synopsis.Mistake) -> Synopsis {
    let part = try atom()
    if isAt("…") {
      index += 1
      return .repeated(part)
    }
    if isAt(","), pieces.indices.contains(index + 1), pieces[index + 1].text == "…" {
      index += 2
      return .list(part)
    }
    return part
  }

  private mutating func atom() throws(Synopsis.Mistake) -> Synopsis {
    guard let piece = current else { throw .init(message: "something is missing at the end") }
    index += 1
    switch piece.text {
    case "[": return .options([try closed("]")])
    case "(": return .group(try closed(")"), isGlued: !piece.isSpaced && index > 1)
    case "]", ")", "|", "…": throw .init(message: "\"\(piece.text)\" cannot stand here")
    default:
      let isFilledIn =
        ["@n", "%n"].contains(piece.text)
        || (piece.text.contains(where: \.isUppercase) && !piece.text.contains(where: \.isLowercase))
      return isFilledIn ? .placeholder(piece.text) : .keyword(piece.text)
    }
  }

  private mutating func closed(_ bracket: String) throws(Synopsis.Mistake) -> Synopsis {
    let inside = try forms()
    guard isAt(bracket) else { throw .init(message: "\"\(bracket)\" is missing") }
    index += 1
    return inside
  }
}

// MARK: Parts

extension Synopsis {
  /// What stands behind placeholders that are themselves of keywords and placeholders, by name.
  static let parts: [String: String] = [
    "DEFINITION": "[concurrently] [if not exists] [NAME] on [only] TABLE [using METHOD] (KEYS) "
      + "[include (COLUMN, …)] [with (PARAMETER, …)] [where CONDITION]",
    "PREDICATE": "cost @n < N | cost @n drops >= N% | plan @n uses index %n|INDEX | plan @n has STEP "
      + "| plan @n lacks STEP | no seq scan on TABLE | no regression | no index INDEX | index INDEX valid "
      + "| role primary|standby|writer|reader | error CODE",
  ]

  private static let parsedParts = parts.compactMapValues { try? Synopsis($0) }

  /// What stands behind a placeholder; nil when it is a single thing.
  static func part(_ placeholder: String) -> Synopsis? { parsedParts[placeholder] }
}
