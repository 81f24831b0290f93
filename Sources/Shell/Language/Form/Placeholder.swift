/// What stands for a word in capitals: how it is called, how much of the text it takes, and what may be offered for it.
struct Placeholder: Sendable {
  /// How much of the text it takes when a command is read.
  enum Extent: Sendable {
    /// One word; quotes keep blanks together.
    case word
    /// One word that ends before an `=`.
    case name
    /// All that is left, but for a last semicolon.
    case rest
    /// A statement up to its semicolon.
    case statement
    /// The same, and all that stands behind the semicolon, so that its own reader refuses that.
    case definition
    /// A whole command.
    case command
    /// Several words, behind which other parts of the form may follow.
    case phrase
    /// What its own form takes, as if that were written in its place.
    case form

    /// Whether it goes on to a semicolon, or holds what does.
    var mayRunToSemicolon: Bool { isSQL || self == .command }

    /// Whether it is a statement of SQL.
    var isSQL: Bool { self == .statement || self == .definition }
  }

  /// Where the candidates of completion come from.
  enum Source: Sendable, Equatable {
    case nothing
    case relations, indexableRelations, indexes, schemas, accessMethods, databases
    case keys, includedColumns, storageParameters, condition
    case queries, designs, changes
    case settings, settingValues, targets, files
    case statement, commandLine, commandNames, topics

    /// Whether names of the database are among them.
    var needsNames: Bool {
      switch self {
      case .relations, .indexableRelations, .indexes, .schemas, .accessMethods, .databases, .keys,
        .includedColumns, .condition, .statement:
        true
      default: false
      }
    }

    /// Whether the candidates are found in all the text from the placeholder on, and not in the word at the cursor.
    var readsText: Bool {
      switch self {
      case .statement, .commandLine, .commandNames, .topics: true
      default: false
      }
    }
  }

  /// How messages call it, without an article.
  var noun: String
  /// How much of the text it takes.
  var extent = Extent.word
  /// What can be typed for it; empty when that says nothing.
  var example = ""
  /// Where its candidates come from.
  var source = Source.nothing
  /// How exactly a word is what is meant; nil when it is something else.
  var fit: @Sendable (_ word: String) -> Int? = { Handle.isLike($0) ? nil : 0 }
  /// What is wrong with a word that does not fit; nil leaves it to the form.
  var complaint: (@Sendable (_ word: String) -> String)?
  /// What to do about a wrong or a missing one; nil shows the usage.
  var hint: String?
  /// Its own form, which completion goes through; without the extent `form` another reader takes the text.
  var form: Form?
  /// Whether help shows its own form in its place.
  var isShownAsForm = false

  /// `a table`, `an index`.
  var withArticle: String {
    if noun.hasPrefix("the ") { return noun }
    return ("aeiouAEIOU".contains(noun.first ?? "x") ? "an " : "a ") + noun
  }
}

/// What handles look like.
enum Handle {
  /// Whether a word begins as a handle does.
  static func isLike(_ word: String) -> Bool { word.hasPrefix("@") || word.hasPrefix("%") }
}

extension Placeholder {
  /// A whole number above zero.
  ///
  /// - Parameter noun: what is counted, as in "the number of changes".
  static func count(_ noun: String, source: Source = .nothing) -> Placeholder {
    Placeholder(
      noun: noun, example: "5", source: source, fit: { $0.first?.isNumber == true ? 1 : nil },
      complaint: { _ in "\(noun) must be a whole number above 0" }, hint: "for example 5")
  }

  /// A text with a reader of its own, to the end of the command.
  static func text(_ noun: String, example: String = "", source: Source = .nothing, hint: String? = nil)
    -> Placeholder
  {
    Placeholder(noun: noun, extent: .rest, example: example, source: source, fit: { _ in 0 }, hint: hint)
  }

  /// The number of a change.
  static let change = count("the change's number", source: .changes)

  /// The seconds between two times.
  static let interval = Placeholder(
    noun: "time in seconds", example: "5", fit: { $0.first?.isNumber == true ? 1 : nil },
    complaint: { _ in "the interval must be a number of seconds from 0.1 to 86400" })

  /// What a setting is set to.
  static let settingValue = text("value", example: "on", source: .settingValues)
}
