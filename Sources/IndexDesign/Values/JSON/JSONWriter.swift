/// The one writer of JSON: each value goes straight to the bytes, so that any number of rows can be written a part at
/// a time, and the same values always give the same bytes.
///
/// Lists and objects are opened and closed by their writer or, where a document is written in parts, by hand. Commas
/// come by themselves.
public struct JSONWriter: Sendable {
  /// How the parts of a document stand.
  public enum Style: Sendable {
    /// Without blanks; of what nobody sees only controls are escaped. For programs.
    case compact
    /// With a blank behind commas and colons, and escapes for whatever would make a line look other than it is. For
    /// files that people review.
    case reviewed
  }

  /// What is written for a number that JSON cannot hold.
  public enum Otherwise: Sendable {
    case null
    /// Its word, as a string: `"inf"`, `"-inf"`, `"nan"`.
    case word
  }

  /// What has been written and not been taken yet.
  public private(set) var bytes: [UInt8] = []
  private let style: Style
  /// Whether a value stands before the next one.
  private var needsComma = false

  /// A writer that has written nothing.
  public init(_ style: Style = .compact) { self.style = style }

  /// The bytes of one object, whose members `write` gives in order.
  public static func object(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.object(write)
    return json.bytes
  }

  /// What has been written since the last time; the document goes on behind it.
  public mutating func take() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func begin() {
    if needsComma { bytes += (style == .compact ? "," : ", ").utf8 }
    needsComma = true
  }

  /// Opens an object.
  public mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Closes the innermost object.
  public mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Opens a list.
  public mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Closes the innermost list.
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  private mutating func open(_ mark: UInt8) {
    begin()
    bytes.append(mark)
    needsComma = false
  }

  private mutating func close(_ mark: UInt8) {
    bytes.append(mark)
    needsComma = true
  }

  /// Writes an object whose members `write` gives in order.
  public mutating func object(_ write: (inout JSONWriter) -> Void) {
    beginObject()
    write(&self)
    endObject()
  }

  /// Writes a list.
  public mutating func array<Element>(
    _ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// Writes the name of a member, whose value comes next.
  ///
  /// Whoever writes an object sees to it that no name comes twice.
  public mutating func name(_ name: String) {
    string(name)
    bytes += (style == .compact ? ":" : ": ").utf8
    needsComma = false
  }

  /// Writes a text, or null.
  public mutating func string(_ text: String?) {
    begin()
    if let text { Self.append(text, to: &bytes, style: style) } else { bytes += "null".utf8 }
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    begin()
    bytes += (value ? "true" : "false").utf8
  }

  /// Writes `null`.
  public mutating func null() { string(nil) }

  /// Writes a whole number, or null.
  public mutating func integer(_ value: Int64?) {
    begin()
    bytes += (value.map { String($0) } ?? "null").utf8
  }

  /// Writes a number in its shortest exact form, or null.
  public mutating func number(_ value: Double?, otherwise: Otherwise = .null) {
    begin()
    if let text = value.flatMap({ JSONNumber.text(of: $0) }) {
      bytes += text.utf8
    } else if let value, otherwise == .word {
      Self.append("\(value)", to: &bytes, style: style)
    } else {
      bytes += "null".utf8
    }
  }

  /// Writes a number in the words of whoever gave it, digit for digit; as a string when JSON has no such number, as
  /// for PostgreSQL's `NaN` and `Infinity`.
  public mutating func number(verbatim text: String) {
    begin()
    var text = text
    let isNumber = text.withUTF8 { utf8 in
      guard JSONReader.numberLength(utf8, from: 0) == utf8.count else { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if !isNumber { Self.append(text, to: &bytes, style: style) }
  }

  /// Writes a document that is JSON already, byte for byte.
  public mutating func document(_ document: some Sequence<UInt8>) {
    begin()
    bytes.append(contentsOf: document)
  }
}
