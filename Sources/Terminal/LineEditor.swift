import CLibEdit
import Glibc

/// Reads lines from the terminal with editing, history and completion, on libedit.
///
/// One at a time for a process, on one thread, while standard input and output are a terminal; the locale
/// must be UTF-8 (`TerminalLocale`). Keys follow emacs unless `~/.editrc` says otherwise. Pasted text goes
/// in as it is, newlines and tabs included, and becomes one line.
public final class LineEditor {
  /// What a person did at the prompt.
  public enum Input: Hashable, Sendable {
    /// Enter was pressed; no newline at the end, but pasted or recalled text may hold some.
    case line(String)
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfFile
    /// Ctrl-C: what was typed is to be forgotten.
    case interrupted
    /// SIGTERM or SIGHUP came.
    case terminated(Signal)
  }

  /// What a caller may choose.
  public struct Options: Sendable {
    /// Whether to read `$EDITRC` or `~/.editrc`.
    public var readsEditrc = true
    /// Whether prompt and lists have attributes.
    public var usesColour = false
    /// Whether pastes are recognised, where the terminal can mark them.
    public var recognisesPaste = true
    /// Entries that the history keeps.
    public var historyLimit = 10_000
    /// Written each time when keys are awaited, for tests that drive the editor; nil in ordinary life.
    public var readinessMark: String?

    /// The choices for ordinary life, without colour.
    public init() {}
  }

  /// Work that goes on while keys are awaited, such as reading from a server.
  ///
  /// A key never waits for it longer than one `proceed` takes.
  public struct Background {
    /// What to watch now, asked for before each wait; none when there is nothing to do.
    public var descriptors: () -> [(descriptor: Int32, forWriting: Bool)]
    /// Called when one of them is ready or broken; it must be quick and must not write to the terminal.
    public var proceed: () -> Void

    /// Work that goes on when one of `descriptors` is ready.
    public init(
      descriptors: @escaping () -> [(descriptor: Int32, forWriting: Bool)], proceed: @escaping () -> Void
    ) {
      self.descriptors = descriptors
      self.proceed = proceed
    }
  }

  /// Text that is shown behind the line, and how much of it a key can take.
  public struct Hint: Hashable, Sendable {
    /// What is shown.
    public let text: String
    /// Its beginning that can be taken; empty when it is there to be seen only.
    public let taken: String

    /// `taken` is the beginning of `text` that can be taken; nil for all of it.
    public init(_ text: String, taken: String? = nil) {
      self.text = text
      self.taken = taken ?? text
    }
  }

  let session: EditingSession
  let options: Options
  private let terminal = TerminalProperties(fileDescriptor: STDOUT_FILENO)
  /// Work that goes on while lines are read; nil for none.
  public var background: Background? {
    get { session.reader.background }
    set { session.reader.background = newValue }
  }
  private var entries: HistoryEntries
  private var store: HistoryStore?
  private let hint: (String) -> Hint?
  private var prefilled: String?

  /// An editor on standard input and output.
  ///
  /// `programName` is what `~/.editrc` may name in front of a setting. `completions` gets the line and the
  /// cursor as an offset into the line's UTF-8. `isSecret` tells the entries that the history must not hold.
  /// `hint` gets a line with the cursor at its end, not an empty one, and gives what may follow: it stands
  /// there dim until a key takes what of it can be taken (right arrow, End, Ctrl-E, Ctrl-F; a word: Ctrl-right
  /// arrow, Alt-F). For nil
  /// it is the rest of the newest entry of the history that begins with the line. There is no such text on a
  /// dumb terminal, without colour, and where the row has no room.
  /// Throws: `TerminalError` with code `notATerminal` or `lineEditor`.
  public init(
    programName: String, signals: Signals, options: Options = Options(),
    isSecret: @escaping (_ entry: String) -> Bool = { _ in false },
    completions: @escaping (_ line: String, _ cursor: Int) -> [Completion],
    hint: @escaping (_ line: String) -> Hint? = { _ in nil }
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalError(
        .notATerminal, "cannot edit lines: standard input and output are not both a terminal")
    }
    self.options = options
    self.hint = hint
    entries = HistoryEntries(limit: options.historyLimit, isSecret: isSecret)
    session = try EditingSession(
      programName: programName, signals: signals, options: options, completions: completions)
  }

  /// Shows a plain question and waits for the answer.
  ///
  /// No hint stands behind it: what was typed before is no answer.
  /// Throws: as for a prompt.
  public func readLine(prompt: String) throws(TerminalError) -> Input {
    try readLine(prompt: StyledText(prompt), givesHints: false)
  }

  /// Shows `prompt`, of one line, and waits for what the person does.
  ///
  /// `givesHints` is false where the line is not a whole entry of its own. Signals that came before are
  /// answered first. The cursor stands in the first column afterwards.
  /// Throws: `TerminalError` with code `inputOutput`. The end of input is not an error.
  public func readLine(prompt: StyledText, givesHints: Bool = true) throws(TerminalError) -> Input {
    session.setPrompt(prompt, colour: options.usesColour)
    let texts = entries.texts
    let continues = givesHints && options.usesColour && session.knowsSequences
    session.continuation =
      continues
      ? { [hint] line in hint(line) ?? Ghost.continuation(of: line, in: texts).map { Hint($0) } } : nil
    session.walk = HistoryWalk(texts)
    session.restored = prefilled.map { ($0, $0.utf8.count) }
    prefilled = nil
    defer { session.restored = nil }
    while true {
      switch session.edit() {
      case .line(let text): return .line(text)
      case .interrupted: return .interrupted
      case .terminated(let signal):
        hypo_write_out("\n")
        return .terminated(signal)
      case .endOfFile:
        hypo_write_out("\n")
        if let failure = session.reader.failure { throw failure }
        return .endOfFile
      case .list(let completions, let line, let cursor):
        show(completions)
        session.restored = (line, cursor)
      }
    }
  }

  /// Makes the next `readLine` begin with `line`, which may hold newlines, and the cursor at its end.
  public func prefill(_ line: String) { prefilled = line }

  /// Remembers `entry` in memory and, after `useHistory`, in the store.
  ///
  /// Blank entries, those that start with a space and secrets are left out; an equal older one goes away.
  /// Throws: what the store throws when it cannot be written; memory has the entry then.
  public func addHistory(_ entry: String) throws {
    guard let text = entries.kept(of: entry) else { return }
    switch entries.add(text) {
    case .none: return
    case .added: session.enterHistory(text)
    case .moved: session.setHistory(entries.texts)
    }
    try store?.append(text)
  }

  /// Takes the history from a store, and adds to it from now on.
  ///
  /// One that holds more than twice what the editor keeps is cut back to the newest entries, each once.
  /// Throws: what the store throws; when it cannot be read, the editor works on without it.
  public func useHistory(_ store: HistoryStore) throws {
    let all = try store.load()
    entries.replace(with: all)
    session.setHistory(entries.texts)
    self.store = store
    guard all.count > 2 * options.historyLimit else { return }
    try store.rewrite { [limit = options.historyLimit] in HistoryEntries.newest($0, limit: limit) }
  }

  /// The names of libedit's and hypo's functions that some key reaches, sorted.
  package var boundFunctions: [String] { session.boundFunctions().sorted() }

  /// What the history holds, oldest first.
  public var history: [String] { entries.texts }

  private func show(_ completions: [Completion]) {
    let lines = CompletionList.lines(completions, width: terminal.width, height: terminal.height - 2)
    hypo_write_out(lines.map { $0.render(colour: options.usesColour) + "\n" }.joined())
  }
}
