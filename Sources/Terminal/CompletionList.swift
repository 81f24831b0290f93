/// The completions as lines under the one that is edited.
enum CompletionList {
  /// In columns read downwards, or one a line when there are notes; at most `height` lines.
  static func lines(_ completions: [Completion], width: Int, height: Int) -> [StyledText] {
    let lines =
      completions.contains { $0.note != nil }
      ? noted(completions, width: width) : columns(completions.map(\.label), width: width)
    let room = max(1, height)
    guard lines.count > room else { return lines }
    let shown = lines.prefix(room - 1)
    return shown + [StyledText("… \(lines.count - shown.count) more lines; type on to narrow", .dim)]
  }

  private static func columns(_ labels: [String], width: Int) -> [StyledText] {
    let columnWidth = (labels.map(DisplayWidth.of).max() ?? 0) + 2
    let across = max(1, (width + 2) / columnWidth)
    let down = (labels.count + across - 1) / across
    return (0..<down).map { row in
      let cells = stride(from: row, to: labels.count, by: down).map { labels[$0] }
      let line = cells.map { DisplayWidth.padded($0, to: columnWidth) }.joined()
      return StyledText(line).withoutTrailingSpaces.truncated(to: width)
    }
  }

  private static func noted(_ completions: [Completion], width: Int) -> [StyledText] {
    let labelWidth = completions.map { DisplayWidth.of($0.label) }.max() ?? 0
    return completions.map { completion in
      let label = StyledText(completion.label, .accent).padded(to: labelWidth)
      let note = StyledText(completion.note ?? "", .dim)
      return (label + "  " + note).withoutTrailingSpaces.truncated(to: width)
    }
  }
}
