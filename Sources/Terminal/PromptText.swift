/// A prompt as libedit wants it.
enum PromptText {
  /// Begins and ends what takes no columns.
  private static let literal: Unicode.Scalar = "\u{1}"

  /// The prompt's characters.
  ///
  /// libedit hangs a literal on the character after it: so none stands at the end (the last character is
  /// always plain), and two never touch (one style changes into the next in a single literal).
  static func scalars(of prompt: StyledText, colour: Bool) -> [Unicode.Scalar] {
    guard colour else { return Array(VisibleText.of(prompt.text).unicodeScalars) }
    var result: [Unicode.Scalar] = []
    var current = Style.plain
    for run in lastCharacterPlain(prompt).runs {
      if run.style.attributes != current.attributes {
        let attributes = run.style.attributes.map { "0;\($0)" } ?? "0"
        result.append(literal)
        result.append(contentsOf: "\u{1B}[\(attributes)m".unicodeScalars)
        result.append(literal)
      }
      current = run.style
      result.append(contentsOf: VisibleText.of(run.text).unicodeScalars)
    }
    return result
  }

  private static func lastCharacterPlain(_ prompt: StyledText) -> StyledText {
    guard let last = prompt.runs.last, last.style != .plain else { return prompt }
    var runs = Array(prompt.runs.dropLast())
    runs.append(StyledText.Run(String(last.text.dropLast()), last.style))
    runs.append(StyledText.Run(String(last.text.suffix(1))))
    return StyledText(runs)
  }
}
