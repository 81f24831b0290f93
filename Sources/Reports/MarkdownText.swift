/// Text as GitHub's Markdown, such that nothing of it becomes markup that nobody wrote.
public enum MarkdownText {
  /// A block of code in a fence that is longer than any row of backticks inside.
  public static func fence(_ language: String, _ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }

  /// Prose that begins a line, where blanks make code, and `-`, `+` and `1.` a list.
  static func paragraph(_ text: String) -> String {
    let text = prose(String(text.unicodeScalars.drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }))
    let scalars = text.unicodeScalars
    if scalars.first == "-" || scalars.first == "+" { return "\\" + text }
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    let rest = scalars.dropFirst(digits.count)
    guard !digits.isEmpty, rest.first == "." || rest.first == ")" else { return text }
    return String(digits) + "\\" + String(rest)
  }

  /// A value as it reads on a screen; what can be typed is code.
  public static func of(_ cell: Cell) -> String {
    switch cell {
    case .sql, .handle: code(CellText.plain(cell))
    case .text(let text), .identifier(let text), .value(let text, _): prose(text)
    case .missing, .integer, .number, .cost, .rows, .bytes, .milliseconds, .share, .outcome, .boolean,
      .timestamp, .flag:
      CellText.plain(cell)
    }
  }

  /// A text as code within a line.
  ///
  /// - Parameter inTable: whether a bar would end the cell; elsewhere the sign before it would be seen.
  public static func code(_ text: String, inTable: Bool = true) -> String {
    let ticks = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let scalars = text.unicodeScalars
    let space = scalars.first == "`" || scalars.last == "`" ? " " : ""
    var code = String.UnicodeScalarView()
    for scalar in scalars {
      if inTable, scalar == "|" { code.append("\\") }
      code.append(scalar)
    }
    return text.isEmpty ? "" : ticks + space + String(code) + space + ticks
  }

  /// Text in which nothing is markup: GitHub would make people of `@1`, which is code here, and lists of `*`.
  ///
  /// It goes by scalars: with a mark behind it a sign is another character, and markup all the same.
  public static func prose(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "#", "$":
        result.append("\\")
        result.append(scalar)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      // Inside a word an underscore is no markup.
      case "_" where !isOfWord(previous): result.append(contentsOf: "\\_".unicodeScalars)
      case "@" where !isOfWord(previous) && rest.first.map(isOfWord) == true:
        let name = rest.prefix { isOfWord($0) || $0 == "_" || $0 == "-" }
        rest.removeFirst(name.count)
        result.append(contentsOf: "`@\(String(name))`".unicodeScalars)
      case "\n":
        if previous == "\r" { result.removeLast() }
        result.append(contentsOf: "<br>".unicodeScalars)
      case "\r": result.append(" ")
      default: result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static func longestRun(of scalar: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var current = 0
    for next in text.unicodeScalars {
      current = next == scalar ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
