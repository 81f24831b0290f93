import IndexDesign
import Terminal

/// Breaks SQL into lines that fit a screen and mean the same when they are copied.
enum StatementFolding {
  /// One line of a statement in lines of at most `width` columns; those behind the first are indented by four more.
  ///
  /// They break at spaces outside quotes and comments. What has none stays as long as it is.
  static func lines(of line: String, within width: Int) -> [String] {
    guard DisplayWidth.of(line) > width else { return [line] }
    let indent = String(line.prefix { $0 == " " }) + "    "
    var lines: [String] = []
    var current = ""
    for piece in pieces(of: line) {
      if DisplayWidth.of(current + piece) > width, current.contains(where: { $0 != " " }) {
        lines.append(current.withoutSpacesAtEnd)
        current = indent + piece.drop { $0 == " " }
      } else {
        current += piece
      }
    }
    return lines + [current.withoutSpacesAtEnd]
  }

  /// The words, each with the spaces in front of it.
  private static func pieces(of line: String) -> [String] {
    let (lexer, bytes) = (SQLLexer(line), Array(line.utf8))
    // Neither overlaps another, so that both lists are gone through once.
    let kept = (lexer.comments + lexer.tokens.map(\.range)).sorted { $0.lowerBound < $1.lowerBound }
    var starts = [0]
    var place = kept.startIndex
    for index in bytes.indices.dropFirst() where bytes[index] == 0x20 && bytes[index - 1] != 0x20 {
      while place < kept.endIndex, kept[place].upperBound <= index { place += 1 }
      if place < kept.endIndex, kept[place].lowerBound < index { continue }
      starts.append(index)
    }
    return zip(starts, starts.dropFirst() + [bytes.count]).map {
      String(decoding: bytes[$0..<$1], as: UTF8.self)
    }
  }
}

extension String {
  fileprivate var withoutSpacesAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
