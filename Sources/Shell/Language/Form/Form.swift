import Synchronization

/// What may follow a command's name: the one description that reads what is typed, completes it, and is shown.
///
/// Its notation is read when it is first needed: a program that runs one command has the forms of all others, too.
struct Form: Sendable {
  private let reading: Reading

  /// The tree, with all that may be typed.
  var tree: FormPart { reading.contents.tree }
  /// The tree that help shows and completion goes through.
  var shown: FormPart { reading.contents.shown }
  /// Why the notation cannot be read; nil when it can, which a test sees to.
  var mistake: Mistake? { reading.contents.mistake }
  /// Whether a statement can stand in it that goes on to a semicolon, or a command in which one can.
  var mayRunToSemicolon: Bool { reading.contents.mayRunToSemicolon }

  /// Why a text is no notation of a form.
  struct Mistake: Error, Equatable {
    var message: String
  }

  /// Takes the notation of a command's arguments; a wrong one gives a form without any, and says so.
  ///
  /// - Parameter own: what placeholders stand for here, where that is not what `Placeholder.table` says.
  init(_ notation: String, _ own: [String: Placeholder] = [:]) {
    reading = Reading { Contents(notation, own) }
  }

  /// The form of a placeholder in the table, which asks the table nothing while that is being made.
  init(of notation: String, _ own: [String: Placeholder] = [:]) {
    reading = Reading { Contents(of: notation, own) }
  }

  /// The words of a type, as words of one place in a notation.
  static func words<Words: CaseIterable & RawRepresentable>(_ type: Words.Type) -> String
  where Words.RawValue == String {
    type.allCases.map(\.rawValue).joined(separator: "|")
  }

  /// What a placeholder of this form stands for.
  func placeholder(_ name: String) -> Placeholder {
    reading.contents.own[name] ?? Placeholder.table[name] ?? Placeholder(noun: name.lowercased())
  }

  fileprivate var own: [String: Placeholder] { reading.contents.own }

  /// Its notation, as help shows it.
  var text: String { shown.text }

  /// Whether a `>` in it may compare.
  var holdsCondition: Bool { shown.placeholders.contains { placeholder($0).source == .condition } }
}

/// Reads a notation once, when somebody asks.
private final class Reading: Sendable {
  private let read: @Sendable () -> Contents
  private let known = Mutex<Contents?>(nil)

  init(_ read: @escaping @Sendable () -> Contents) { self.read = read }

  var contents: Contents {
    if let contents = known.withLock({ $0 }) { return contents }
    // Not inside the lock: a form may ask another one.
    let contents = read()
    known.withLock { $0 = contents }
    return contents
  }
}

/// What a notation says.
private struct Contents: Sendable {
  let tree: FormPart
  let shown: FormPart
  let mistake: Form.Mistake?
  let mayRunToSemicolon: Bool
  let own: [String: Placeholder]

  init(_ notation: String, _ own: [String: Placeholder]) {
    let (tree, mistake) = Self.read(notation)
    var known = own
    var shown = tree
    var mayRun = false
    for name in tree.placeholders.sorted() {
      guard let placeholder = own[name] ?? Placeholder.table[name] else { continue }
      mayRun = mayRun || placeholder.extent.mayRunToSemicolon
      guard let inner = placeholder.form else { continue }
      known.merge(inner.own) { outer, _ in outer }
      if placeholder.isShownAsForm { shown = shown.replacing { $0 == name ? inner.shown : nil } }
    }
    (self.tree, self.mistake, self.own, mayRunToSemicolon) = (tree, mistake, known, mayRun)
    self.shown = shown.shown ?? .sequence([])
  }

  init(of notation: String, _ own: [String: Placeholder]) {
    (tree, mistake) = Self.read(notation)
    self.own = own.merging(own.values.compactMap(\.form).flatMap(\.own)) { outer, _ in outer }
    shown = tree
    mayRunToSemicolon = false
  }

  private static func read(_ notation: String) -> (FormPart, Form.Mistake?) {
    var reader = FormNotation(notation)
    do throws(Form.Mistake) { return (try reader.whole(), nil) } catch { return (.sequence([]), error) }
  }
}
