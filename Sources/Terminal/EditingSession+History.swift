import CLibEdit

/// The arrow keys: through the rows of an entry, and from entry to entry.
///
/// libedit's own keys keep no more than 1,023 characters of a line that they leave.
extension EditingSession {
  /// To the row above; from the first one to the older entry.
  func up() -> UInt8 { moveRow(up: true) ?? older() }

  /// To the row below; from the last one to the newer entry.
  func down() -> UInt8 { moveRow(up: false) ?? newer() }

  /// To the older entry; a beep when there is none.
  func older() -> UInt8 { recall(walk.older(than: currentLine().text)) }

  /// To the newer entry or back to the typed line; a beep when that stands there.
  func newer() -> UInt8 { recall(walk.newer()) }

  private func recall(_ entry: String?) -> UInt8 {
    guard let entry else { return UInt8(CC_ERROR) }
    replaceLine(with: entry)
    return UInt8(CC_REFRESH)
  }

  /// Nil when there is no row to go to; an entry that is higher than the screen is passed as a whole, because
  /// libedit shows its end only.
  private func moveRow(up: Bool) -> UInt8? {
    let (line, offset) = currentLine()
    let cursor = Substring(line.utf8.prefix(offset)).unicodeScalars.count
    // An arrow has left vi's insert mode before it gets here.
    let step = HistoryWalk.rowStep(line, cursor: cursor, up: up, ontoLast: reader.isVi)
    guard let step, rows().last < terminal.height else {
      return nil
    }
    el_cursor(editor, Int32(step))
    return UInt8(CC_CURSOR)
  }
}
