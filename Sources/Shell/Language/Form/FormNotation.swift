/// Reads the notation from left to right.
struct FormNotation {
  private struct Piece {
    var text: String
    var isSpaced: Bool
    var isMark: Bool
  }

  private static let closing: Set<String> = ["]", ")", "}", "|"]

  private var pieces: [Piece] = []
  private var index = 0

  /// Begins to read a notation.
  init(_ text: String) {
    var isSpaced = false
    for character in text {
      if character.isWhitespace {
        isSpaced = true
        continue
      }
      let isMark = Self.isMark(character)
      if !isMark, !isSpaced, let last = pieces.last, !last.isMark {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append(Piece(text: String(character), isSpaced: isSpaced, isMark: isMark))
      }
      isSpaced = false
    }
  }

  private static func isMark(_ character: Character) -> Bool {
    switch character {
    case "[", "]", "(", ")", "{", "}", "|", "…", ",", ";": true
    default: false
    }
  }

  /// Reads all of it; a blank text is the empty sequence.
  ///
  /// - Throws: `Form.Mistake` for a bracket without its partner or an empty alternative.
  mutating func whole() throws(Form.Mistake) -> FormPart {
    if pieces.isEmpty { return .sequence([]) }
    let whole = try forms()
    if let rest = current { throw .init(message: "\"\(rest.text)\" has no partner") }
    return whole
  }

  private var current: Piece? { pieces.indices.contains(index) ? pieces[index] : nil }

  private func isAt(_ text: String) -> Bool { current?.text == text }

  /// Whole forms with ` | ` between them.
  private mutating func forms() throws(Form.Mistake) -> FormPart {
    var found = [try sequence()]
    while isAt("|") {
      index += 1
      found.append(try sequence())
    }
    return found.count == 1 ? found[0] : .alternatives(found, isTight: false)
  }

  private mutating func sequence() throws(Form.Mistake) -> FormPart {
    var parts: [FormPart] = []
    while let piece = current, !Self.closing.contains(piece.text) {
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
  private mutating func words() throws(Form.Mistake) -> FormPart {
    var found = [try part()]
    while isAt("|"), current?.isSpaced == false, pieces.indices.contains(index + 1),
      !pieces[index + 1].isSpaced
    {
      index += 1
      found.append(try part())
    }
    return found.count == 1 ? found[0] : .alternatives(found, isTight: true)
  }

  private mutating func part() throws(Form.Mistake) -> FormPart {
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

  private mutating func atom() throws(Form.Mistake) -> FormPart {
    guard let piece = current else { throw .init(message: "something is missing at the end") }
    index += 1
    switch piece.text {
    case "[": return .options([try closed("]")])
    case "{": return .hidden(try closed("}"))
    case "(": return .group(try closed(")"), isGlued: !piece.isSpaced && index > 1)
    case "]", ")", "}", "|", "…": throw .init(message: "\"\(piece.text)\" cannot be here")
    default:
      let isFilledIn =
        ["@n", "%n"].contains(piece.text)
        || (piece.text.contains(where: \.isUppercase) && !piece.text.contains(where: \.isLowercase))
      return isFilledIn ? .placeholder(piece.text) : .keyword(piece.text)
    }
  }

  private mutating func closed(_ bracket: String) throws(Form.Mistake) -> FormPart {
    let inside = try forms()
    guard isAt(bracket) else { throw .init(message: "\"\(bracket)\" is missing") }
    index += 1
    return inside
  }
}
