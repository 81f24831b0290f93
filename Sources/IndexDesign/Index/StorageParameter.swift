/// One `name = value` of an index's `WITH (…)` or of an operator class's options.
public struct StorageParameter: Hashable, Sendable {
  /// The folded name: `fillfactor`.
  public var name: String
  /// The value as typed, as SQL (`70`, `'70'`, `on`); nil when only the name was given, which means `true`.
  public var value: String?

  /// Makes a parameter of its facts.
  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }

  /// The parameter as it stands in a statement.
  public var sql: String {
    let quotedName = name.split(separator: ".").map { Identifier.quoted(String($0)) }.joined(separator: ".")
    return value.map { "\(quotedName) = \($0)" } ?? quotedName
  }

  /// The value without its quotes and in small letters, for comparing.
  var plainValue: String {
    guard let value else { return "true" }
    let isQuoted = value.utf8.count > 1 && value.utf8.first == 0x27 && value.utf8.last == 0x27
    return Identifier.folded(
      isQuoted ? String(decoding: value.utf8.dropFirst().dropLast(), as: UTF8.self) : value)
  }
}
