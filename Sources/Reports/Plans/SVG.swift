import Terminal

/// Pieces of SVG text. Whatever is not a number or a class is escaped here.
public enum SVG {
  /// A number with one decimal at most.
  public static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }

  /// A text that may stand between tags or in quotes, of SVG and of HTML, its control characters visible.
  ///
  /// It goes by scalars: with a mark behind it, or U+0600 before it, `<` is no character of its own.
  public static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in VisibleText.of(text, keepingNewlines: true).unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      // XML has no way to write these two.
      case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// One line of text with its baseline at `y`; `anchor` is `start`, `middle` or `end`.
  public static func text(_ text: String, _ x: Double, _ y: Double, _ style: String, anchor: String = "start")
    -> String
  {
    let place = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    return "<text x=\"\(number(x))\" y=\"\(number(y))\"\(place) class=\"\(style)\">\(escaped(text))</text>"
  }

  /// A rectangle, with round corners when `radius` is above zero.
  public static func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double = 0, _ style: String
  ) -> String {
    let round = radius > 0 ? " rx=\"\(number(radius))\"" : ""
    return
      "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
      + "\(round) class=\"\(style)\"/>"
  }

  /// A path of commands and numbers.
  public static func path(_ parts: String, _ style: String, strokeWidth: Double? = nil) -> String {
    let stroke = strokeWidth.map { " stroke-width=\"\(number($0))\"" } ?? ""
    return "<path d=\"\(parts)\"\(stroke) class=\"\(style)\"/>"
  }

  /// Elements that belong together, with the words that a pointer over them shows.
  public static func group(_ elements: [String], hint: String) -> String {
    "<g><title>\(escaped(hint))</title>\n" + elements.joined(separator: "\n") + "\n</g>"
  }
}
