import IndexDesign
import Notebook
import Terminal

/// The rest of a command's form, to be shown dimly behind what is typed.
enum FormHint {
  /// What may follow a line; nil when that is nothing, when the line is SQL, or when no command is known by it.
  ///
  /// Taken can be what is typed as it stands, up to the first thing that a person fills in or chooses.
  static func of(_ line: String) -> LineEditor.Hint? {
    guard let command = CommandLineText(line) else { return restOfName(line) }
    let (form, start) = (command.declaration.form, command.argumentsStart)
    let whole = FormWalk(completing: form, line, from: start, cursor: line.utf8.count).rest
    if let whole, let hint = text(whole, behind: line) { return hint }
    return restOfKeyword(form, line, from: start)
  }

  private static func text(_ rest: [FormPart], behind line: String) -> LineEditor.Hint? {
    let text = FormPart.text(of: rest)
    guard !text.isEmpty, text != ";" else { return nil }
    let isApart = line.last?.isWhitespace == true
    // In the notation of the whole the first part is not glued to anything.
    let isGlued = rest.first?.leads(with: \.isGluedToTheLeft) == true
    return hint(isApart || isGlued ? "" : " ", text, literal: FormPart.literal(of: rest))
  }

  /// Text behind something that can be taken; `literal` begins the text and can be taken with it.
  private static func hint(_ before: String, _ text: String, literal: String) -> LineEditor.Hint {
    var taken = before + literal
    // A blank alone is not worth a key, and one behind a word saves one.
    if taken.allSatisfy(\.isWhitespace) { taken = "" }
    if !taken.isEmpty, text.dropFirst(literal.count).first == " " { taken += " " }
    return LineEditor.Hint(before + text, taken: taken)
  }

  /// The only command that begins so, and its arguments.
  private static func restOfName(_ line: String) -> LineEditor.Hint? {
    let typed = line.drop(while: \.isWhitespace).lowercased()
    guard !typed.isEmpty else { return nil }
    let found = CommandRegistry.all.map { $0.declaration }.filter { $0.name.hasPrefix(typed) }
    guard found.count == 1, let only = found.first, only.name != typed else { return nil }
    let rest = String(only.name.dropFirst(typed.count))
    return joined(rest, text([only.form.shown], behind: only.name))
  }

  /// The only keyword that begins so, and what follows it.
  private static func restOfKeyword(_ form: Form, _ line: String, from start: Int) -> LineEditor.Hint? {
    let typed = TypedWords(line, from: start)
    guard !typed.partial.isEmpty else { return nil }
    let expected = FormWalk(completing: form, line, from: start, cursor: typed.partialStart).expectations
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
    let whole = String(line.utf8.prefix(typed.partialStart)).map { $0 + keyword } ?? line
    let rest = FormWalk(completing: form, whole, from: start, cursor: whole.utf8.count).rest ?? []
    return joined(String(keyword.dropFirst(typed.partial.count)), text(rest, behind: keyword))
  }

  /// The rest of a word, and the hint behind the whole word.
  private static func joined(_ rest: String, _ hint: LineEditor.Hint?) -> LineEditor.Hint {
    guard let hint else { return LineEditor.Hint(rest) }
    let blank = hint.taken.isEmpty && hint.text.first == " " ? " " : ""
    return LineEditor.Hint(rest + hint.text, taken: rest + blank + hint.taken)
  }
}

extension FormPart {
  /// Whether the part that comes first has a property.
  fileprivate func leads(with property: (FormPart) -> Bool) -> Bool {
    if case .sequence(let parts) = self { return parts.first?.leads(with: property) ?? false }
    return property(self)
  }
}
