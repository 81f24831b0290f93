public import Reports

/// A file that stands behind a `>`: one word, or one in quotes.
public struct FileBehindSign: Sendable {
  /// The file as it was typed, without quotes.
  public var path: String
  /// Whether an existing file is replaced, as with `>!`.
  public var overwrites = false
  /// Where the file stands in the line, its quotes included.
  public var range: Range<Int>
  private var isQuoted = false

  /// Looks at what stands behind a sign to the end of a line; nil when that is more than one word, or nothing.
  ///
  /// - Parameters:
  ///   - sign: where the sign stands, in UTF-8 code units.
  ///   - maySemicolonFollow: whether a last semicolon is not part of it.
  public init?(_ text: String, behind sign: Int, maySemicolonFollow: Bool) {
    let bytes = Array(text.utf8)
    var start = sign + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "!") {
      overwrites = true
      start += 1
    }
    while start < bytes.count, bytes[start].isWhiteSpace { start += 1 }
    var end = bytes.count
    while end > start,
      bytes[end - 1].isWhiteSpace || (maySemicolonFollow && bytes[end - 1] == UInt8(ascii: ";"))
    {
      end -= 1
    }
    range = start..<end
    let word = bytes[range]
    guard let first = word.first else { return nil }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      guard word.count > 2, word.last == first, !word.dropFirst().dropLast().contains(first) else {
        return nil
      }
      path = String(decoding: word.dropFirst().dropLast(), as: UTF8.self)
      isQuoted = true
    } else {
      guard !word.contains(where: \.isWhiteSpace), !word.contains(UInt8(ascii: "(")) else { return nil }
      path = String(decoding: word, as: UTF8.self)
    }
  }

  /// What its ending says; nil when that names no form.
  public var form: FileForm? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    return FileForm(rawValue: name[name.index(after: dot)...].lowercased())
  }

  /// Whether it could be a value, a name or a column as well.
  public var mayBeOperand: Bool {
    !overwrites && (isQuoted || path.wholeMatch(of: /[\p{L}_][\p{L}\p{N}_$]*\.[a-z]+/) != nil)
  }
}
