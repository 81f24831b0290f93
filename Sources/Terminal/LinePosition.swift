/// Where a terminal's cursor stands after a text, as libedit draws it.
struct LinePosition: Hashable {
  /// From 0 at the row where the text begins.
  private(set) var row = 0
  /// From 0.
  private(set) var column: Int

  /// After `text`, which begins in column `start` of a terminal of `columns`.
  init(after text: String, from start: Int, columns: Int) {
    let columns = max(2, columns)
    row = start / columns
    column = start % columns
    for scalar in text.unicodeScalars { add(scalar, columns) }
  }

  /// A wide character never begins in the last column, and after that column comes the next row.
  private mutating func add(_ scalar: Unicode.Scalar, _ columns: Int) {
    if scalar == "\n" {
      row += 1
      column = 0
      return
    }
    let width = Self.width(of: scalar, at: column, columns)
    if width == 2, column + width > columns {
      row += 1
      column = 0
    }
    column += width
    row += column / columns
    column %= columns
  }

  /// A tab ends with its row; other controls are drawn as `^A`.
  private static func width(of scalar: Unicode.Scalar, at column: Int, _ columns: Int) -> Int {
    switch scalar.value {
    case 0x09: min(8 - column % 8, columns - column)
    case 0x00...0x1F, 0x7F: 2
    default: DisplayWidth.of(String(scalar))
    }
  }
}
