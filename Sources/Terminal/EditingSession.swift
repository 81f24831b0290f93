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
  /// What may follow the line; nil where no ghost text is to be shown.
  var continuation: ((String) -> LineEditor.Hint?)?
  /// Where in the history the line stands.
  var walk = HistoryWalk()
  /// Characters that libedit's buffers hold without being made larger.
  private var reserved = 0
  private var longestEntry = 0
  /// What stands dim behind the cursor.
  var ghost: Ghost?
  let readinessMark: String?
  let knowsSequences: Bool
  let marksPaste: Bool
  let terminal = TerminalProperties(fileDescriptor: STDOUT_FILENO)

  /// The prompt's characters and a zero; libedit reads them while it draws.
  private(set) var prompt: UnsafeMutablePointer<wchar_t>
  var promptWidth = 0
  /// The line and its cursor (UTF-8 offset) to begin with.
  var restored: (line: String, cursor: Int)?
  /// Set by a callback that ends the line; nil for Enter and the end of input.
  var ending: Ending?
  var isAwaitingKeys = false
  /// How often the pending Ctrl-C was given to libedit without reaching `interrupt`; nil when none pends.
  var interruptAttempts: Int?

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
    hypo_el_add_history_functions(
      editor, { editor, _ in EditingSession.of(editor)?.up() ?? UInt8(CC_ERROR) },
      { editor, _ in EditingSession.of(editor)?.down() ?? UInt8(CC_ERROR) },
      { editor, _ in EditingSession.of(editor)?.older() ?? UInt8(CC_ERROR) },
      { editor, _ in EditingSession.of(editor)?.newer() ?? UInt8(CC_ERROR) })
    hypo_el_bind_comforts(editor)
    if options.readsEditrc, let path = Self.settingsPath { readSettings(path) }
    keepWantedFunctions()
    hypo_el_bind_own_keys(editor)
    reader.isVi = hypo_el_is_vi(editor)
    if reader.isVi {
      hypo_el_bind_search(editor)
      hypo_el_bind_vi_history(editor)
    }
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
    reserve()
    // Whoever waited for a command has taken the news of another size.
    el_resize(editor)
    reader.signals.holdStop(true)
    defer { reader.signals.holdStop(false) }
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
    longestEntry = max(longestEntry, entry.unicodeScalars.count)
    Self.withWide(entry) { hypo_history_enter(historyHandle, $0) }
  }

  func setHistory(_ entries: [String]) {
    hypo_history_clear(historyHandle)
    for entry in entries { enterHistory(entry) }
  }

  /// A search goes on with pointers into the old buffer when an entry that it finds needs a larger one.
  private func reserve() {
    let needed = longestEntry + 2_048
    guard needed > reserved else { return }
    reserved = 2 * needed
    replaceLine(with: String(repeating: " ", count: reserved))
  }

  // MARK: The line

  func currentLine() -> (text: String, cursor: Int) {
    guard let line = el_wline(editor)?.pointee, let buffer = line.buffer else { return ("", 0) }
    let text = Self.text(buffer, count: line.lastchar - buffer)
    return (text, Self.text(buffer, count: line.cursor - buffer).utf8.count)
  }

  func moveToEnd() {
    guard let line = el_wline(editor)?.pointee else { return }
    el_cursor(editor, Int32(line.lastchar - line.cursor))
  }

  /// Puts `text` in the place of the line, with the cursor at its end.
  func replaceLine(with text: String) {
    moveToEnd()
    // An empty text is refused.
    Self.withWide(text.isEmpty ? " " : text) { _ = el_wreplacestr(editor, $0) }
    if text.isEmpty { el_deletestr(editor, 1) }
    moveToEnd()
  }

  func insert(_ text: String) {
    Self.withWide(text) { _ = el_winsertstr(editor, $0) }
  }

  private static func of(_ editor: OpaquePointer?) -> EditingSession? {
    guard let editor, let data = hypo_el_client_data(editor) else { return nil }
    return Unmanaged.fromOpaque(data).takeUnretainedValue()
  }

  static func text(_ start: UnsafePointer<wchar_t>, count: Int) -> String {
    var text = String.UnicodeScalarView()
    for character in UnsafeBufferPointer(start: start, count: count) {
      text.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    return String(text)
  }

  static func withWide(_ text: String, _ body: (UnsafePointer<wchar_t>) -> Void) {
    let wide = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    wide.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { body(start) }
    }
  }
}
