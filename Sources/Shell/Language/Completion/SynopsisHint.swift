import IndexDesign

/// The rest of a command's synopsis, to be shown dimly behind what is typed.
enum SynopsisHint {
  /// What may follow a line; nil when that is nothing, when the line is SQL, or when no command is known by it.
  static func of(_ line: String) -> String? {
    guard let command = CommandLineText(line) else { return restOfName(line) }
    guard let synopsis = command.synopsis else { return nil }
    let typed = TypedWords(line, from: command.argumentsStart)
    let whole = SynopsisWalk(synopsis, typed.finished, cursor: line.utf8.count).rest
    if let whole, let hint = text(whole, behind: line) { return hint }
    return restOfKeyword(synopsis, typed)
  }

  private static func text(_ rest: [Synopsis], behind line: String) -> String? {
    let text = Synopsis.text(of: rest)
    guard !text.isEmpty, text != ";" else { return nil }
    let isApart = line.last?.isWhitespace == true
    // In the synopsis of the whole the first part is not glued to anything.
    let isGlued = rest.first?.leads(with: \.isGluedToTheLeft) == true
    return isApart || isGlued ? text : " " + text
  }

  /// The only command that begins so, and its arguments.
  private static func restOfName(_ line: String) -> String? {
    let typed = line.drop(while: \.isWhitespace).lowercased()
    guard !typed.isEmpty else { return nil }
    let found = CommandRegistry.all.map { $0.declaration }.filter { $0.name.hasPrefix(typed) }
    guard found.count == 1, let only = found.first, only.name != typed else { return nil }
    return String(only.synopsis.dropFirst(typed.count))
  }

  /// The only keyword that begins so, and what follows it.
  private static func restOfKeyword(_ synopsis: Synopsis, _ typed: TypedWords) -> String? {
    guard !typed.partial.isEmpty else { return nil }
    let expected = SynopsisWalk(synopsis, typed.words, cursor: typed.partialStart).expectations
    let keywords = expected.compactMap { expectation in
      if case .keyword(let word) = expectation.kind, word.hasPrefix(typed.partial.lowercased()) {
        word
      } else {
        nil
      }
    }
    guard keywords.count == 1, let keyword = keywords.first, keyword.count > typed.partial.count else {
      return nil
    }
    let word = TypedWords.Word(
      kind: .word, text: keyword, range: typed.partialStart..<typed.partialStart + keyword.utf8.count)
    let rest = SynopsisWalk(synopsis, typed.words + [word], cursor: word.range.upperBound).rest ?? []
    return String(keyword.dropFirst(typed.partial.count)) + (text(rest, behind: keyword) ?? "")
  }
}

extension Synopsis {
  /// Whether the part that comes first has a property.
  fileprivate func leads(with property: (Synopsis) -> Bool) -> Bool {
    if case .sequence(let parts) = self { return parts.first?.leads(with: property) ?? false }
    return property(self)
  }
}
