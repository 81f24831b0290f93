import IndexDesign
import Notebook
import Reports

/// What was typed behind a command's name, as its form has matched it.
///
/// A command takes typed values from it. What is wrong with one is told at its place.
struct Arguments {
  /// A word and where it stands.
  typealias Word = ArgumentReader.Word

  /// The command as it was typed.
  let text: String
  /// The command's name and form, for messages.
  var synopsis: String { declaration.synopsis }
  private var form: Form { declaration.form }
  private let declaration: CommandDeclaration
  private let path: FormWalk.Path

  /// Matches a command's arguments with its form.
  ///
  /// - Parameter offset: where they begin in the text, in UTF-8.
  /// - Throws: `Failure` at the first word that does not fit, or at the end when something is missing.
  init(_ text: String, from offset: Int = 0, of declaration: CommandDeclaration) throws(Failure) {
    let walk = FormWalk(reading: declaration.form, text, from: offset)
    guard let path = walk.whole, walk.stops.isEmpty else {
      throw FormMismatch(walk, name: declaration.name, synopsis: declaration.synopsis).failure
    }
    (self.text, self.declaration, self.path) = (text, declaration, path)
  }

  // MARK: What was typed

  /// Every keyword that was typed, in order.
  var keywords: [Word] { path.keywords }

  /// Whether a keyword was typed.
  func has(_ keyword: String) -> Bool { self.keyword(keyword) != nil }

  /// A keyword that was typed; nil when it was not.
  func keyword(_ keyword: String) -> Word? { path.keywords.first { $0.lowercased == keyword } }

  /// What was typed for a placeholder; nil when nothing was.
  func word(_ placeholder: String) -> Word? { path.bindings.first { $0.placeholder == placeholder }?.word }

  /// What was typed for a placeholder that the form does not let be left out.
  ///
  /// - Throws: `Failure` when the form does, which is a mistake in the command.
  func required(_ placeholder: String) throws(Failure) -> Word {
    guard let word = word(placeholder) else { throw lack(of: placeholder) }
    return word
  }

  /// The failure of a form that let something be left out that its command needs.
  func lack(of part: String) -> Failure {
    Failure(
      .ownFailure, "\(part) is missing in \"\(text)\"",
      hint: "please report it: \(synopsis) does not ask for it")
  }

  /// Everything that was typed for a placeholder that repeats.
  func words(_ placeholder: String) -> [Word] {
    path.bindings.filter { $0.placeholder == placeholder }.map(\.word)
  }

  /// All that was typed, without a last semicolon; nil when nothing was.
  var whole: Word? {
    let ranges = path.keywords.map(\.range) + path.bindings.map(\.word.range)
    guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max() else {
      return nil
    }
    return Word(text: String(decoding: Array(text.utf8)[start..<end], as: UTF8.self), range: start..<end)
  }

  /// A reader of what stands for a placeholder and all behind it, for texts with a grammar of their own.
  func reader(of placeholder: String) -> ArgumentReader {
    ArgumentReader(text, from: word(placeholder)?.range.lowerBound ?? text.utf8.count)
  }

  /// What stands in front of a placeholder, from the first of the arguments on; nil when that is nothing.
  func leading(_ placeholder: String) -> Word? {
    let starts = path.keywords.map(\.range.lowerBound) + path.bindings.map(\.word.range.lowerBound)
    guard let word = word(placeholder), let start = starts.min(), start < word.range.lowerBound else {
      return nil
    }
    let range = start..<word.range.lowerBound
    return Word(text: String(decoding: Array(text.utf8)[range], as: UTF8.self), range: range)
  }

  /// A place in what was typed.
  func place(_ word: Word) -> Failure.Place { .init(text: text, range: word.range) }

  /// A failure at a word.
  func failure(_ message: String, at word: Word, hint: String? = nil) -> Failure {
    Failure(.script, message, hint: hint, place: place(word))
  }

  /// A failure at what a placeholder does not take.
  func complaint(_ placeholder: String, at word: Word) -> Failure {
    let meaning = form.placeholder(placeholder)
    return failure(
      meaning.complaint?(word.text) ?? "\"\(word.text)\" is no \(meaning.noun)", at: word,
      hint: meaning.hint ?? "usage: \(synopsis)")
  }
}
