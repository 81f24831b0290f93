import IndexDesign
import Notebook

/// A text that a form is walked through with, word by word. Offsets count UTF-8 code units.
struct FormText {
  /// The whole text.
  let whole: String
  /// Where it ends for the walk: at a cursor, or behind its last sign.
  let limit: Int
  /// The same without a last semicolon, which is a habit and no part of an argument.
  let bareEnd: Int
  private let bytes: [UInt8]

  /// A text up to a cursor.
  init(_ text: String, limit: Int) {
    (whole, bytes) = (text, Array(text.utf8))
    self.limit = min(limit, bytes.count)
    bareEnd = self.limit
  }

  /// A text that is whole.
  init(_ text: String) {
    (whole, bytes) = (text, Array(text.utf8))
    var end = bytes.count
    while end > 0, bytes[end - 1].isBlank { end -= 1 }
    limit = end
    while end > 0, bytes[end - 1] == UInt8(ascii: ";") || bytes[end - 1].isBlank { end -= 1 }
    bareEnd = end
  }

  /// A part of it.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Where the next word begins, or would.
  func start(_ offset: Int) -> Int {
    var at = min(offset, limit)
    while at < limit, bytes[at].isBlank { at += 1 }
    return at
  }

  /// Whether nothing but last semicolons follow.
  func isAtEnd(_ offset: Int) -> Bool { start(offset) >= bareEnd }

  /// The word behind an offset; nil at the end.
  ///
  /// - Parameter endsAtEquals: whether a name ends before a `=`.
  func word(_ offset: Int, endsAtEquals: Bool = true) -> TypedWords.Word? {
    let start = start(offset)
    guard start < limit else { return nil }
    let words = TypedWords.Scan(bytes[..<limit], endsAtEquals: endsAtEquals)
    return words.word(from: start)
  }

  /// Where the first statement behind an offset ends: before its semicolon, or at the end of all.
  func statementEnd(from start: Int) -> Int {
    SQLScan(text(start..<limit)).firstStatementEnd.map { start + $0 - 1 } ?? limit
  }
}
