import Terminal

/// How much room a text takes in a picture, whatever fonts the reader has.
///
/// Nobody knows the reader's font, so widths are those of the widest sans-serif fonts in wide use: a text may
/// turn out shorter than said here, but does not leave its box.
struct PictureFont {
  /// The size in pixels of the picture.
  var size: Double
  /// Whether it is set in bold type.
  var isBold = false
  /// Whether all its characters are of one width.
  var isMonospaced = false

  static let title = PictureFont(size: 20, isBold: true)
  static let heading = PictureFont(size: 15, isBold: true)
  static let name = PictureFont(size: 13, isBold: true)
  static let body = PictureFont(size: 12)
  static let small = PictureFont(size: 11)
  static let code = PictureFont(size: 12, isMonospaced: true)

  /// The width of a visible text in pixels.
  func width(of text: String) -> Double { text.reduce(0) { $0 + width(of: $1) } }

  /// The width of one visible character in pixels.
  func width(of character: Character) -> Double {
    guard let byte = character.asciiValue, byte >= 0x20, byte < 0x7F else {
      // The dash, the ellipsis and their like, letters of other alphabets; or two columns of a terminal.
      let columns = DisplayWidth.of(String(character))
      return size * (columns > 1 ? 1.35 : columns == 0 ? 0 : 1)
    }
    guard !isMonospaced else { return size * 0.63 }
    return size * Self.ems[Int(byte - 0x20)] * (isBold ? 1.13 : 1)
  }

  /// The text in one line that fits, cut with `…`.
  func cut(_ text: String, to width: Double) -> String {
    LineFolding.cut(text, to: width) { self.width(of: $0) }
  }

  /// The text in at most `limit` lines that fit.
  func folded(_ text: String, to width: Double, atMost limit: Int) -> [String] {
    LineFolding.lines(of: text, fitting: width, atMost: limit) { self.width(of: $0) }
  }

  /// The widths of printable ASCII from the space on, in parts of the size.
  private static let ems: [Double] = {
    let groups: [(Double, String)] = [
      (0.29, "'Iijl"), (0.33, " ,.J"), (0.37, "-/:;\\f|"), (0.43, "!()[]rt"), (0.47, "\""), (0.54, "*_`sz"),
      (0.57, "?Lc"), (0.63, "FPTYaekovxy"), (0.66, "$0123456789EKSbdghnpqu{}"), (0.72, "ABCRVXZ"),
      (0.78, "DGHNU"), (0.84, "#&+<=>^~OQw"), (0.9, "M"), (1, "%@Wm"),
    ]
    return (UInt8(0x20)..<0x7F).map { byte in
      groups.first { $0.1.utf8.contains(byte) }?.0 ?? 1
    }
  }()
}
