import Notebook

/// Walks through a form with what is typed: what it reads, what may come next, and what is left.
///
/// Every way through the form is tried. Where several fit, the one counts in which most words stand for just what they
/// say, rather than for a name of any kind.
struct FormWalk {
  /// What the walk is for.
  enum Purpose {
    /// The text ends at a cursor: every word is one that was typed, texts with a form of their own are gone through.
    case completing
    /// The text is whole: what has a reader of its own is taken as it stands.
    case reading
  }

  /// Something that may come at a place.
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
      /// Nothing.
      case end
    }

    var kind: Kind
    /// What was typed for the placeholders before it, the last one of each name.
    var filledIn: [String: String] = [:]
  }

  /// A placeholder and what was typed for it.
  struct Binding: Equatable {
    var placeholder: String
    var word: ArgumentReader.Word
  }

  /// A way through the form, up to some place in the text.
  struct Path {
    /// Where it has come to.
    var offset: Int
    /// What is left of the form.
    var rest: [FormPart]
    /// How many words stood for just this, rather than for a name of any kind.
    var exactness = 0
    /// What was typed for placeholders, in order.
    var bindings: [Binding] = []
    /// The keywords that were typed, in order.
    var keywords: [ArgumentReader.Word] = []
    /// What was taken last: a keyword, or the name of a placeholder; nil before anything was.
    var last: Last?
    /// Whether what comes next may be left out.
    var isOptional = false
    /// Whether what comes next is not shown.
    var isHidden = false
    /// The outermost placeholder whose own form it has come into; nil when there is none.
    var within: String?
    /// Whether a statement that goes on to a semicolon was begun.
    var hasStatement = false

    /// What was taken last.
    enum Last: Equatable {
      case keyword(String)
      case placeholder(String)
    }
  }

  /// What stopped a path.
  struct Stop {
    var path: Path
    var expected: Expectation.Kind
  }

  let form: Form
  let purpose: Purpose
  let text: FormText
  private var found: [(exactness: Int, expectation: Expectation)] = []
  private(set) var arrival: Path?
  /// The best path that read the whole text; nil when none did.
  private(set) var whole: Path?
  private var blocked: [Stop] = []
  /// Whether any path has begun a statement, or waits for nothing else.
  private(set) var seesStatement = false

  /// Walks with the text up to a cursor, which stands behind the finished words.
  init(completing form: Form, _ text: String, from offset: Int, cursor: Int) {
    self.init(form, .completing, FormText(text, limit: cursor), form.shown, offset)
  }

  /// Walks with a whole command's arguments.
  init(reading form: Form, _ text: String, from offset: Int) {
    self.init(form, .reading, FormText(text), form.tree, offset)
  }

  private init(_ form: Form, _ purpose: Purpose, _ text: FormText, _ tree: FormPart, _ offset: Int) {
    (self.form, self.purpose, self.text) = (form, purpose, text)
    walk(Path(offset: offset, rest: [tree]))
  }

  /// What may come at the cursor, in the order of the form. Empty when the words do not fit.
  var expectations: [Expectation] {
    let best = found.map(\.exactness).max() ?? 0
    return found.reduce(into: []) { list, item in
      if item.exactness == best, !list.contains(item.expectation) { list.append(item.expectation) }
    }
  }

  /// What is left of the form behind the words; nil when they do not fit.
  var rest: [FormPart]? { arrival?.rest }

  /// Whether a statement was begun that goes on to its semicolon.
  var runsToSemicolon: Bool {
    guard let whole else { return seesStatement }
    return whole.hasStatement && !stops.contains { $0.expected == .end }
  }

  /// What stopped paths at the place furthest to the right, in the order of the form.
  ///
  /// When the text was read, none but paths that know more of its words: `show plan` can be read as a setting of that
  /// name, but one that knows the word `plan` stopped for want of a query.
  var stops: [Stop] {
    let counted = blocked.filter(isBetter)
    let furthest = counted.map { text.start($0.path.offset) }.max()
    return counted.filter { text.start($0.path.offset) == furthest }
  }

  private func isBetter(_ stop: Stop) -> Bool {
    guard let whole else { return true }
    guard stop.path.keywords.count > whole.keywords.count else { return false }
    // A statement may begin with words of the form: `explain with x as (select 1) select * from x;`.
    let isStatement = whole.bindings.contains { form.placeholder($0.placeholder).extent.isSQL }
    return !isStatement || stop.expected == .end || text.isAtEnd(stop.path.offset)
  }

  // MARK: The way

  private mutating func walk(_ path: Path) {
    let isAtEnd = text.isAtEnd(path.offset)
    if isAtEnd, path.exactness > arrival?.exactness ?? -1 { arrival = path }
    var path = path
    guard !path.rest.isEmpty else {
      if !isAtEnd { return stop(path, .end) }
      if path.exactness > whole?.exactness ?? -1 { whole = path }
      return
    }
    let next = path.rest.removeFirst()
    switch next {
    case .keyword(let word): keyword(word, path)
    case .placeholder(let name): placeholder(name, path)
    case .sequence(let parts): go(path, parts)
    case .alternatives(let parts, _): for part in parts { go(path, [part]) }
    case .options(let parts): options(parts, path)
    case .repeated(let part): go(path, [part, .options([next])])
    case .list(let part): go(path, [part])
    case .group(let part, _): group(part, path)
    case .hidden(let part): hidden(part, path)
    }
  }

  private mutating func go(_ path: Path, _ parts: [FormPart]) {
    var path = path
    path.rest = parts + path.rest
    walk(path)
  }

  /// Those with keywords in any order; the others only where they stand.
  private mutating func options(_ parts: [FormPart], _ path: Path) {
    var optional = path
    optional.isOptional = true
    for (index, part) in parts.enumerated() {
      let others = parts.enumerated().filter {
        $0.offset != index && ($0.offset > index || $0.element.beginsWithKeyword)
      }
      go(optional, [part] + (others.isEmpty ? [] : [.options(others.map(\.element))]))
    }
    walk(path)
  }

  private mutating func hidden(_ part: FormPart, _ path: Path) {
    walk(path)
    var hidden = path
    (hidden.isOptional, hidden.isHidden) = (true, true)
    go(hidden, [part])
  }

  // MARK: Words

  /// Nothing goes on here: the text is at its end, or its next word is another one.
  private mutating func stop(_ path: Path, _ expected: Expectation.Kind) {
    if text.isAtEnd(path.offset) {
      found.append((path.exactness, Expectation(kind: expected, filledIn: path.filledIn)))
    }
    if purpose == .reading, !path.isHidden { blocked.append(Stop(path: path, expected: expected)) }
  }

  private func taking(_ end: Int, _ path: Path, exactness: Int, _ last: Path.Last) -> Path {
    var path = path
    path.offset = end
    path.exactness += exactness
    path.last = last
    (path.isOptional, path.isHidden) = (false, false)
    return path
  }

  private mutating func keyword(_ word: String, _ path: Path) {
    guard let next = text.word(path.offset) else {
      // The end of a whole text ends a statement, too.
      if word == ";", purpose == .reading { return walk(path) }
      return stop(path, .keyword(word))
    }
    guard next.kind == .word, next.lowercased == word else { return stop(path, .keyword(word)) }
    var path = taking(next.range.upperBound, path, exactness: 2, .keyword(word))
    if word != ";" { path.keywords.append(.init(text: next.text, range: next.range)) }
    walk(path)
  }

  private mutating func placeholder(_ name: String, _ path: Path) {
    let meaning = form.placeholder(name)
    if let inner = meaning.form {
      if purpose == .completing { return go(path, [inner.shown]) }
      if meaning.extent == .form { return enter(name, inner, path) }
    }
    if purpose == .completing, meaning.source.readsText { return textToComplete(name, path) }
    if meaning.extent == .phrase { return phrase(name, path) }
    if meaning.extent.mayRunToSemicolon, text.isAtEnd(path.offset), !path.isHidden, !path.isOptional {
      seesStatement = seesStatement || meaning.extent == .statement
    }
    let opens = if case .group(_, isGlued: true)? = path.rest.first { true } else { false }
    guard let word = text.word(path.offset, endsAtEquals: purpose == .completing || meaning.extent == .name),
      word.kind == .word || purpose == .reading && meaning.extent != .word && meaning.extent != .name,
      let exactness = meaning.fit(word.text), word.text != ";" || meaning.extent == .statement
    else { return stop(path, .placeholder(name, opens: opens)) }
    switch purpose == .completing ? .word : meaning.extent {
    case .word, .name, .phrase, .form: bind(name, word.range, exactness, path)
    case .rest, .command, .definition:
      var path = path
      path.hasStatement =
        path.hasStatement || runsToSemicolon(meaning.extent, from: word.range.lowerBound, path)
      // The semicolon makes SQL of some commands.
      let end = meaning.extent == .command ? text.limit : text.bareEnd
      bind(name, word.range.lowerBound..<end, exactness, path)
    case .statement:
      var path = path
      path.hasStatement = path.hasStatement || !path.isHidden
      bind(name, word.range.lowerBound..<text.statementEnd(from: word.range.lowerBound), exactness, path)
    }
  }

  private mutating func enter(_ name: String, _ inner: Form, _ path: Path) {
    var path = path
    path.within = path.within ?? name
    go(path, [inner.tree])
  }

  private mutating func bind(_ name: String, _ range: Range<Int>, _ exactness: Int, _ path: Path) {
    guard !range.isEmpty else { return stop(path, .placeholder(name, opens: false)) }
    var path = path
    path.bindings.append(.init(placeholder: name, word: .init(text: text.text(range), range: range)))
    seesStatement = seesStatement || path.hasStatement
    walk(taking(range.upperBound, path, exactness: exactness, .placeholder(name)))
  }

  private func runsToSemicolon(_ extent: Placeholder.Extent, from start: Int, _ path: Path) -> Bool {
    switch extent {
    case .definition: !path.isHidden
    case .command: CommandWords.runsToSemicolon(text.text(start..<text.limit))
    default: false
    }
  }

  private mutating func group(_ part: FormPart, _ path: Path) {
    guard let word = text.word(path.offset) else { return stop(path, .parenthesis) }
    let name = part.firstPlaceholder ?? ""
    switch word.kind {
    case .word: stop(path, .parenthesis)
    case .openGroup where purpose == .completing:
      found.append(
        (
          path.exactness + 1,
          Expectation(kind: .text(name, from: word.range.lowerBound + 1), filledIn: path.filledIn)
        ))
    case .group, .openGroup: bind(name, word.range, 1, path)
    }
  }

  // MARK: Texts at the cursor

  /// All that is left up to the semicolon that the form asks for, or else to the cursor.
  private mutating func textToComplete(_ name: String, _ path: Path) {
    let first = text.word(path.offset)
    if path.rest.first == .keyword(";"), let first {
      let end = text.statementEnd(from: first.range.lowerBound)
      if text.word(end)?.text == ";" {
        if end > first.range.lowerBound { bind(name, first.range.lowerBound..<end, 0, path) }
        return
      }
    }
    if let first, Handle.isLike(first.text) { return }
    found.append(
      (
        path.exactness,
        Expectation(kind: .text(name, from: first?.range.lowerBound ?? text.limit), filledIn: path.filledIn)
      ))
  }

  /// Any number of words; a keyword of what follows counts more.
  private mutating func phrase(_ name: String, _ path: Path) {
    var word = text.word(path.offset)
    found.append(
      (
        path.exactness,
        Expectation(kind: .text(name, from: word?.range.lowerBound ?? text.limit), filledIn: path.filledIn)
      ))
    guard let start = word?.range.lowerBound else { return }
    while let last = word {
      bind(name, start..<last.range.upperBound, 0, path)
      word = text.word(last.range.upperBound)
    }
  }
}

extension FormWalk.Path {
  /// What was typed for the placeholders, the last one of each name, without parentheses.
  var filledIn: [String: String] {
    bindings.reduce(into: [:]) { filled, binding in
      let text = binding.word.text
      filled[binding.placeholder] =
        text.hasPrefix("(") && text.hasSuffix(")") ? String(text.dropFirst().dropLast()) : text
    }
  }
}
