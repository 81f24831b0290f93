import IndexDesign
import Reports
import Storage
import Terminal

/// Where the reports of a session go: to the screen in the form that is set, or to a command's file.
final class ReportOutput {
  private var screen: (format: Settings.Format, writer: ReportWriter)?
  private var file: (file: ReplacedFile, form: FileForm, writer: ReportWriter)?
  /// What the command that runs has shown so far; of long results the first rows, unless they are recorded.
  private(set) var shown: [Report] = []
  /// Whether a replay needs results whole, also those that another program would write to the screen.
  var isKeptWhole = false
  /// Whether results are recorded into a notebook, and so kept whole, too.
  var isRecorded = false
  /// Whether nothing is written to the screen.
  var isSilent = false
  private var answers: [Report.Answer] = []
  private let console: any Console
  private let workspace: Workspace
  private static let rowsKept = 1_000

  init(_ console: any Console, _ workspace: Workspace) {
    (self.console, self.workspace) = (console, workspace)
  }

  /// Whether results are wanted whole, for a replay that compares them or for a recording.
  var wantsWholeResults: Bool { isKeptWhole || isRecorded }

  /// Forgets what the command before has shown.
  func beginCommand() { shown = [] }

  /// Writes a command's report to its file, else to the screen.
  ///
  /// - Throws: what its rows throw, and `Failure` when the form has no shape for it.
  func show(_ report: Report) throws {
    if let file { return try write(alone(report), file.writer, file.file.write) }
    if isSilent { return try write(report, silentWriter()) { _ in } }
    let writer = writer()
    let pager = Pager.chosen(workspace.settings.pager, workspace.environment)
    // A program that reads several plans must know whose each is; people see the command above it.
    let written = workspace.settings.format.isForPeople ? report : alone(report)
    try console.page(through: pager) { put in
      try write(written, as: report, writer) { try put(visible($0)) }
    }
    tellSentences(of: report)
  }

  /// Shows on the screen what a person must see before the command ends, and writes it to the file too.
  func showEarly(_ report: Report) throws {
    if let file { try file.writer.write(alone(report), to: file.file.write) }
    if isSilent {
      tellEvenSo(report)
      return try write(report, silentWriter()) { _ in }
    }
    try write(report, writer()) { console.put(visible($0)) }
    tellSentences(of: report)
    if workspace.settings.format.isForPeople { console.put("\n") }
  }

  /// Whoever reads a file has not seen what was typed before.
  private func alone(_ report: Report) -> Report {
    report.standingAlone { workspace.designs[$0]?.definition.shortForm }
  }

  /// Writes a report and keeps it, with the rows that came.
  ///
  /// - Parameter kept: what is kept of it; nil for all that is written.
  private func write(
    _ report: Report, as kept: Report? = nil, _ writer: ReportWriter, _ put: (String) throws -> Void
  ) throws {
    answers = []
    try writer.write(report, to: put)
    guard !report.blocks.isEmpty else { return }
    var report = kept ?? report
    for index in report.blocks.indices {
      if case .rows = report.blocks[index], !answers.isEmpty {
        report.blocks[index] = .answer(answers.removeFirst())
      }
    }
    shown.append(report)
  }

  /// Hands the rows of statements on and keeps them.
  private func rows() -> ReportWriter.RowSource {
    let source = RawSQL.rows(in: workspace)
    return { [unowned self] sql, receive in
      var answer = Report.Answer(name: "rows", columns: [], rows: [], tag: "")
      answer.tag = try source(sql) { columns, rows in
        answer.columns = columns
        let isWhole = wantsWholeResults && file == nil
        answer.rows += isWhole ? rows[...] : rows.prefix(max(0, Self.rowsKept - answer.rows.count))
        try receive(columns, rows)
      }
      answers.append(answer)
      return answer.tag
    }
  }

  private func silentWriter() -> ReportWriter {
    ReportWriter(SilentForm(), rows: rows())
  }

  /// Nobody confirms what they have not seen, and what a policy remarks is told to everybody.
  private func tellEvenSo(_ report: Report) {
    guard !workspace.settings.yes || report.kind == "policy" else { return }
    let renderer = ScreenRenderer(width: console.width)
    console.complain(renderer.lines(report) + [StyledText()])
  }

  /// The form of the file that the command's result goes to; nil for the screen.
  var fileForm: FileForm? { file?.form }

  /// Writes text to the command's file as it is.
  func write(verbatim text: String) throws {
    guard let file else { return }
    try file.writer.write(verbatim: text, to: file.file.write)
  }

  /// Runs a command whose reports go to a file; when it fails there is none.
  ///
  /// - Throws: `Failure` when the file cannot be written, before the command runs where that is known.
  func redirect<Result>(_ redirection: Redirection, _ run: () throws -> Result)
    throws
    -> Result
  {
    let new = try NamedFile.replaced(
      redirection.path, replaces: redirection.overwrites, home: workspace.environment["HOME"])
    let outer = file
    let writer = ReportWriter(redirection.form.form(title: "hypo"), rows: rows())
    file = (new, redirection.form, writer)
    defer { file = outer }
    let result = try run()
    try writer.finish(to: new.write)
    guard writer.hasWritten else {
      throw Failure(
        .script, "there is nothing to write to \"\(redirection.path)\"", hint: "the command gave no result")
    }
    try new.finish()
    console.complain([StyledText("wrote \(redirection.path)", .dim)])
    return result
  }

  /// Ends what the screen's form has begun, such as a page.
  func finish() {
    try? screen?.writer.finish(to: console.put)
    screen = nil
  }

  /// Forms for programs are exact, but what a server sends must not command a terminal.
  private func visible(_ text: String) -> String {
    guard !workspace.settings.format.isForPeople, console.width != nil else { return text }
    return VisibleText.of(text, keepingNewlines: true)
  }

  /// A screen may change its width between two reports; the other forms remember what came before.
  private func writer() -> ReportWriter {
    let format = workspace.settings.format
    if !format.isForPeople, let screen, screen.format == format { return screen.writer }
    finish()
    let writer = ReportWriter(form(format), rows: rows())
    screen = (format, writer)
    return writer
  }

  private func form(_ format: Settings.Format) -> any ReportForm {
    switch format {
    case .aligned, .expanded:
      ReportForms.screen(
        ScreenRenderer(
          width: console.width,
          expanded: format == .expanded || workspace.settings.expanded == .on,
          staysTable: workspace.settings.expanded == .off), colour: console.usesColour)
    case .json: ReportForms.json
    case .csv: ReportForms.csv
    case .markdown: ReportForms.markdown
    case .html: ReportForms.html(title: "hypo")
    }
  }

  /// CSV has no place for sentences: a person sees those that matter all the same.
  private func tellSentences(of report: Report) {
    guard workspace.settings.format == .csv else { return }
    let notes = report.blocks.filter { if case .note = $0 { true } else { false } }
    let isAll = notes.count == report.blocks.count
    let telling = notes.filter {
      if case .note(let note) = $0 { isAll || note.weight != .information } else { false }
    }
    console.complain(
      ScreenRenderer(width: console.width).lines(Report(report.kind, telling)))
  }
}

/// The form of what nobody looks at; statements are sent all the same.
private struct SilentForm: ReportForm {
  mutating func text(of block: Report.Block) -> String { "" }
  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String { "" }
  mutating func text(of batch: RowBatch) -> String { "" }
}
