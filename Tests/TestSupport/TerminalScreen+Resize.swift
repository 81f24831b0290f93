extension TerminalScreen {
  /// Gives it another size.
  ///
  /// Rows that the terminal had wrapped by itself are joined and wrapped anew, as most terminals do, and the
  /// cursor stays with its character; an end of a row that was erased or jumped over stays an end.
  public mutating func resize(width: Int, height: Int) {
    let lines = logicalLines()
    self.width = width
    self.height = height
    cells = []
    wrapsOn = []
    isWrapPending = false
    for line in lines {
      let start = cells.count
      append(line.cells)
      if let offset = line.cursor { placeCursor(offset, from: start) }
    }
    while cells.count > height, cells.count - 1 > row, cells.last?.isEmpty == true { removeLastRow() }
    while cells.count > height { scrollWithoutNewRow() }
    while cells.count < height { appendRow([]) }
  }

  /// Adds a row at the end.
  mutating func appendRow(_ row: [Cell], wrapsOn wraps: Bool = false) {
    cells.append(row)
    wrapsOn.append(wraps)
  }

  private mutating func removeLastRow() {
    cells.removeLast()
    wrapsOn.removeLast()
  }

  /// What a wrapped row and its next ones hold, and where the cursor is in it.
  private func logicalLines() -> [(cells: [Cell], cursor: Int?)] {
    var lines: [(cells: [Cell], cursor: Int?)] = []
    var continues = false
    for index in cells.indices {
      if !continues { lines.append(([], nil)) }
      if index == row {
        lines[lines.count - 1].cursor = lines[lines.count - 1].cells.count + column + (isWrapPending ? 1 : 0)
      }
      lines[lines.count - 1].cells += cells[index]
      continues = wrapsOn[index]
    }
    return lines
  }

  private mutating func append(_ line: [Cell]) {
    var rest = line[...]
    repeat {
      var end = rest.startIndex + min(width, rest.count)
      // A wide character is not split.
      if end < rest.endIndex, rest[end].text.isEmpty { end -= 1 }
      appendRow(Array(rest[..<end]), wrapsOn: end < rest.endIndex)
      rest = rest[end...]
    } while !rest.isEmpty
  }

  private mutating func placeCursor(_ offset: Int, from start: Int) {
    row = start
    column = offset
    while row < cells.count - 1, column >= cells[row].count, wrapsOn[row] {
      column -= cells[row].count
      row += 1
    }
    isWrapPending = column >= width
    column = min(column, width - 1)
  }
}
