/// Gives headings the names by which a page's links reach them, as GitHub does: `what-is-slow`, `what-is-slow-1`.
///
/// A name is never given twice, and depends on nothing but the headings before it.
///
/// Source: github-slugger, which GitHub's own pages agree with.
struct HeadingSlugs: Sendable {
  /// By each name that was given, the last number that was put behind it.
  private var numbers: [String: Int] = [:]
  /// How often a name was looked up, for tests of the work that many equal headings make.
  private(set) var lookups = 0

  /// No name is given yet.
  init() {}

  /// The next heading's name. It holds letters, marks, digits, `-` and `_` only.
  ///
  /// - Parameter text: the heading as plain text.
  mutating func slug(for text: String) -> String {
    let plain = Self.plain(text)
    var slug = plain
    while true {
      lookups += 1
      guard numbers[slug] != nil else { break }
      let number = (numbers[plain] ?? 0) + 1
      numbers[plain] = number
      slug = "\(plain)-\(number)"
    }
    numbers[slug] = 0
    return slug
  }

  private static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar == " " {
        result.append("-")
      } else if scalar == "-" || scalar == "_" || isOfWord(scalar) {
        result.append(scalar)
      }
    }
    return result.isEmpty ? "section" : String(result)
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }
}
