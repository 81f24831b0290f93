import IndexDesign

/// Which values a setting takes.
enum SettingKind: Sendable {
  /// One of a few words, in any case of letters; `on` and `off` may also be `true` and `false`.
  case choice([String])
  /// A whole number.
  case wholeNumber(ClosedRange<Int>)
  /// Any text that passes a check; the check returns nil when it does.
  case text(check: @Sendable (String) -> SettingProblem?)
  /// The path of a file or a program.
  case file

  /// The words that can be listed; empty for the other kinds.
  var values: [String] { if case .choice(let values) = self { values } else { [] } }

  /// Whether a value has no blanks.
  var isOneWord: Bool {
    switch self {
    case .choice, .wholeNumber: true
    case .text, .file: false
    }
  }

  /// The values in words, for lists.
  var description: String {
    switch self {
    case .choice(let values): values.joined(separator: ", ")
    case .wholeNumber(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .text: "text"
    case .file: "file"
    }
  }

  /// The value that a text means, as `Settings.Entry.set` takes it.
  ///
  /// - Parameter name: what the setting is called, for the message.
  /// - Throws: `SettingProblem`.
  func value(_ text: String, of name: String) throws(SettingProblem) -> String {
    switch self {
    case .choice(let values):
      let word = text.lowercased()
      if values.contains(word) { return word }
      if values.contains("on"), values.contains("off"), let isOn = Self.truth(word) {
        return isOn ? "on" : "off"
      }
      let near = NearName.closest(to: word, among: values).map { "did you mean \"\($0)\"? " } ?? ""
      throw SettingProblem(
        message: "\(name) cannot be \"\(text)\"",
        hint: near + "one of: " + values.joined(separator: ", "))
    case .wholeNumber(let range):
      if let number = Int(text), range.contains(number) { return String(number) }
      throw SettingProblem(
        message: "\(name) cannot be \"\(text)\"",
        hint: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    case .text(let check):
      if let problem = check(text) { throw problem }
      return text
    case .file:
      if text.isEmpty {
        throw SettingProblem(message: "\(name) needs a path", hint: "for example ~/notes.txt")
      }
      return text
    }
  }

  /// Whether a word in lower case says yes or no; nil when it says neither.
  static func truth(_ word: String) -> Bool? {
    switch word {
    case "on", "true": true
    case "off", "false": false
    default: nil
    }
  }
}
