/// Walks through a synopsis with the words that are typed: what may come next, and what is left.
struct SynopsisWalk {
  /// Something that may come at the cursor.
  struct Expectation: Equatable {
    /// What it is.
    enum Kind: Equatable {
      /// This word.
      case keyword(String)
      /// What a person fills in; `opens` when a parenthesis follows without a blank.
      case placeholder(String, opens: Bool)
      /// An opening parenthesis.
      case parenthesis
      /// The text from an offset to the cursor is that of a placeholder with a grammar of its own.
      case text(String, from: Int)
    }

    var kind: Kind
    /// What was typed for the placeholders before it, the last one of each name.
    var filledIn: [String: String]
  }

  /// What may come at the cursor, in the order of the synopsis. Empty when the words do not fit.
  private(set) var expectations: [Expectation] = []
  /// What is left of the synopsis behind the words; nil when they do not fit.
  var rest: [Synopsis]? { arrival?.rest }

  /// Placeholders that stand for everything up to a semicolon, or up to the end.
  static let wholeTexts: Set<String> = ["SQL", "COMMAND", "TOPIC"]
  /// Placeholders of several words, behind which other parts of the synopsis may follow.
  static let phrases: Set<String> = ["CONDITION"]

  private struct State {
    var position = 0
    var rest: [Synopsis]
    /// How many words stood for just this, rather than for a name of any kind.
    var exactness = 0
    var filledIn: [String: String] = [:]
  }

  private let words: [TypedWords.Word]
  private let end: Int
  private var found: [(exactness: Int, expectation: Expectation)] = []
  private var arrival: State?

  /// Walks with finished words up to the cursor, which stands at `end`.
  init(_ synopsis: Synopsis, _ words: [TypedWords.Word], cursor end: Int) {
    self.words = words
    self.end = end
    walk(State(rest: [synopsis]))
    let best = found.map(\.exactness).max() ?? 0
    for (exactness, expectation) in found where exactness == best && !expectations.contains(expectation) {
      expectations.append(expectation)
    }
  }

  private mutating func walk(_ state: State) {
    if state.position == words.count, state.exactness > arrival?.exactness ?? -1 { arrival = state }
    var state = state
    guard !state.rest.isEmpty else { return }
    let next = state.rest.removeFirst()
    switch next {
    case .keyword(let word): keyword(word, state)
    case .placeholder(let name): placeholder(name, state)
    case .sequence(let parts): go(state, parts)
    case .alternatives(let parts, _): for part in parts { go(state, [part]) }
    case .options(let parts): options(parts, state)
    case .repeated(let part): go(state, [part, .options([next])])
    case .list(let part): go(state, [part])
    case .group(let part, _): group(part, state)
    }
  }

  private mutating func go(_ state: State, _ parts: [Synopsis]) {
    var state = state
    state.rest = parts + state.rest
    walk(state)
  }

  /// Those with keywords in any order; the others only where they stand.
  private mutating func options(_ parts: [Synopsis], _ state: State) {
    for (index, part) in parts.enumerated() {
      let others = parts.enumerated().filter {
        $0.offset != index && ($0.offset > index || $0.element.beginsWithKeyword)
      }
      go(state, [part] + (others.isEmpty ? [] : [.options(others.map(\.element))]))
    }
    walk(state)
  }

  private mutating func expect(_ kind: Expectation.Kind, _ state: State) {
    found.append((state.exactness, Expectation(kind: kind, filledIn: state.filledIn)))
  }

  /// Goes on behind `count` words.
  private mutating func take(_ count: Int, _ state: State, exactness: Int) {
    var state = state
    state.position += count
    state.exactness += exactness
    walk(state)
  }

  private mutating func keyword(_ word: String, _ state: State) {
    guard state.position < words.count else { return expect(.keyword(word), state) }
    if words[state.position].kind == .word, words[state.position].lowercased == word {
      take(1, state, exactness: 2)
    }
  }

  private mutating func placeholder(_ name: String, _ state: State) {
    if let part = Synopsis.part(name) { return go(state, [part]) }
    if Self.wholeTexts.contains(name) { return wholeText(name, state) }
    guard state.position < words.count else {
      if Self.phrases.contains(name) { return expect(.text(name, from: end), state) }
      let opens = if case .group(_, isGlued: true)? = state.rest.first { true } else { false }
      return expect(.placeholder(name, opens: opens), state)
    }
    if Self.phrases.contains(name) { return phrase(name, state) }
    let word = words[state.position]
    guard word.kind == .word, let exactness = Self.exactness(of: word.text, for: name) else { return }
    var state = state
    state.filledIn[name] = word.text
    take(1, state, exactness: exactness)
  }

  private mutating func wholeText(_ name: String, _ state: State) {
    let rest = words[state.position...]
    guard let semicolon = rest.firstIndex(where: { $0.text == ";" }), state.rest.first == .keyword(";") else {
      if let first = rest.first, Self.isHandle(first.text) { return }
      return expect(.text(name, from: rest.first?.range.lowerBound ?? end), state)
    }
    if semicolon > state.position { take(semicolon - state.position, state, exactness: 0) }
  }

  /// Any number of words; a keyword of what follows counts more.
  private mutating func phrase(_ name: String, _ state: State) {
    expect(.text(name, from: words[state.position].range.lowerBound), state)
    for count in 1...(words.count - state.position) { take(count, state, exactness: 0) }
  }

  private mutating func group(_ part: Synopsis, _ state: State) {
    guard state.position < words.count else { return expect(.parenthesis, state) }
    let word = words[state.position]
    switch word.kind {
    case .word: return
    case .group:
      var state = state
      if let name = part.firstPlaceholder { state.filledIn[name] = String(word.text.dropFirst().dropLast()) }
      take(1, state, exactness: 1)
    case .openGroup:
      guard let name = part.firstPlaceholder else { return }
      var state = state
      state.exactness += 1
      expect(.text(name, from: word.range.lowerBound + 1), state)
    }
  }

  private static func isHandle(_ text: String) -> Bool { text.hasPrefix("@") || text.hasPrefix("%") }

  /// How exactly a word is what a placeholder asks for; nil when it is something else.
  private static func exactness(of text: String, for placeholder: String) -> Int? {
    switch placeholder {
    case "@n": text.hasPrefix("@") ? 1 : nil
    case "%n": text.hasPrefix("%") ? 1 : nil
    case "N", "N%": text.first?.isNumber == true ? 1 : nil
    default: isHandle(text) ? nil : 0
    }
  }
}
