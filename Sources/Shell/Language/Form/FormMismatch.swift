import IndexDesign
import Notebook
import Reports

/// Words for what is wrong with arguments that do not fit their form: at which word, and what was expected there.
struct FormMismatch {
  private let walk: FormWalk
  private let name: String
  private let synopsis: String
  private let stops: [FormWalk.Stop]

  /// The mismatch of a walk that read no whole text.
  ///
  /// - Parameters:
  ///   - name: what the command is called.
  ///   - synopsis: the same with its form.
  init(_ walk: FormWalk, name: String, synopsis: String) {
    (self.walk, self.name, self.synopsis) = (walk, name, synopsis)
    // Of several ways to one place, those count in which most words stood for just what they say.
    let best = walk.stops.map(\.path.exactness).max() ?? 0
    stops = walk.stops.filter { $0.path.exactness == best }
  }

  /// The failure that tells it.
  var failure: Failure {
    let offset = stops.first?.path.offset ?? 0
    let start = walk.text.start(offset)
    guard !walk.text.isAtEnd(offset), let word = walk.text.word(offset) else {
      return failure(missing, hint: hintAtEnd, at: start..<start)
    }
    let (message, hint) = unexpected(word)
    return failure(message, hint: hint, at: word.range)
  }

  private func failure(_ message: String, hint: String, at range: Range<Int>) -> Failure {
    Failure(.script, message, hint: hint, place: .init(text: walk.text.whole, range: range))
  }

  // MARK: What was expected

  /// The placeholder in whose own form it is; nil when it is in the command's.
  private var inner: Placeholder? { stops.first?.path.within.map(walk.form.placeholder) }

  /// The same when nothing of that form has come.
  private var unbegun: Placeholder? { stops.first?.path.last == nil ? inner : nil }

  private var usage: String { inner?.hint ?? "usage: \(synopsis)" }

  private var keywords: [String] {
    stops.compactMap { if case .keyword(let word) = $0.expected { word } else { nil } }.unique
  }

  private var placeholders: [(name: String, meaning: Placeholder)] {
    stops.compactMap { if case .placeholder(let name, _) = $0.expected { name } else { nil } }.unique
      .map { ($0, walk.form.placeholder($0)) }
  }

  /// The placeholder that alone could have come; nil when something else could, too.
  private var only: Placeholder? {
    keywords.isEmpty && placeholders.count == 1 && !stops.contains { $0.expected == .parenthesis }
      ? placeholders[0].meaning : nil
  }

  /// A sign such as `=` that alone could have come, and what stands before it; nil when something else could, too.
  private var onlySign: (sign: String, before: String)? {
    guard placeholders.isEmpty, keywords.count == 1, let sign = keywords.first,
      !sign.contains(where: \.isLetter), case .placeholder(let name)? = stops.first?.path.last
    else { return nil }
    return (sign, walk.form.placeholder(name).noun)
  }

  /// What was expected, in words: `a table, by or on`.
  private func listed(_ stops: [FormWalk.Stop]) -> String {
    let words = stops.compactMap { stop -> String? in
      switch stop.expected {
      case .keyword(let word): word
      case .placeholder(let name, _): walk.form.placeholder(name).withArticle
      case .parenthesis: "a parenthesis"
      case .text, .end: nil
      }
    }.unique
    guard words.count > 1, let last = words.last else { return words.first ?? "more" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  // MARK: Something is missing

  private var missing: String {
    if let (sign, before) = onlySign { return "expected \(sign) after the \(before)" }
    if let unbegun { return "\(name) needs \(unbegun.withArticle)" }
    let needed = stops.filter { !$0.path.isOptional }
    guard case .keyword(let word)? = stops.first?.path.last else {
      return "\(name) needs \(listed(needed.isEmpty ? stops : needed))"
    }
    if !word.contains(where: \.isLetter), let only { return "there is no \(only.noun) after the \(word)" }
    return "\(word) needs \(listed(needed.isEmpty ? stops : needed))"
  }

  private var hintAtEnd: String {
    guard let first = placeholders.first?.meaning, onlySign == nil, unbegun == nil else { return usage }
    if let hint = first.hint, only != nil || first.form != nil { return hint }
    if let only, case .keyword(let word)? = stops.first?.path.last, word.contains(where: \.isLetter),
      !only.example.isEmpty
    {
      return "for example \(word) \(only.example)"
    }
    return usage
  }

  // MARK: Something else is there

  private func unexpected(_ word: TypedWords.Word) -> (message: String, hint: String) {
    if stops.first?.path.last == .keyword(";") {
      return ("a second statement is not allowed", afterStatement)
    }
    if let (sign, before) = onlySign { return ("expected \(sign) after the \(before)", usage) }
    if let meaning = claimant(of: word.text), let complaint = meaning.complaint {
      return (complaint(word.text), meaning.hint ?? usage)
    }
    let near = NearName.closest(
      to: word.lowercased,
      among: (inner == nil ? walk.form.shown.keywords : keywords).filter {
        $0.count > 1 && $0.contains(where: \.isLetter) && $0 != word.lowercased
      })
    let choice = keywords.count > 2 && placeholders.isEmpty
    return (
      unbegun.map { "\"\(word.text)\" is no \($0.noun)" } ?? "unexpected \"\(word.text)\"",
      near.map { "did you mean \"\($0)\"?" }
        ?? (choice ? "one of: " + keywords.joined(separator: ", ") : usage)
    )
  }

  /// The placeholder that a wrong word was meant for, by its look; nil when none is.
  private func claimant(of word: String) -> Placeholder? {
    if let only, only.complaint != nil { return only }
    return placeholders.first { Handle.isLike(word) && $0.name.first == word.first }?.meaning
  }

  /// What may follow a statement: `only with (VALUE, …) or generic can follow the ;`.
  private var afterStatement: String {
    let parts = stops.compactMap { stop -> String? in
      guard case .keyword(let word) = stop.expected else { return nil }
      if case .group? = stop.path.rest.first {
        return FormPart.text(of: [.keyword(word)] + stop.path.rest.prefix(1))
      }
      return word
    }.unique
    let rest = parts.isEmpty ? "" : "; only \(parts.joined(separator: " or ")) can follow the ;"
    return "give one statement at a time" + rest
  }
}

extension [String] {
  /// Each once, in the order of the first.
  fileprivate var unique: [String] {
    reduce(into: []) { list, word in if !list.contains(word) { list.append(word) } }
  }
}
