import Reports
import Testing

@testable import Shell

/// Every way through every command's form with one mistake at every place.
@Suite struct MistypedFormTests {
  static let commands = (CommandRegistry.all + CommandRegistry.backslashed).map { Named(type: $0) }

  /// A command, shown by its name.
  struct Named: CustomTestStringConvertible {
    var type: any Command.Type
    var testDescription: String { type.declaration.name }
    var form: Form { type.declaration.form }

    /// What is wrong with arguments; nil when the command takes them.
    func failure(_ words: [String]) -> Failure? {
      do throws(Failure) {
        _ = try type.init(reading: text(words), from: type.declaration.name.utf8.count)
        return nil
      } catch { return error }
    }

    /// The command as it is typed, a semicolon without a blank before it.
    func text(_ words: [String]) -> String {
      words.reduce(type.declaration.name) { $1 == ";" ? $0 + $1 : "\($0) \($1)" }
    }

    /// Where a word begins, in UTF-8.
    func start(of place: Int, in words: [String]) -> Int {
      text(Array(words[...place])).utf8.count - words[place].utf8.count
    }

    /// What can be typed, word by word, without what no help shows; nothing that the command would refuse.
    var ways: [[String]] { Way.all(form.tree, form).filter { failure($0) == nil } }
  }

  /// A mistake and what is said of it.
  private struct Trial {
    var command: Named
    var words: [String]
    var failure: Failure

    init?(_ command: Named, _ words: [String]) {
      guard let failure = command.failure(words) else { return nil }
      (self.command, self.words, self.failure) = (command, words, failure)
    }

    /// The text, what is said of it and where, for a test that fails.
    var comment: Comment {
      "\(text): \(failure.message) | \(failure.hint ?? "no hint") | \(String(describing: failure.place?.range))"
    }
    var text: String { command.text(words) }
    var start: Int { failure.place?.range.lowerBound ?? -1 }

    /// Whether it has a hint, and a place in the text behind the command's name.
    var isComplete: Bool {
      guard let hint = failure.hint, let place = failure.place else { return false }
      return !hint.isEmpty && place.text == text && place.range.upperBound <= text.utf8.count
        && place.range.lowerBound >= command.type.declaration.name.utf8.count
    }

    /// Whether the place is the end of the text, and the message says that something is missing.
    var tellsWhatIsMissing: Bool {
      start >= text.utf8.count - (text.hasSuffix(";") ? 1 : 0)
        && ["needs", "expected", "there is no"].contains { failure.message.contains($0) }
    }

    /// Whether the message says what is wrong with a word or what should be there, with its place.
    func tells(of place: Int) -> Bool {
      let begin = command.start(of: place, in: words)
      guard (begin..<begin + words[place].utf8.count).contains(start), let range = failure.place?.range else {
        return false
      }
      let named = String(decoding: Array(text.utf8)[range], as: UTF8.self)
      return failure.message.contains("\"\(named)\"") || isAboutKind
    }

    /// Whether the message says of which kind the word should have been, or that there is one too many of its kind.
    private var isAboutKind: Bool {
      [" must be ", "expected ", " needs ", "a second ", "only one "].contains {
        failure.message.contains($0)
      }
    }
  }

  @Test(arguments: commands)
  func `each way through its form can be typed`(command: Named) {
    #expect(!command.ways.isEmpty)
  }

  @Test(arguments: commands)
  func `what ends too early is not complete, and nothing in it is wrong`(command: Named) {
    for way in command.ways {
      for end in way.indices {
        guard let trial = Trial(command, Array(way[..<end])) else { continue }
        #expect(trial.isComplete && trial.tellsWhatIsMissing, trial.comment)
      }
    }
  }

  @Test(arguments: commands)
  func `one word too many is named`(command: Named) {
    for way in command.ways {
      guard let trial = Trial(command, way + ["zzz"]) else { continue }
      #expect(trial.isComplete && (trial.tells(of: way.count) || trial.tellsWhatIsMissing), trial.comment)
    }
  }

  @Test(arguments: commands)
  func `a wrong word is named, or the first one that it makes wrong`(command: Named) {
    for way in command.ways {
      for place in way.indices where way[place] != ";" {
        var words = way
        words[place] = "zzz"
        guard let trial = Trial(command, words) else { continue }
        let isTold = words.indices.contains { $0 >= place && trial.tells(of: $0) }
        #expect(trial.isComplete && (isTold || trial.tellsWhatIsMissing), trial.comment)
      }
    }
  }

  @Test(arguments: commands)
  func `a word that is missing is named, or the first one that is too early`(command: Named) {
    for way in command.ways {
      for place in way.indices {
        var words = way
        words.remove(at: place)
        guard let trial = Trial(command, words) else { continue }
        let isTold = words.indices.contains { $0 >= place && trial.tells(of: $0) }
        #expect(trial.isComplete && (isTold || trial.tellsWhatIsMissing), trial.comment)
      }
    }
  }
}

/// The ways through a form, each word an example of what may be there.
private enum Way {
  static func all(_ part: FormPart, _ form: Form) -> [[String]] {
    switch part {
    case .keyword(let word): return [[word]]
    case .placeholder(let name):
      let meaning = form.placeholder(name)
      if meaning.extent == .form, let inner = meaning.form { return all(inner.tree, form) }
      return [[meaning.example.hasSuffix(";") ? String(meaning.example.dropLast()) : meaning.example]]
    case .sequence(let parts):
      return parts.reduce([[]]) { ways, part in
        let next = all(part, form)
        return ways.flatMap { way in next.map { way + $0 } }
      }
    case .alternatives(let parts, _): return parts.flatMap { all($0, form) }
    case .options(let parts):
      let each = parts.map { all($0, form) }
      return [[]] + each.flatMap { $0 } + (parts.count > 1 ? [each.flatMap { $0.first ?? [] }] : [])
    case .repeated(let part): return all(part, form).flatMap { [$0, $0 + $0] }
    case .list(let part): return all(part, form)
    case .group(let part, _): return all(part, form).map { ["(" + $0.joined(separator: " ") + ")"] }
    case .hidden: return [[]]
    }
  }
}
