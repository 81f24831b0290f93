import IndexDesign
public import Reports

/// The values that `:name` stands for: parameters of a notebook and what `let` captured.
///
/// The rules are psql's: `:name` gives the value as it is, `:'name'` an SQL literal, `:"name"` an identifier; nothing
/// is replaced inside quotes or comments, nor behind another colon. Source: psql's manual page, "SQL Interpolation".
public struct NotebookValues: Equatable, Sendable {
  private var byName: [String: String] = [:]

  /// No name has a value.
  public init() {}

  /// The value of a name; nil when nothing was set.
  public subscript(name: String) -> String? {
    get { byName[name] }
    set { byName[name] = newValue }
  }

  /// Every name that has a value, in alphabetical order.
  public var names: [String] { byName.keys.sorted() }

  /// Whether a text can be the name of a value.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isNameStart else { return false }
    return text.utf8.allSatisfy(\.isNamePart)
  }

  /// A place in a text where a value is wanted.
  public struct Use: Equatable, Sendable {
    enum Form: Equatable, Sendable { case plain, literal, identifier }
    /// What the value is called.
    public var name: String
    var form: Form
    /// From the colon on, in UTF-8 code units.
    public var range: Range<Int>
  }

  /// The places in a text where values are wanted, in order.
  public static func uses(in text: String) -> [Use] {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return [] }
    let lexer = SQLLexer(text)
    let bytes = Array(text.utf8)
    var uses: [Use] = []
    for (index, token) in lexer.tokens.enumerated().dropLast() {
      guard token.range.count == 1, bytes[token.range.lowerBound] == UInt8(ascii: ":") else { continue }
      let start = token.range.lowerBound
      if start > 0, bytes[start - 1] == UInt8(ascii: ":") { continue }
      let next = lexer.tokens[index + 1]
      guard next.range.lowerBound == token.range.upperBound, let use = Self.use(next, lexer, from: start)
      else {
        continue
      }
      uses.append(use)
    }
    return uses
  }

  private static func use(_ token: SQLToken, _ lexer: SQLLexer, from start: Int) -> Use? {
    let text = lexer.text(of: token.range)
    switch token.kind {
    case .word:
      // The lexer takes $ as a part of words, a name has none.
      let name = String(decoding: text.utf8.prefix(while: \.isNamePart), as: UTF8.self)
      guard isName(name) else { return nil }
      return Use(name: name, form: .plain, range: start..<token.range.lowerBound + name.utf8.count)
    case .string where text.hasPrefix("'"), .quotedIdentifier where text.hasPrefix("\""):
      // Two texts with a line end between them are one string and no name.
      let name = String(text.dropFirst().dropLast())
      guard isName(name) else { return nil }
      return Use(
        name: name, form: token.kind == .string ? .literal : .identifier,
        range: start..<token.range.upperBound)
    default: return nil
    }
  }

  /// A text with the values in their places.
  ///
  /// - Parameter keepsUnknown: whether what has no value stays as it is, as in psql; else it is a failure.
  /// - Throws: `Failure` at the first name without a value.
  public func replaced(in text: String, keepsUnknown: Bool) throws(Failure) -> String {
    let uses = Self.uses(in: text)
    if uses.isEmpty { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var end = 0
    for use in uses {
      guard let value = byName[use.name] else {
        // The password of a URI stands behind a colon, too.
        if keepsUnknown || Secrets.isHeld(in: text) { continue }
        throw unset(use, text)
      }
      result += bytes[end..<use.range.lowerBound]
      switch use.form {
      case .plain: result += Array(value.utf8)
      case .literal: result += Array(Literal.quoted(value).utf8)
      case .identifier: result += Array(Identifier.quoted(value).utf8)
      }
      end = use.range.upperBound
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  /// A text with a blank behind each colon that could be taken for the use of a value and is none, as in an array's
  /// slice: a notebook would ask for the value, and SQL does not mind the blank.
  public func separated(in text: String) -> String {
    var bytes = Array(text.utf8)
    for use in Self.uses(in: text).reversed() where byName[use.name] == nil {
      bytes.insert(UInt8(ascii: " "), at: use.range.lowerBound + 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The values that must not be shown, by the names that they have.
  public var secrets: [String] {
    byName.filter { !$1.isEmpty && Secrets.isHeld(in: "\($0)=\($1)") }.map(\.value)
  }

  /// Whether a text would show a secret when the values are in their places.
  public func holdsSecret(for text: String) -> Bool {
    Self.uses(in: text).contains { use in
      byName[use.name].map { Secrets.isHeld(in: "\(use.name)=\($0)") } ?? false
    }
  }

  private func unset(_ use: Use, _ text: String) -> Failure {
    let near = NearName.closest(to: use.name, among: names)
    return Failure(
      .script, ":\(use.name) is used but was never set",
      hint: near.map { "did you mean :\($0)?" }
        ?? "let \(use.name) = … above it captures a value, #: parameter \(use.name) asks for one"
        + (names.isEmpty ? "" : "; set: \(names.map { ":" + $0 }.joined(separator: " "))"),
      place: .init(text: text, range: use.range))
  }
}

extension UInt8 {
  fileprivate var isNameStart: Bool { (0x61...0x7A).contains(self | 0x20) || self == 0x5F || self >= 0x80 }
  fileprivate var isNamePart: Bool { isNameStart || (0x30...0x39).contains(self) }
}
