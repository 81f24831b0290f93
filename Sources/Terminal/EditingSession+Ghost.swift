import CLibEdit

/// libedit knows no hints: they are drawn behind its back, while it waits for a key, and are gone from the
/// screen before it gets one.
extension EditingSession {
  /// Draws what may follow, when there is something and room for it.
  ///
  /// Keys that wait already would only erase it again.
  func showGhost() {
    guard ghost == nil, let continuation, !reader.hasInput, let line = lineAtEnd(),
      let hint = continuation(line),
      let ghost = Ghost(hint, room: terminal.width - 1 - promptWidth - columns(of: line))
    else { return }
    self.ghost = ghost
    reader.offersGhost = true
    // The cursor comes back by itself: no count of columns can be wrong.
    hypo_write_out("\u{1B}7" + StyledText(ghost.picture, .dim).render(colour: true) + "\u{1B}8")
  }

  /// Leaves the row as it was without.
  func eraseGhost() {
    guard ghost != nil else { return }
    ghost = nil
    reader.offersGhost = false
    hypo_write_out("\u{1B}[K")
  }

  /// Makes it, or its first word, part of the line.
  ///
  /// In place of a key that libedit would work off: it may be in the middle of something else. Nothing happens
  /// when nothing of it can be taken.
  func takeGhost(whole: Bool) {
    guard let ghost, !ghost.text.isEmpty else { return }
    eraseGhost()
    insert(whole ? ghost.text : ghost.firstWord)
    // The line has one row so far, and libedit draws anew from its beginning.
    hypo_write_out("\r")
    hypo_el_refresh(editor)
  }

  /// As libedit counts: it draws a joined sequence in as many columns as its parts take.
  private func columns(of line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + DisplayWidth.of(String($1)) }
  }

  /// The line when the cursor is at its end; nil for an empty one, one that cannot leave room in its row, and
  /// one with control characters: below a line break libedit shows what is searched for.
  private func lineAtEnd() -> String? {
    guard let line = el_wline(editor)?.pointee, let buffer = line.buffer, line.cursor == line.lastchar,
      (1..<terminal.width).contains(line.lastchar - buffer)
    else { return nil }
    let text = currentLine().text
    return text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } ? text : nil
  }
}
