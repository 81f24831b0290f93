/// What a terminal shows after a stream of bytes: as much of a VT100 as line editors use.
///
/// Rows that scroll off the top are kept in `scrolledOff`. Of the attributes only "dim" is kept.
public struct TerminalScreen: Sendable {
  /// Columns.
  public internal(set) var width: Int
  /// Rows.
  public internal(set) var height: Int
  /// Rows that are no longer on the screen, oldest first.
  public private(set) var scrolledOff: [String] = []
  /// Row by row, each as far as something was written.
  var cells: [[Cell]]
  /// Whether a row goes on in the next because its end was written over.
  var wrapsOn: [Bool]
  /// The cursor's row, from 0.
  var row = 0
  /// The cursor's column, from 0.
  var column = 0
  /// The cursor stands on a character in the last column, and the next one goes into the next row.
  var isWrapPending = false
  private var isDim = false
  /// The ordinary screen while the alternate one is shown.
  private var ordinary: (cells: [[Cell]], row: Int, column: Int)?
  private var savedCursor = (row: 0, column: 0)
  private var escape: String?
  private var undecoded: [UInt8] = []

  /// One place of a row; what is right of a wide character holds nothing.
  struct Cell {
    var text = " "
    var isDim = false
  }

  /// An empty screen.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = Array(repeating: [], count: height)
    wrapsOn = Array(repeating: false, count: height)
  }

  /// The rows without blanks at their ends, top to bottom.
  public var rows: [String] { cells.map { Self.text($0) } }

  /// The rows with blanks in place of what is not dim, down to the last that holds something dim.
  public var dimText: String {
    let rows = cells.map { Self.text($0.map { $0.isDim ? $0 : Cell() }) }
    return rows.prefix((rows.lastIndex { !$0.isEmpty } ?? -1) + 1).joined(separator: "\n")
  }

  /// The rows down to the last that holds something, with line breaks.
  public var text: String {
    var rows = rows
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows.joined(separator: "\n")
  }

  /// Where the cursor stands, from 0.
  public var cursor: (row: Int, column: Int) { (row, column) }

  /// Shows the next bytes; characters may come in pieces.
  public mutating func feed(_ bytes: [UInt8]) {
    undecoded += bytes
    var complete = undecoded.count
    // At most three bytes at the end can belong to a character that is still to come.
    for back in 1...4 where back <= undecoded.count {
      let byte = undecoded[undecoded.count - back]
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if byte & 0xC0 == 0x80 { continue }
      if length > back { complete = undecoded.count - back }
      break
    }
    let scalars = String(decoding: undecoded[..<complete], as: UTF8.self).unicodeScalars
    undecoded.removeFirst(complete)
    for scalar in scalars { feed(scalar) }
  }

  private mutating func feed(_ scalar: Unicode.Scalar) {
    if let started = escape {
      continueEscape(started, scalar)
      return
    }
    switch scalar {
    case "\u{1B}": escape = ""
    case "\r": moveTo(row, 0)
    case "\n": lineFeed()
    case "\u{8}": moveTo(row, isWrapPending ? column : column - 1)
    case "\t": moveTo(row, (column / 8 + 1) * 8)
    case "\0"..."\u{1F}": break
    default: put(scalar)
    }
  }

  private mutating func continueEscape(_ started: String, _ scalar: Unicode.Scalar) {
    let sequence = started + String(scalar)
    if sequence.hasPrefix("[") {
      let isFinal = sequence.count > 1 && (0x40...0x7E).contains(scalar.value)
      escape = isFinal ? nil : sequence
      if isFinal { control(scalar, sequence.dropFirst().dropLast()) }
    } else if sequence.hasPrefix("]") {
      escape = scalar == "\u{7}" ? nil : sequence
    } else if sequence.count == 1, "()#".contains(Character(scalar)) {
      escape = sequence
    } else {
      escape = nil
      switch scalar {
      case "M": moveTo(row - 1, column)
      case "7": savedCursor = (row, column)
      case "8": moveTo(savedCursor.row, savedCursor.column)
      default: break
      }
    }
  }

  private mutating func control(_ final: Unicode.Scalar, _ parameters: Substring) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first.flatMap { $0 }
    let count = max(1, first ?? 1)
    switch final {
    case "A": moveTo(row - count, column)
    case "B": moveTo(row + count, column)
    case "C": moveTo(row, column + count)
    case "D": moveTo(row, column - count)
    case "G": moveTo(row, count - 1)
    case "H", "f": moveTo(count - 1, max(1, numbers.dropFirst().first.flatMap { $0 } ?? 1) - 1)
    case "h" where parameters == "?1049" && ordinary == nil: ordinary = (cells, row, column)
    case "l" where parameters == "?1049": returnToOrdinary()
    case "J": eraseDisplay(first ?? 0)
    case "K": eraseLine(first ?? 0)
    case "P": removeCells(count)
    case "@": insertCells(count)
    case "X": for index in column..<min(width, column + count) { set(Cell(), at: index) }
    case "m": for number in numbers { isDim = number == 2 || isDim && number == 1 }
    default: break
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let columns = Self.columns(of: scalar)
    if columns == 0 {
      let previous = column - (isWrapPending ? 0 : 1)
      if let base = cells[row].prefix(previous + 1).lastIndex(where: { !$0.text.isEmpty }) {
        cells[row][base].text.unicodeScalars.append(scalar)
      }
      return
    }
    if isWrapPending || column + columns > width {
      column = 0
      wrapsOn[row] = true
      lineFeed()
    }
    set(Cell(text: String(scalar), isDim: isDim), at: column)
    if columns == 2 { set(Cell(text: "", isDim: isDim), at: column + 1) }
    column += columns
    isWrapPending = column == width
    if isWrapPending { column -= 1 }
  }

  /// As most terminals draw it: CJK and pictures in two columns, marks on the character before.
  private static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200D, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  private mutating func set(_ cell: Cell, at index: Int) {
    while cells[row].count <= index { cells[row].append(Cell()) }
    cells[row][index] = cell
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row == height - 1 { scroll() }
    row += 1
  }

  private mutating func scroll() {
    scrollWithoutNewRow()
    appendRow([])
  }

  /// Takes the first row away.
  mutating func scrollWithoutNewRow() {
    scrolledOff.append(Self.text(cells.removeFirst()))
    wrapsOn.removeFirst()
    row -= 1
  }

  private mutating func moveTo(_ newRow: Int, _ newColumn: Int) {
    isWrapPending = false
    row = min(height - 1, max(0, newRow))
    column = min(width - 1, max(0, newColumn))
  }

  private mutating func eraseLine(_ part: Int) {
    switch part {
    case 0:
      if cells[row].count > column { cells[row].removeSubrange(column...) }
      wrapsOn[row] = false
    case 1: for index in 0...column { set(Cell(), at: index) }
    default:
      cells[row] = []
      wrapsOn[row] = false
    }
  }

  /// What xterm calls the alternate screen has come to its end; its rows are gone.
  private mutating func returnToOrdinary() {
    guard let saved = ordinary else { return }
    (cells, row, column) = saved
    ordinary = nil
    isWrapPending = false
  }

  private mutating func eraseDisplay(_ part: Int) {
    switch part {
    case 0:
      eraseLine(0)
      for below in cells.indices where below > row { (cells[below], wrapsOn[below]) = ([], false) }
    case 1:
      eraseLine(1)
      for above in 0..<row { (cells[above], wrapsOn[above]) = ([], false) }
    default:
      cells = Array(repeating: [], count: height)
      wrapsOn = Array(repeating: false, count: height)
    }
  }

  private mutating func removeCells(_ count: Int) {
    guard cells[row].count > column else { return }
    cells[row].removeSubrange(column..<min(cells[row].count, column + count))
  }

  private mutating func insertCells(_ count: Int) {
    guard cells[row].count > column else { return }
    cells[row].insert(contentsOf: Array(repeating: Cell(), count: count), at: column)
    if cells[row].count > width { cells[row].removeSubrange(width...) }
  }

  private static func text(_ cells: [Cell]) -> String {
    cells.prefix((cells.lastIndex { $0.text != " " && !$0.text.isEmpty } ?? -1) + 1).map(\.text).joined()
  }
}
