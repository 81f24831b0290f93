import IndexDesign
import Notebook
import Reports

extension Arguments {
  /// What a reader makes of a text that has a grammar of its own.
  ///
  /// - Throws: `Failure` at its place in what was typed.
  func read<Value>(_ word: Word, _ reader: (String) throws(DesignError) -> Value) throws(Failure) -> Value {
    do throws(DesignError) { return try reader(word.text) } catch {
      var failure = Failure(error, in: text, offset: word.range.lowerBound)
      // What is wrong from its first word on may be no text of this kind at all.
      if failure.hint == nil, let start = error.position?.lowerBound,
        !String(decoding: word.text.utf8.prefix(start), as: UTF8.self).contains(where: \.isLetter)
      {
        failure.hint = "usage: \(synopsis)"
      }
      throw failure
    }
  }

  /// A whole number above zero; nil when none was typed.
  func count(_ placeholder: String) throws(Failure) -> Int? {
    guard let word = word(placeholder) else { return nil }
    guard let number = Int(word.text), number > 0 else { throw complaint(placeholder, at: word) }
    return number
  }

  /// The handles of queries and their places.
  func queryHandles() throws(Failure) -> [(handle: QueryHandle, place: Failure.Place)] {
    var handles: [(handle: QueryHandle, place: Failure.Place)] = []
    for word in words("@n") {
      guard let handle = QueryHandle(word.text) else { throw complaint("@n", at: word) }
      handles.append((handle, place(word)))
    }
    return handles
  }

  /// The handle of a query and its place; nil when none was typed.
  func queryHandle() throws(Failure) -> (handle: QueryHandle, place: Failure.Place)? {
    try queryHandles().first
  }

  /// The handles of designs and their places, which commas may part.
  func designHandles() throws(Failure) -> [(handle: DesignHandle, place: Failure.Place)] {
    var handles: [(handle: DesignHandle, place: Failure.Place)] = []
    for word in words("%n") {
      let name = word.text.hasSuffix(",") ? String(word.text.dropLast()) : word.text
      guard let handle = DesignHandle(name) else { throw complaint("%n", at: word) }
      handles.append((handle, place(word)))
    }
    return handles
  }

  /// The handle of a design and its place; nil when none was typed.
  func designHandle() throws(Failure) -> (handle: DesignHandle, place: Failure.Place)? {
    try designHandles().first
  }

  /// The number of a change and where it was typed; nil when none was.
  func change() throws(Failure) -> (number: ChangeNumber, place: Failure.Place)? {
    guard let number = try count("N"), let word = word("N") else { return nil }
    let start = keyword("change")?.range.lowerBound ?? word.range.lowerBound
    return (ChangeNumber(Int64(number)), .init(text: text, range: start..<word.range.upperBound))
  }

  /// A relation and where its name begins; nil when none was typed.
  func relation(_ placeholder: String = "TABLE") throws(Failure) -> (name: RelationName, offset: Int)? {
    guard let word = word(placeholder) else { return nil }
    return (try read(word, RelationName.parse), word.range.lowerBound)
  }

  /// Which of a type's words was typed; nil when none was.
  func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    type.allCases.first { has($0.rawValue) }
  }

  /// A text without the quotes around it; nil when none was typed.
  func unquoted(_ placeholder: String) -> String? { word(placeholder)?.text.trimmingQuotes }

  /// A setting; nil when none was typed.
  func setting() throws(Failure) -> Settings.Entry? {
    guard let word = word("SETTING") else { return nil }
    return try Settings.entry(word, in: ArgumentReader(text))
  }

  /// The seconds between two times; nil when none were typed.
  func interval() throws(Failure) -> Duration? {
    guard let word = word("N") else { return nil }
    guard let seconds = Double(word.text), seconds >= 0.1, seconds <= 86_400 else {
      throw complaint("N", at: word)
    }
    return .milliseconds(Int(seconds * 1_000))
  }
}
