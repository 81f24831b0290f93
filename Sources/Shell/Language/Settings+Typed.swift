import IndexDesign
import Notebook
import Reports

extension Settings {
  /// When rows are shown as records.
  static var expandedEntry: Entry { entries.first { $0.name == "expanded" } ?? entries[0] }
  /// Whether each command tells its time.
  static var timingEntry: Entry { entries.first { $0.name == "timing" } ?? entries[0] }
}

extension Settings.Entry {
  /// The value that was typed, as `set` takes it.
  ///
  /// - Throws: `Failure` at what is no value of this setting.
  func value(of word: ArgumentReader.Word, in text: String) throws(Failure) -> String {
    var start = 0
    do throws(SettingProblem) {
      let typed = try TypedValue(word.text)
      start = typed.start
      return try kind.value(typed.text, of: name)
    } catch {
      if let surplus = surplus(behind: word, in: text) {
        throw Failure(
          .script, "unexpected \"\(surplus.text)\"", hint: "\(name) takes one value: \(kind.description)",
          place: .init(text: text, range: surplus.range))
      }
      let problem = error.range.map { word.range.lowerBound + start + $0.lowerBound }
      let range = problem.map { $0..<max($0, word.range.upperBound) } ?? word.range
      throw Failure(.script, error.message, hint: error.hint, place: .init(text: text, range: range))
    }
  }

  /// The word behind one that would have been taken alone; nil when there is none.
  private func surplus(behind word: ArgumentReader.Word, in text: String) -> ArgumentReader.Word? {
    var words = ArgumentReader(text, from: word.range.lowerBound)
    guard kind.isOneWord, let first = words.word(), (try? kind.value(first.text, of: name)) != nil else {
      return nil
    }
    return words.word()
  }

  /// Its name and its value, for `set` and `show`.
  func report(_ command: String, _ settings: Settings) -> Report {
    Report(
      command,
      [.fields(.init(name: "setting", title: nil, values: [.init(name, .identifier(get(settings)))]))])
  }
}
