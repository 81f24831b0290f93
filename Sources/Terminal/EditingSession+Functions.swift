import CLibEdit

/// What keys are bound to; each answers what libedit has to do next.
extension EditingSession {
  func interrupt() -> UInt8 {
    interruptAttempts = nil
    ending = .interrupted
    moveToEnd()
    insert("^C")
    return endLine(UInt8(CC_REFRESH))
  }

  func complete() -> UInt8 {
    let (line, cursor) = currentLine()
    let found = completions(line, cursor)
    switch CompletionStep.decide(found, line: line, cursor: cursor) {
    case .nothing: return UInt8(CC_ERROR)
    case .replace(let start, let text):
      let replaced = Substring(line.utf8.prefix(cursor).dropFirst(start))
      el_deletestr(editor, Int32(replaced.unicodeScalars.count))
      insert(text)
      return UInt8(CC_REFRESH)
    case .list(let completions):
      ending = .list(completions, line: line, cursor: cursor)
      return endLine(UInt8(CC_NORM))
    }
  }

  func restore() -> UInt8 {
    guard let (line, cursor) = restored else { return UInt8(CC_NORM) }
    restored = nil
    insert(line)
    let after = Substring(line.utf8.dropFirst(cursor)).unicodeScalars.count
    if after > 0 { el_cursor(editor, -Int32(after)) }
    // Keys are awaited once this is drawn.
    isAwaitingKeys = false
    return UInt8(CC_REFRESH)
  }

  func paste() -> UInt8 {
    let pasted = reader.readPaste()
    if let text = pasted.text { insert(text) }
    if answer(pasted.signals) { return UInt8(CC_EOF) }
    let isAtEnd = pasted.text == nil && !pasted.signals.contains(.interrupt)
    return UInt8(isAtEnd ? CC_EOF : CC_REFRESH)
  }

  /// Only libedit's own ed-newline leaves its books in order; pushed keys come before typed ones.
  private func endLine(_ answer: UInt8) -> UInt8 {
    var key: [wchar_t] = [hypo_key_newline, 0]
    el_wpush(editor, &key)
    return answer
  }
}
