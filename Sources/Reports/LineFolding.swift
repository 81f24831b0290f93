/// Breaks a text into lines that fit, whatever a character's width is measured in.
enum LineFolding {
  /// The lines of `text`, at least one, none wider than `width` unless a single character is.
  ///
  /// Lines end behind a space or a comma unless that leaves most of them empty, else anywhere.
  ///
  /// - Parameters:
  ///   - width: the room of a line, in the unit of `measure`.
  ///   - rest: the room of each line but the first; the same when nil.
  ///   - limit: the most lines; the last one ends in `…` when something is missing. Nil for as many as it takes.
  ///   - measure: the width of one character.
  static func lines(
    of text: String, fitting width: Double, then rest: Double? = nil, atMost limit: Int? = nil,
    measure: (Character) -> Double
  ) -> [String] {
    var lines: [String] = []
    var remaining = Substring(text)
    while lines.isEmpty || !remaining.isEmpty {
      let room = lines.isEmpty ? width : rest ?? width
      let fitting = prefix(of: remaining, within: room, measure)
      guard fitting.endIndex < remaining.endIndex else {
        lines.append(String(remaining))
        break
      }
      if lines.count + 1 == limit {
        lines.append(prefix(of: remaining, within: room - measure("…"), measure) + "…")
        break
      }
      let end = breakingPoint(in: fitting, followedBy: remaining[fitting.endIndex])
      lines.append(String(remaining[..<end].trimmingSuffix(while: { $0 == " " })))
      remaining = remaining[end...].drop { $0 == " " }
    }
    return lines
  }

  /// The text in one line, cut with `…` where it does not fit.
  static func cut(_ text: String, to width: Double, measure: (Character) -> Double) -> String {
    lines(of: text, fitting: width, atMost: 1, measure: measure)[0]
  }

  /// At least one character, so that folding comes to an end.
  private static func prefix(of text: Substring, within width: Double, _ measure: (Character) -> Double)
    -> Substring
  {
    var left = width
    var end = text.startIndex
    for index in text.indices {
      left -= measure(text[index])
      guard left >= 0 else { break }
      end = text.index(after: index)
    }
    return text[..<(end == text.startIndex && !text.isEmpty ? text.index(after: end) : end)]
  }

  private static func breakingPoint(in line: Substring, followedBy next: Character) -> Substring.Index {
    if next == " " { return line.endIndex }
    let earliest = line.index(line.startIndex, offsetBy: line.count / 3)
    if let place = line[earliest...].lastIndex(where: { $0 == " " || $0 == "," }) {
      return line.index(after: place)
    }
    return line.endIndex
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
    var result = self
    while let last = result.last, isUnwanted(last) { result.removeLast() }
    return result
  }
}
