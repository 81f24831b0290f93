import CLibEdit
import Glibc

/// What comes from the keyboard and, by signals, from the system.
extension EditingSession {
  /// Called by libedit for each key, with the terminal in raw mode: 1 for a key, 0 for the end of input.
  func readKey(into key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let key else { return 0 }
    keepCursorInside()
    if !isAwaitingKeys {
      isAwaitingKeys = true
      keepWantedKeys()
      if restored != nil {
        key.pointee = hypo_key_restore
        return 1
      }
      if let readinessMark { hypo_write_out(readinessMark) }
    }
    while true {
      if let interruptKey = nextInterruptKey() {
        key.pointee = interruptKey
        return 1
      }
      showGhost()
      let event = reader.next()
      if case .take(let whole) = event {
        takeGhost(whole: whole)
        continue
      }
      eraseGhost()
      switch event {
      case .take: continue
      case .scalar(let scalar):
        key.pointee = wchar_t(bitPattern: scalar.value)
        return 1
      case .paste:
        key.pointee = hypo_key_paste
        return 1
      case .end: return 0
      case .signals(let signals):
        if answer(signals) { return 0 }
      }
    }
  }

  /// vi's `$` goes to the place in front of an empty line, and what is done there spoils the memory.
  private func keepCursorInside() {
    guard let line = el_wline(editor)?.pointee, let buffer = line.buffer, line.cursor < buffer else { return }
    el_cursor(editor, Int32(buffer - line.cursor))
  }

  /// Whatever libedit is in the middle of (a key sequence, a search, a quoted character) may swallow the
  /// key, so it is given again until `interrupt` has run, with an Escape now and then to end a sub-prompt.
  private func nextInterruptKey() -> wchar_t? {
    guard let attempts = interruptAttempts else { return nil }
    interruptAttempts = attempts + 1
    return attempts % 3 == 2 ? 0x1B : hypo_key_interrupt
  }

  /// True when the line has to end at once.
  func answer(_ signals: [Signal]) -> Bool {
    for signal in signals {
      switch signal {
      case .interrupt: interruptAttempts = 0
      case .terminate, .hangUp:
        ending = .terminated(signal)
        return true
      case .windowChange: redrawAfterResize()
      case .stop: stop()
      case .continued: redrawAfterStop()
      }
    }
    return false
  }

  /// The terminal may have wrapped the rows anew: go to where the prompt must be now, and draw from there.
  private func redrawAfterResize() {
    el_resize(editor)
    if !knowsSequences {
      hypo_write_out("\r\n")
    } else {
      let (row, _) = rows()
      hypo_write_out((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J")
    }
    hypo_el_refresh(editor)
  }

  /// Leaves the screen and the terminal as a shell likes them: what it writes comes below the line.
  private func stop() {
    let (row, last) = rows()
    if knowsSequences, last > row { hypo_write_out("\u{1B}[\(last - row)B") }
    if marksPaste { hypo_write_out("\u{1B}[?2004l") }
    hypo_el_prepare_terminal(editor, 0)
    if !reader.signals.stop() {
      hypo_write_out("\n")
      redrawAfterStop()
    }
  }

  /// The shell had the terminal in between, and set it to its own liking.
  private func redrawAfterStop() {
    hypo_el_prepare_terminal(editor, 0)
    hypo_el_prepare_terminal(editor, 1)
    keepWantedKeys()
    el_resize(editor)
    if marksPaste { hypo_write_out("\u{1B}[?2004h") }
    hypo_el_refresh(editor)
  }

  /// The rows of the cursor and of the line's end, from 0 at the prompt.
  func rows() -> (cursor: Int, last: Int) {
    let (line, cursor) = currentLine()
    let columns = terminal.width
    func row(_ text: String) -> Int {
      LinePosition(after: text, from: promptWidth, columns: columns).row
    }
    return (row(String(Substring(line.utf8.prefix(cursor)))), row(line))
  }
}
