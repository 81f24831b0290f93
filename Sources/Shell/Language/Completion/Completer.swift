import IndexDesign
import Notebook
import Reports
import Server
import Terminal

/// Completion as a pure function: the text around the cursor and what is known give what may come.
struct Completer {
  let facts: CompletionFacts

  /// The ways to go on, the likeliest first. `before` ends at the cursor and `after` begins there.
  func completions(before: String, after: String = "") -> [Completion] {
    let completions = NameMatch.completions(offers(before, after))
    guard let lack = facts.lackOfNames, asksForNames(before) else { return completions }
    // Two lines that change nothing: a single one would be put into the line.
    let typed = TypedWords(before)
    return completions
      + [("", lack), (" ", "")].map {
        Completion(typed.partial, start: typed.partialStart, label: $0.0, note: $0.1, suffix: "")
      }
  }

  private func offers(_ before: String, _ after: String) -> [CompletionOffer] {
    if before.drop(while: \.isWhitespace).hasPrefix("#") { return [] }
    if before.drop(while: \.isWhitespace).hasPrefix("\\") { return backslash(before, after) }
    if let file = redirection(before) { return file }
    if let line = CommandLineText(before), !TypedWords(before, from: line.argumentsStart).isNameOpen(line) {
      return arguments(of: line.declaration.form, from: line.argumentsStart, before, after)
    }
    if let definition = indexDefinition(before, after) { return definition }
    if isSQL(before) { return sql(before, from: 0, after) }
    return commandNames(before, start: 0, withSQL: true)
  }

  private func isSQL(_ before: String) -> Bool {
    let typed = TypedWords(before)
    guard let first = typed.words.first else { return false }
    return first.text == "(" || first.kind != .word || CommandWords.sql.contains(first.lowercased)
  }

  /// The statement that makes an index, which hypo does not send but reads; nil for everything else.
  private func indexDefinition(_ before: String, _ after: String) -> [CompletionOffer]? {
    let words = TypedWords(before).words
    guard words.count > 1, words[0].lowercased == "create",
      ["index", "unique"].contains(words[1].lowercased)
    else { return nil }
    return arguments(of: Form("STATEMENT"), from: 0, before, after)
  }

  // MARK: Commands

  private static let commands = CommandRegistry.all.map {
    CompletionCandidate.word($0.declaration.name, note: $0.declaration.summary)
  }

  private static let topics = HelpTopic.all.map { CompletionCandidate.word($0.name, note: $0.summary) }

  /// Names of commands, and words that begin SQL, which is found by what a person would type first.
  private func commandNames(
    _ before: String, start: Int, withSQL: Bool = false, of words: [CompletionCandidate] = Self.commands
  ) -> [CompletionOffer] {
    let bytes = Array(before.utf8)
    let begin = bytes[start...].firstIndex { $0 != 0x20 } ?? bytes.count
    let typed = String(decoding: bytes[begin...], as: UTF8.self)
    let isUpper = typed.contains(where: \.isUppercase) && !typed.contains(where: \.isLowercase)
    let sql =
      withSQL && !typed.isEmpty ? ["select", "with", "values", "table", "begin;", "commit;", "reset"] : []
    return
      (words
      + sql.map { .word(isUpper ? $0.uppercased() : $0, note: "SQL", suffix: $0.hasSuffix(";") ? "" : " ") })
      .map { CompletionOffer(candidate: $0, typed: typed, start: begin) }
  }

  private func backslash(_ before: String, _ after: String) -> [CompletionOffer] {
    let typed = TypedWords(before)
    guard let first = typed.words.first else {
      return BackslashWords.all.map {
        CompletionOffer(
          candidate: .word($0.name, note: $0.summary), typed: typed.partial, start: typed.partialStart)
      }
    }
    guard let form = BackslashWords.form(first.text) else { return [] }
    return arguments(of: form, from: first.range.upperBound, before, after)
  }

  private func arguments(
    of form: Form, from start: Int, _ before: String, _ after: String
  ) -> [CompletionOffer] {
    let typed = TypedWords(before, from: start)
    let walk = FormWalk(completing: form, before, from: start, cursor: typed.partialStart)
    return walk.expectations.flatMap { offers(for: $0, of: form, typed, before, after) }
  }

  private func offers(
    for expectation: FormWalk.Expectation, of form: Form, _ typed: TypedWords, _ before: String,
    _ after: String
  ) -> [CompletionOffer] {
    let place = ArgumentPlace(
      facts: facts, typed: typed, before: before, after: after, filledIn: expectation.filledIn)
    switch expectation.kind {
    case .keyword(let word): return word == ";" ? [] : [place.offer(.word(word))]
    case .parenthesis: return [place.offer(.word("(", suffix: ""))]
    case .placeholder(let name, let opens):
      return place.offers(form.placeholder(name).source, suffix: opens ? "(" : " ")
    case .text(let name, let start):
      switch form.placeholder(name).source {
      case .statement: return sql(before, from: start, after)
      case .commandLine: return nested(before, start, after)
      case .commandNames: return commandNames(before, start: start)
      case .topics: return commandNames(before, start: start, of: Self.topics)
      case let source: return place.offers(text: source, from: start)
      }
    case .end: return []
    }
  }

  /// A command inside of a command, such as `watch 5 top`.
  private func nested(_ before: String, _ start: Int, _ after: String) -> [CompletionOffer] {
    let inner = String(decoding: Array(before.utf8)[start...], as: UTF8.self)
    let unfit = CommandRegistry.all.map { $0.declaration }.filter { !$0.effects.contains(.looks) }.map(\.name)
    let isAtName = CommandLineText(inner) == nil
    return offers(inner, after).filter { !isAtName || !unfit.contains($0.candidate.text) }.map {
      CompletionOffer(candidate: $0.candidate, typed: $0.typed, start: $0.start + start)
    }
  }

  private func sql(_ before: String, from start: Int, _ after: String) -> [CompletionOffer] {
    let text = String(decoding: Array(before.utf8)[start...], as: UTF8.self)
    return SQLCompletion(
      before: text, offset: start, after: after, sources: facts.names.map(NameSources.init)
    )
    .offers()
  }

  // MARK: Files

  /// The file behind a last `>`; nil when there is none.
  private func redirection(_ before: String) -> [CompletionOffer]? {
    let typed = TypedWords(before)
    guard let last = typed.words.last, last.text == ">" || last.text == ">!",
      CommandWords.effects(of: before).isDisjoint(with: .steersNotebook)
    else { return nil }
    // Behind a column it is the operator; a statement has its semicolon first.
    if let line = CommandLineText(before) {
      guard
        FormWalk(
          completing: line.declaration.form, before, from: line.argumentsStart, cursor: typed.partialStart
        )
        .expectations.isEmpty
      else { return nil }
    } else if SQLScan(before).firstStatementEnd == nil {
      return nil
    }
    return FileCompletion.offers(typed.partial, start: typed.partialStart, facts)
  }

  /// Whether names of the database could stand at the cursor.
  private func asksForNames(_ before: String) -> Bool {
    guard let line = CommandLineText(before) else { return isSQL(before) }
    let (form, start) = (line.declaration.form, line.argumentsStart)
    let cursor = TypedWords(before, from: start).partialStart
    return FormWalk(completing: form, before, from: start, cursor: cursor).expectations.contains {
      switch $0.kind {
      case .keyword, .parenthesis, .end: false
      case .placeholder(let name, _), .text(let name, _): form.placeholder(name).source.needsNames
      }
    }
  }
}

extension TypedWords {
  /// Whether the cursor still stands at the command's own name.
  fileprivate func isNameOpen(_ line: CommandLineText) -> Bool {
    words.isEmpty && partial.isEmpty && partialStart == line.argumentsStart
  }
}
