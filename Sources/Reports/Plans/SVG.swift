/// Elements of SVG pictures.
enum SVG {
  /// A number with one decimal at most.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }

  /// One line of text with its baseline at `y`; `anchor` is `start`, `middle` or `end`.
  static func text(_ text: String, _ x: Double, _ y: Double, _ style: String, anchor: String = "start")
    -> Markup
  {
    .element(
      "text",
      ["x": number(x), "y": number(y), "text-anchor": anchor == "start" ? nil : anchor, "class": style],
      Markup(text))
  }

  /// A rectangle, with round corners when `radius` is above zero.
  static func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double = 0, _ style: String
  ) -> Markup {
    .empty(
      "rect",
      [
        "x": number(x), "y": number(y), "width": number(width), "height": number(height),
        "rx": radius > 0 ? number(radius) : nil, "class": style,
      ])
  }

  /// A path of commands and numbers.
  static func path(_ parts: String, _ style: String, strokeWidth: Double? = nil) -> Markup {
    .empty("path", ["d": parts, "stroke-width": strokeWidth.map(number), "class": style])
  }

  /// Elements that belong together, with the words that a pointer over them shows.
  static func group(_ elements: [Markup], hint: String) -> Markup {
    .element(
      "g", .element("title", Markup(hint)), .line, elements.joined(separator: .line), .line)
  }
}
