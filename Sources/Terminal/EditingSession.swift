import CLibEdit
import Glibc

/// The owner of libedit's handle, and what its callbacks share.
///
/// Whatever needs the screen for itself (a list of completions) ends libedit's line, does its work in
/// ordinary circumstances, and has the line put back at the next start: libedit redraws its rows only if it
/// alone has moved the cursor.
final class EditingSession {
  /// Why libedit's line ended.
  enum Ending {
    case line(String)
    case interrupted
    case terminated(Signal)
    case endOfFile
    case list([Completion], line: String, cursor: Int)
  }

  let editor: OpaquePointer
  private let historyHandle: OpaquePointer
  let reader: KeyReader
  let completions: (String, Int) -> [Completion]
  private let readinessMark: String?
  private let knowsSequences: Bool
  private let marksPaste: Bool
  private let terminal = TerminalProperties(fileDescriptor: STDOUT_FILENO)

  /// The prompt's characters and a zero; libedit reads them while it draws.
  private(set) var prompt: UnsafeMutablePointer<wchar_t>
  private var promptWidth = 0
  /// The line and its cursor (UTF-8 offset) to begin with.
  var restored: (line: String, cursor: Int)?
  /// Set by a callback that ends the line; nil for Enter and the end of input.
  var ending: Ending?
  private var isAwaitingKeys = false
  /// How often the pending Ctrl-C was given to libedit without reaching `interrupt`; nil when none pends.
  private var interruptAttempts: Int?

  init(
    programName: String, signals: Signals, options: LineEditor.Options,
    completions: @escaping (String, Int) -> [Completion]
  ) throws(TerminalError) {
    guard let editor = hypo_el_init(programName), let history = history_winit() else {
      throw TerminalError(
        .lineEditor, "could not start the line editor",
        hint: "check that TERM names a terminal that this machine knows")
    }
    self.editor = editor
    historyHandle = history
    knowsSequences = hypo_el_can_erase(editor)
    marksPaste = knowsSequences && options.recognisesPaste
    reader = KeyReader(descriptor: STDIN_FILENO, signals: signals, recognisesPaste: marksPaste)
    self.completions = completions
    readinessMark = options.readinessMark
    prompt = .allocate(capacity: 1)
    prompt.initialize(to: 0)
    hypo_history_set_size(history, Int32(clamping: options.historyLimit))
    hypo_el_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
    hypo_el_use_emacs(editor)
    hypo_el_set_prompt(editor) { EditingSession.of($0)?.prompt }
    hypo_el_set_reader(editor) { EditingSession.of($0)?.readKey(into: $1) ?? 0 }
    hypo_el_set_history(editor, history)
    hypo_el_add_functions(
      editor, { editor, _ in EditingSession.of(editor)?.complete() ?? UInt8(CC_ERROR) },
      { editor, _ in EditingSession.of(editor)?.interrupt() ?? UInt8(CC_ERROR) },
      { editor, _ in EditingSession.of(editor)?.restore() ?? UInt8(CC_ERROR) },
      { editor, _ in EditingSession.of(editor)?.paste() ?? UInt8(CC_ERROR) })
    hypo_el_bind_comforts(editor)
    if options.readsEditrc { el_source(editor, nil) }
    hypo_el_bind_own_keys(editor)
    if hypo_el_is_vi(editor) { hypo_el_bind_search(editor) }
  }

  deinit {
    el_end(editor)
    history_wend(historyHandle)
    prompt.deallocate()
  }

  func setPrompt(_ text: StyledText, colour: Bool) {
    let scalars = PromptText.scalars(of: text, colour: colour)
    prompt.deallocate()
    prompt = .allocate(capacity: scalars.count + 1)
    for (index, scalar) in scalars.enumerated() {
      (prompt + index).initialize(to: wchar_t(bitPattern: scalar.value))
    }
    (prompt + scalars.count).initialize(to: 0)
    promptWidth = text.width
  }

  /// One line of libedit.
  func edit() -> Ending {
    ending = nil
    isAwaitingKeys = false
    if marksPaste { hypo_write_out("\u{1B}[?2004h") }
    var count: Int32 = 0
    let text = el_wgets(editor, &count).map { Self.text($0, count: Int(count)) }
    if marksPaste { hypo_write_out("\u{1B}[?2004l") }
    if let ending { return ending }
    guard var text else { return .endOfFile }
    if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
    return .line(text)
  }

  // MARK: History

  func enterHistory(_ entry: String) {
    Self.withWide(entry) { hypo_history_enter(historyHandle, $0) }
  }

  func setHistory(_ entries: [String]) {
    hypo_history_clear(historyHandle)
    for entry in entries { enterHistory(entry) }
  }

  // MARK: Keys

  /// Called by libedit for each key, with the terminal in raw mode: 1 for a key, 0 for the end of input.
  private func readKey(into key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let key else { return 0 }
    if !isAwaitingKeys {
      isAwaitingKeys = true
      if restored != nil {
        key.pointee = hypo_key_restore
        return 1
      }
      announceReadiness()
    }
    while true {
      if let interruptKey = nextInterruptKey() {
        key.pointee = interruptKey
        return 1
      }
      switch reader.next() {
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

  func announceReadiness() {
    if let readinessMark { hypo_write_out(readinessMark) }
  }

  /// Whatever libedit is in the middle of (a key sequence, a search, a quoted character) may swallow the
  /// key, so it is given again until `interrupt` has run, with an Escape now and then to end a sub-prompt.
  private func nextInterruptKey() -> wchar_t? {
    guard let attempts = interruptAttempts else { return nil }
    interruptAttempts = attempts + 1
    return attempts % 3 == 2 ? 0x1B : hypo_key_interrupt
  }

  /// True when the line has to end at once.
  private func answer(_ signals: [Signal]) -> Bool {
    for signal in signals {
      switch signal {
      case .interrupt: interruptAttempts = 0
      case .terminate, .hangUp:
        ending = .terminated(signal)
        return true
      case .windowChange: redrawAfterResize()
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
      let (line, cursor) = currentLine()
      let before = StyledText(String(Substring(line.utf8.prefix(cursor)))).lines
      let columns = max(1, terminal.width)
      let rows = before.enumerated().reduce(before.count - 1) { rows, item in
        rows + (item.element.width + (item.offset == 0 ? promptWidth : 0)) / columns
      }
      hypo_write_out((rows > 0 ? "\u{1B}[\(rows)A" : "") + "\r\u{1B}[J")
    }
    hypo_el_refresh(editor)
  }

  /// The shell had the terminal in between, and set it to its own liking.
  private func redrawAfterStop() {
    hypo_el_prepare_terminal(editor, 0)
    hypo_el_prepare_terminal(editor, 1)
    el_resize(editor)
    if marksPaste { hypo_write_out("\u{1B}[?2004h") }
    hypo_el_refresh(editor)
  }

  // MARK: Functions bound to keys

  private func interrupt() -> UInt8 {
    interruptAttempts = nil
    ending = .interrupted
    moveToEnd()
    insert("^C")
    return endLine(UInt8(CC_REFRESH))
  }

  private func complete() -> UInt8 {
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

  private func restore() -> UInt8 {
    guard let (line, cursor) = restored else { return UInt8(CC_NORM) }
    restored = nil
    insert(line)
    let after = Substring(line.utf8.dropFirst(cursor)).unicodeScalars.count
    if after > 0 { el_cursor(editor, -Int32(after)) }
    // Keys are awaited once this is drawn.
    isAwaitingKeys = false
    return UInt8(CC_REFRESH)
  }

  private func paste() -> UInt8 {
    let pasted = reader.readPaste()
    if let text = pasted.text {
      insert(text)
    } else if answer(pasted.signals) || pasted.signals.isEmpty {
      return UInt8(CC_EOF)
    }
    return UInt8(CC_REFRESH)
  }

  /// Only libedit's own ed-newline leaves its books in order; pushed keys come before typed ones.
  private func endLine(_ answer: UInt8) -> UInt8 {
    var key: [wchar_t] = [hypo_key_newline, 0]
    el_wpush(editor, &key)
    return answer
  }

  // MARK: Text

  private func currentLine() -> (text: String, cursor: Int) {
    guard let line = el_wline(editor)?.pointee, let buffer = line.buffer else { return ("", 0) }
    let text = Self.text(buffer, count: line.lastchar - buffer)
    return (text, Self.text(buffer, count: line.cursor - buffer).utf8.count)
  }

  private func moveToEnd() {
    guard let line = el_wline(editor)?.pointee else { return }
    el_cursor(editor, Int32(line.lastchar - line.cursor))
  }

  private func insert(_ text: String) {
    Self.withWide(text) { _ = el_winsertstr(editor, $0) }
  }

  private static func of(_ editor: OpaquePointer?) -> EditingSession? {
    guard let editor, let data = hypo_el_client_data(editor) else { return nil }
    return Unmanaged.fromOpaque(data).takeUnretainedValue()
  }

  private static func text(_ start: UnsafePointer<wchar_t>, count: Int) -> String {
    var text = String.UnicodeScalarView()
    for character in UnsafeBufferPointer(start: start, count: count) {
      text.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    return String(text)
  }

  private static func withWide(_ text: String, _ body: (UnsafePointer<wchar_t>) -> Void) {
    let wide = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    wide.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { body(start) }
    }
  }
}
