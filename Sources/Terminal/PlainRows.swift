/// Writes the rows of a table that need no care, many times as fast as styled text does.
///
/// A row needs care when some value is more than printable ASCII, or does not fit its column.
public struct PlainRows: Sendable {
  private let widths: [Int]
  private let isRight: [Bool]
  private let isLimited: Bool
  private let separator: String
  private let missing: String
  private let missingWidth: Int
  private let paddings: [String]

  /// For a layout with columns; nil for one with records.
  ///
  /// - Parameters:
  ///   - missing: what stands for a value that is not there.
  ///   - colour: whether what is written has attributes.
  public init?(_ layout: TextTableLayout, missing: StyledText, colour: Bool) {
    guard let widths = layout.widths else { return nil }
    self.widths = widths
    isLimited = layout.isLimited
    isRight = layout.columns.map { $0.alignment == .right }
    separator = StyledText(" | ", .dim).render(colour: colour)
    self.missing = missing.render(colour: colour)
    missingWidth = missing.width
    paddings = (0...min(200, widths.max() ?? 0)).map { String(repeating: " ", count: $0) }
  }

  /// Appends the row's line and a line feed; false, and nothing appended, when the row needs care.
  public func append(_ row: [String?], to text: inout String) -> Bool {
    guard isPlain(row) else { return false }
    for (index, value) in row.enumerated() {
      if index > 0 { text += separator }
      let filling = max(0, widths[index] - (value?.utf8.count ?? missingWidth))
      if isRight[index] { pad(filling, &text) }
      text += value ?? missing
      if !isRight[index], index < row.count - 1 { pad(filling, &text) }
    }
    text += "\n"
    return true
  }

  private func pad(_ count: Int, _ text: inout String) {
    if count > 0 { text += count < paddings.count ? paddings[count] : String(repeating: " ", count: count) }
  }

  private func isPlain(_ row: [String?]) -> Bool {
    // A line has no spaces at its end.
    if let last = row.last ?? nil, last.isEmpty || last.utf8.last == 0x20 { return false }
    for (value, width) in zip(row, widths) {
      guard let value else { continue }
      guard value.utf8.count <= width || !isLimited, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
      else {
        return false
      }
    }
    return true
  }
}
