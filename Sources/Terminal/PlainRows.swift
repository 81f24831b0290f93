/// Writes the rows of a table that need no care, many times as fast as styled text does.
///
/// A row needs care when a value has characters that do not show as themselves, or does not fit its column.
public struct PlainRows: Sendable {
  private let widths: [Int]
  private let isRight: [Bool]
  private let isLimited: Bool
  private let separator: String
  private let missing: String
  private let missingWidth: Int
  private let paddings: [String]
  /// The widths of the values of the row that is written.
  private var own: [Int]

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
    own = widths
    paddings = (0...min(200, widths.max() ?? 0)).map { String(repeating: " ", count: $0) }
  }

  /// Appends the row's line and a line feed; false, and nothing appended, when the row needs care.
  public mutating func append(_ row: [String?], to text: inout String) -> Bool {
    guard measure(row) else { return false }
    for (index, value) in row.enumerated() {
      if index > 0 { text += separator }
      let filling = max(0, widths[index] - own[index])
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

  /// Whether the row needs no care.
  private mutating func measure(_ row: [String?]) -> Bool {
    // A line has no spaces at its end.
    if let last = row.last ?? nil, last.isEmpty || last.utf8.last == 0x20 { return false }
    for (index, value) in row.enumerated() {
      guard let width = value.map(VisibleText.plainWidth) ?? missingWidth else { return false }
      guard value == nil || width <= widths[index] || !isLimited else { return false }
      own[index] = width
    }
    return true
  }
}
