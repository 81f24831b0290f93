/// The completions as lines under the one that is edited.
enum CompletionList {
  /// In columns read downwards, or one a line when there are notes; at most `height` lines.
  ///
  /// Only what is shown is laid out: there may be thousands.
  static func lines(_ completions: [Completion], width: Int, height: Int) -> [StyledText] {
    let isNoted = completions.contains { $0.note != nil }
    let columnWidth = isNoted ? width + 2 : (completions.map { DisplayWidth.of($0.label) }.max() ?? 0) + 2
    let across = max(1, (width + 2) / columnWidth)
    let count = (completions.count + across - 1) / across
    let room = max(1, height)
    let shown = count > room ? room - 1 : count
    let lines =
      isNoted
      ? noted(completions.prefix(shown), width: width)
      : (0..<shown).map { row in
        let cells = stride(from: row, to: completions.count, by: count).map { completions[$0].label }
        let line = cells.map { DisplayWidth.padded($0, to: columnWidth) }.joined()
        return StyledText(line).withoutTrailingSpaces.truncated(to: width)
      }
    guard shown < count else { return lines }
    return lines + [StyledText("… \(count - shown) more lines; type on to narrow", .dim)]
  }

  private static func noted(_ completions: ArraySlice<Completion>, width: Int) -> [StyledText] {
    let labelWidth = completions.map { DisplayWidth.of($0.label) }.max() ?? 0
    return completions.map { completion in
      let label = StyledText(completion.label, .accent).padded(to: labelWidth)
      let note = StyledText(completion.note ?? "", .dim)
      return (label + "  " + note).withoutTrailingSpaces.truncated(to: width)
    }
  }
}
