import Programs

/// The program that shows what is longer than the screen.
struct Pager: Equatable {
  /// The program and its arguments.
  var words: [String]
  /// Variables for it that the person has not set.
  var additions: [String: String]

  /// The pager that a person has chosen.
  ///
  /// - Parameters:
  ///   - setting: `on`, `off` or a command.
  ///   - environment: `PAGER` counts when the setting is `on`; blank, it means none.
  /// - Returns: nil when nothing is to be paged.
  static func chosen(_ setting: String, _ environment: [String: String]) -> Pager? {
    guard setting != "off" else { return nil }
    let words = setting == "on" ? environment["PAGER"].map(split) ?? ["less", "-SRFX"] : split(setting)
    guard !words.isEmpty else { return nil }
    // less shows attributes only when told to, and UTF-8 only where the locale is.
    let wanted = ["LESS": "-SRFX", "LESSCHARSET": "utf-8"]
    return Pager(words: words, additions: wanted.filter { environment[$0.key] == nil })
  }

  /// The words of a command, as a shell would part them: quotes keep blanks, a backslash takes the next
  /// character as it is. Nothing else has a meaning.
  static func split(_ command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = command.makeIterator()
    while let character = characters.next() {
      if character == "\\", quote != "'" {
        word = (word ?? "") + (characters.next().map(String.init) ?? "")
      } else if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap { $0 }
  }

  /// What is started.
  ///
  /// - Throws: `ProgramError` when there is no such program.
  func program(_ environment: [String: String]) throws(ProgramError) -> Program {
    let name = words[0]
    let path = name.contains("/") ? name : try Executables.find(name)
    return Program(
      path, Array(words.dropFirst()), environment: environment.merging(additions) { old, _ in old })
  }
}
