import IndexDesign
import Reports

/// What the `#:` lines of a notebook say.
public struct NotebookHeader: Equatable, Sendable {
  /// A value that is asked for before the first command.
  public struct Parameter: Equatable, Sendable {
    /// What stands behind the colon where its value is used.
    public var name: String
    /// What a person is asked; nil for the name alone.
    public var question: String?
    /// The value when nobody gives another one; nil when there must be one.
    public var value: String?
  }

  /// What it is called; nil when nothing is said.
  public var title: String?
  /// The ticket that its changes are made for; nil when nothing is said.
  public var ticket: String?
  /// What the server must be.
  public var requirements: [NotebookGuard] = []
  /// What to connect to; nil for libpq's defaults.
  public var target: String?
  /// In the order in which they are asked for.
  public var parameters: [Parameter] = []
  /// How far values may be from what was recorded.
  var tolerances: [NotebookTolerance] = []

  /// The words behind `#:`, for messages and the manual.
  public static let names = ["hypo", "title", "ticket", "requires", "connect", "parameter", "tolerance"]

  /// Reads one more line, with its mark.
  ///
  /// - Throws: `Failure` at its place.
  mutating func read(_ line: String, isFirst: Bool) throws(Failure) {
    var arguments = ArgumentReader(line, from: 2)
    guard let name = arguments.word() else {
      throw arguments.failure("a header has no name", at: nil, hint: Self.hint(nil))
    }
    let value = arguments.rest
    switch name.text {
    case "hypo":
      guard value.text == "1" else {
        throw arguments.failure(
          "this notebook is of another format: hypo \(value.text)", at: value,
          hint: "upgrade hypo; nothing was run")
      }
      guard isFirst else {
        throw arguments.failure("the format must be the first header", at: name, hint: "put #: hypo 1 on top")
      }
    case "title": title = try Self.only(title, name, value, arguments)
    case "ticket": ticket = try Self.only(ticket, name, value, arguments)
    case "connect": target = try Self.target(try Self.only(target, name, value, arguments), value, arguments)
    case "requires": try readRequirements(&arguments)
    case "parameter": try readParameter(&arguments)
    case "tolerance": tolerances.append(try NotebookTolerance(&arguments))
    default:
      throw arguments.failure("unknown header \"\(name.text)\"", at: name, hint: Self.hint(name.text))
    }
  }

  private static func hint(_ name: String?) -> String {
    let near = name.flatMap { NearName.closest(to: $0.lowercased(), among: names) }
    return (near.map { "did you mean \"\($0)\"? " } ?? "")
      + "headers: \(names.joined(separator: ", ")); nothing was run"
  }

  private static func only(
    _ earlier: String?, _ name: ArgumentReader.Word, _ value: ArgumentReader.Word, _ arguments: ArgumentReader
  ) throws(Failure) -> String {
    if earlier != nil {
      throw arguments.failure("\(name.text) is there already", at: name, hint: "say it once")
    }
    guard !value.text.isEmpty else {
      throw arguments.failure("\(name.text) needs a value", at: nil, hint: "write #: \(name.text) VALUE")
    }
    return value.text
  }

  private static func target(
    _ target: String, _ value: ArgumentReader.Word, _ arguments: ArgumentReader
  ) throws(Failure) -> String {
    guard !Secrets.isHeld(in: target) else {
      throw arguments.failure(
        "a notebook does not hold a password", at: nil,
        hint: "use .pgpass, a service or a named target; nothing was run")
    }
    return target
  }

  private mutating func readRequirements(_ arguments: inout ArgumentReader) throws(Failure) {
    while let word = arguments.word() {
      requirements.append(try NotebookGuard(word.text, in: arguments.text, at: word.range.lowerBound))
    }
  }

  private mutating func readParameter(_ arguments: inout ArgumentReader) throws(Failure) {
    guard let name = arguments.name(), NotebookValues.isName(name.text) else {
      throw arguments.failure(
        "a parameter needs a name", at: arguments.next,
        hint: "write #: parameter table \"Which table?\" = orders")
    }
    if parameters.contains(where: { $0.name == name.text }) {
      throw arguments.failure("the parameter \(name.text) is there already", at: name, hint: "say it once")
    }
    var parameter = Parameter(name: name.text)
    if let word = arguments.next, word.text.first == "\"" {
      _ = arguments.word()
      parameter.question = word.text.trimmingQuotes
    }
    if arguments.take(sign: "=") { parameter.value = arguments.takeRest().text.trimmingQuotes }
    try arguments.expectEnd("#: parameter NAME \"QUESTION\" = VALUE")
    parameters.append(parameter)
  }
}

/// How far a kind of value may be from what was recorded: `#: tolerance cost 25%`.
struct NotebookTolerance: Equatable, Sendable {
  /// What it is about.
  enum Field: String, CaseIterable, Sendable { case cost, rows, size, time, count, share }

  var field: Field
  /// How far.
  var bound: Tolerance

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    let name = arguments.word()
    let names = Field.allCases.map(\.rawValue).joined(separator: ", ")
    guard let name, let field = Field(rawValue: name.text) else {
      throw arguments.failure(
        name.map { "there is no tolerance of \"\($0.text)\"" } ?? "tolerance needs a kind of value", at: name,
        hint: "one of: \(names), as in #: tolerance cost 25%")
    }
    let value = arguments.word()
    guard let value, let bound = Self.bound(value.text) else {
      throw arguments.failure(
        "a tolerance is a part such as 25%, a number, or any", at: value,
        hint: "for example #: tolerance cost 25%")
    }
    try arguments.expectEnd("#: tolerance KIND N%|N|any")
    (self.field, self.bound) = (field, bound)
  }

  private static func bound(_ text: String) -> Tolerance? {
    if text == "any" { return .any }
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text), number >= 0, number.isFinite else {
      return nil
    }
    return isPercent ? .relative(number / 100) : .absolute(number)
  }
}

extension String {
  /// Without the quotes around it, when one kind stands at both ends.
  public var trimmingQuotes: String {
    guard utf8.count > 1, let first = utf8.first, first == utf8.last, first == 0x22 || first == 0x27 else {
      return self
    }
    return String(dropFirst().dropLast())
  }
}
