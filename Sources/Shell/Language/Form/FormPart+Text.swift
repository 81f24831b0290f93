extension FormPart {
  /// The notation again without what is hidden; read and written it is the same tree.
  var text: String {
    switch self {
    case .keyword(let word), .placeholder(let word): word
    case .sequence(let parts): Self.text(of: parts)
    case .alternatives(let parts, let isTight):
      parts.map(\.text).filter { !$0.isEmpty }.joined(separator: isTight ? "|" : " | ")
    case .options(let parts): parts.map { "[\($0.text)]" }.joined(separator: " ")
    case .repeated(let part): "\(part.text) …"
    case .list(let part): "\(part.text), …"
    case .group(let part, _): "(\(part.text))"
    case .hidden: ""
    }
  }

  /// The notation of parts that follow each other, such as what is left of a synopsis.
  static func text(of parts: [FormPart]) -> String {
    parts.reduce(into: "") { text, part in
      let piece = part.text
      if piece.isEmpty { return }
      if !text.isEmpty, !part.isGluedToTheLeft { text += " " }
      text += piece
    }
  }

  /// The beginning of the notation of parts that is typed as it stands: up to the first thing to fill in, to
  /// choose or to leave out.
  static func literal(of parts: [FormPart]) -> String {
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
    case .placeholder, .alternatives, .options, .repeated, .list, .hidden: return ("", false)
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
