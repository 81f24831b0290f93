public import IndexDesign
public import Reports

/// A value that `let` captures and `expect` compares.
public enum Operand: Equatable, Sendable {
  /// A number, as it was typed.
  case number(Double, String)
  case text(String)
  /// The estimated cost of a query's plan.
  case cost(QueryHandle)
  /// The estimated rows of a query's plan.
  case rows(QueryHandle)
  /// The estimated size of a design, in bytes.
  case size(DesignHandle)
  /// The name of a design's index.
  case name(DesignHandle)
  /// The number of the newest change of this session.
  case change
  /// A value of the result of the command before.
  case path(ResultPath)

  /// A value as it is compared, and as it is put in place of `:name`.
  public struct Value: Equatable, Sendable {
    /// A text in single quotes, without them.
    public var text: String
    /// Nil when it is no number.
    public var number: Double?

    /// A value from its facts.
    public init(text: String, number: Double?) { (self.text, self.number) = (text, number) }
  }

  /// The forms of a value, for messages.
  public static let forms =
    "a number, 'text', cost @n, rows @n, size %n, name %n, change, or a path such as rows[1].count"

  /// Whether a word is a value by itself: a number, a text in quotes, or a path.
  public static func isLiteral(_ word: String) -> Bool {
    if let number = Double(word) { return number.isFinite }
    return word.hasPrefix("'") && word.hasSuffix("'") && word.count > 1 || ResultPath(word) != nil
  }

  /// Reads the operand that begins at an offset of a text.
  ///
  /// - Throws: `Failure` at its place.
  public init(in text: String, from offset: Int) throws(Failure) {
    var reader = ArgumentReader(text, from: offset)
    try self.init(&reader)
  }

  /// Reads an operand.
  ///
  /// - Throws: `Failure` at its place.
  public init(_ arguments: inout ArgumentReader) throws(Failure) {
    let word = arguments.word()
    guard let word else {
      throw arguments.failure("expected a value", at: nil, hint: "a value is \(Self.forms)")
    }
    if let number = Double(word.text), number.isFinite {
      self = .number(number, word.text)
    } else if word.text.hasPrefix("'"), word.text.hasSuffix("'"), word.text.count > 1 {
      self = .text(String(word.text.dropFirst().dropLast()).replacing("''", with: "'"))
    } else if let path = ResultPath(word.text) {
      self = .path(path)
    } else {
      self = try Self.subject(word, &arguments)
    }
  }

  private static func subject(_ word: ArgumentReader.Word, _ arguments: inout ArgumentReader) throws(Failure)
    -> Operand
  {
    switch word.lowercased {
    case "change": return .change
    case "cost", "rows":
      let next = arguments.word()
      guard let next, let query = QueryHandle(next.text) else {
        throw arguments.failure("expected a query handle such as @1", at: next)
      }
      return word.lowercased == "cost" ? .cost(query) : .rows(query)
    case "size", "name":
      let next = arguments.word()
      guard let next, let design = DesignHandle(next.text) else {
        throw arguments.failure("expected a design handle such as %1", at: next)
      }
      return word.lowercased == "size" ? .size(design) : .name(design)
    default:
      throw arguments.failure("\"\(word.text)\" is no value", at: word, hint: "a value is \(forms)")
    }
  }

  /// What stands for it while nothing has run, so that the commands that use it can be read.
  public var sample: String {
    switch self {
    case .number(_, let text), .text(let text): text
    case .name: "x"
    case .cost, .rows, .size, .change, .path: "1"
    }
  }
}

extension Operand.Value {
  /// A number, whole ones without a point.
  public init(_ number: Double) {
    self.init(text: Int64(exactly: number).map(String.init) ?? "\(number)", number: number)
  }

  /// The value of a cell, exact; nil for nothing.
  public init?(_ cell: Cell) {
    switch cell {
    case .missing: return nil
    case .text(let text), .identifier(let text), .sql(let text), .handle(let text), .timestamp(let text):
      self.init(text: text, number: nil)
    case .integer(let value), .bytes(let value): self.init(text: String(value), number: Double(value))
    case .number(let value), .rows(let value), .milliseconds(let value), .share(let value): self.init(value)
    case .cost(let cost): self.init(cost.units)
    case .outcome(let outcome): self.init(text: outcome.rawValue, number: nil)
    case .boolean(let value): self.init(text: value ? "yes" : "no", number: nil)
    case .flag(let value): self.init(text: value ? "t" : "f", number: nil)
    case .value(let text, let isNumber): self.init(text: text, number: isNumber ? Double(text) : nil)
    }
  }
}
