/// What may follow a command's name, as a tree.
///
/// The notation is that of manual pages. Keywords stand in small letters and what a person fills in in capitals;
/// `[…]` can be left out, `a|b` is one word or the other, ` | ` with blanks one whole form or the other, and `…` says
/// that what is before it repeats (`X, …` with commas). `{…}` may be typed, too, and is shown nowhere. Everything else
/// is typed as it stands.
indirect enum FormPart: Hashable, Sendable {
  /// A word or a sign that is typed as it stands.
  case keyword(String)
  /// What a person fills in: `TABLE`, `@n`, `N%`.
  case placeholder(String)
  /// One after the other.
  case sequence([FormPart])
  /// One of them; `isTight` when they are words of one place.
  case alternatives([FormPart], isTight: Bool)
  /// Neighbours that can each be left out. Those that begin with a keyword come in any order.
  case options([FormPart])
  /// One or more.
  case repeated(FormPart)
  /// One or more with commas between them.
  case list(FormPart)
  /// Between parentheses; `isGlued` when no blank stands before them.
  case group(FormPart, isGlued: Bool)
  /// May be typed or not, and is neither shown nor offered: other ways to say the same.
  case hidden(FormPart)

  /// The placeholder that comes first; nil when a keyword does.
  var firstPlaceholder: String? {
    switch self {
    case .keyword, .hidden: nil
    case .placeholder(let name): name
    case .sequence(let parts), .options(let parts), .alternatives(let parts, _): parts.first?.firstPlaceholder
    case .repeated(let part), .list(let part), .group(let part, _): part.firstPlaceholder
    }
  }

  /// Every placeholder in it, those that are hidden included.
  var placeholders: Set<String> {
    switch self {
    case .keyword: []
    case .placeholder(let name): [name]
    case .sequence(let parts), .options(let parts), .alternatives(let parts, _):
      parts.reduce(into: []) { $0.formUnion($1.placeholders) }
    case .repeated(let part), .list(let part), .group(let part, _), .hidden(let part): part.placeholders
    }
  }

  /// Every keyword that is shown.
  var keywords: [String] {
    switch self {
    case .keyword(let word): [word]
    case .placeholder, .hidden: []
    case .sequence(let parts), .options(let parts), .alternatives(let parts, _): parts.flatMap(\.keywords)
    case .repeated(let part), .list(let part), .group(let part, _): part.keywords
    }
  }

  /// The keywords that it can begin with; empty when a placeholder or a parenthesis comes first.
  var firstKeywords: [String] {
    switch self {
    case .keyword(let word): [word]
    case .placeholder, .group, .hidden: []
    case .sequence(let parts): parts.first?.firstKeywords ?? []
    case .alternatives(let parts, _), .options(let parts): parts.flatMap(\.firstKeywords)
    case .repeated(let part), .list(let part): part.firstKeywords
    }
  }

  /// Whether its first word is a keyword, so that it is known by that wherever it stands.
  var beginsWithKeyword: Bool {
    switch self {
    case .keyword: true
    case .placeholder, .group, .hidden: false
    case .sequence(let parts): parts.first?.beginsWithKeyword ?? false
    case .alternatives(let parts, _), .options(let parts): parts.allSatisfy(\.beginsWithKeyword)
    case .repeated(let part), .list(let part): part.beginsWithKeyword
    }
  }

  /// The tree without what is hidden; nil when nothing is left of it.
  var shown: FormPart? {
    func shown(_ parts: [FormPart]) -> [FormPart] { parts.compactMap(\.shown) }
    switch self {
    case .keyword, .placeholder: return self
    case .hidden: return nil
    case .sequence(let parts):
      let left = shown(parts)
      return left.isEmpty && !parts.isEmpty ? nil : left.count == 1 ? left[0] : .sequence(left)
    case .alternatives(let parts, let isTight):
      let left = shown(parts)
      return left.isEmpty ? nil : left.count == 1 ? left[0] : .alternatives(left, isTight: isTight)
    case .options(let parts):
      let left = shown(parts)
      return left.isEmpty ? nil : .options(left)
    case .repeated(let part): return part.shown.map { .repeated($0) }
    case .list(let part): return part.shown.map { .list($0) }
    case .group(let part, let isGlued): return part.shown.map { .group($0, isGlued: isGlued) }
    }
  }

  /// The tree with forms in the places of the placeholders that stand for one.
  func replacing(_ forms: (String) -> FormPart?) -> FormPart {
    func replaced(_ parts: [FormPart]) -> [FormPart] { parts.map { $0.replacing(forms) } }
    return switch self {
    case .keyword: self
    case .placeholder(let name): forms(name) ?? self
    case .sequence(let parts):
      .sequence(replaced(parts).flatMap { if case .sequence(let inner) = $0 { inner } else { [$0] } })
    case .alternatives(let parts, let isTight): .alternatives(replaced(parts), isTight: isTight)
    case .options(let parts): .options(replaced(parts))
    case .repeated(let part): .repeated(part.replacing(forms))
    case .list(let part): .list(part.replacing(forms))
    case .group(let part, let isGlued): .group(part.replacing(forms), isGlued: isGlued)
    case .hidden(let part): .hidden(part.replacing(forms))
    }
  }
}
