import Foundation
import IndexDesign
import Reports
import Server
import Terminal
import TestSupport
import Testing

@testable import Shell

/// A shell on a database, or on none, that is typed to: typed text in, what a person reads out.
///
/// The tests of the commands know the shell's insides by this type alone.
final class CommandTrial {
  /// Where it runs; its state is kept below.
  let folder: TemporaryFolder
  /// What it connects to when a command first needs a server; nil for nothing.
  let database: TestDatabase?
  /// Whether a lesson runs.
  var isLesson = false
  private let console = SilentConsole()
  private let clock = Clock()
  private let interruption: Interruption
  private let loop: Loop
  private var typedLines = TypedLines([])
  private var workspace: Workspace { loop.workspace }

  /// The time that a test has set; nil for the real one.
  private final class Clock {
    var time: Timestamp?
  }

  /// - Parameters:
  ///   - user: the role that it connects as; nil for the superuser.
  ///   - targets: the servers that the configuration names.
  ///   - environment: what is added to the shell's environment.
  ///   - folder: where it runs, with the state of whoever ran there before; nil for a new one.
  init(
    on database: TestDatabase? = nil, user: String? = nil, targets: [Target] = [],
    environment: [String: String] = [:], folder: TemporaryFolder? = nil
  ) throws {
    self.database = database
    self.folder = try folder ?? TemporaryFolder()
    let folder = self.folder
    let interruption = try Interruption()
    self.interruption = interruption
    let own = ["HOME": folder.path, "XDG_STATE_HOME": "\(folder.path)/state", "PATH": "/usr/bin:/bin"]
    loop = Loop(
      console: console,
      interrupts: interruption.interrupts,
      environment: own.merging(environment) { $1 },
      configuration: Configuration(targets: targets), now: { [clock] in clock.time ?? Workspace.clock() })
    workspace.connectLater(to: database?.conninfo(user: user))
  }

  /// On the orders database, which is left as it is.
  static func onShop(user: String? = nil) throws -> CommandTrial {
    try CommandTrial(on: Shop.database(), user: user)
  }

  /// On an orders database of its own.
  static func onOwnShop() throws -> CommandTrial {
    try CommandTrial(on: TestCluster.shared.database(.orders))
  }

  /// Another shell in the same folder and so with the same ledger, on the same database.
  func another() throws -> CommandTrial { try CommandTrial(on: database, folder: folder) }

  // MARK: How it was started

  /// Whether questions are answered with yes, as `--yes` does.
  var saysYes: Bool {
    get { workspace.settings.yes }
    set { workspace.set(Self.yes, to: newValue ? "on" : "off") }
  }

  /// No setting of the shell, so that no file can confirm a change.
  private static let yes = Settings.Entry(
    name: "yes", values: ["on", "off"], summary: "questions are answered with yes",
    get: { $0.yes ? "on" : "off" }, set: { $0.yes = $1 == "on" })

  /// Whether a question that nobody answers was answered by Ctrl-C.
  var wasInterrupted: Bool {
    get { console.wasInterrupted }
    set { console.wasInterrupted = newValue }
  }

  /// Gives it a prompt, with what was typed there before.
  func givePrompt(history: [String] = []) {
    typedLines = TypedLines(history)
    loop.use(typedLines)
  }

  /// Sets its clock to a point in time such as `2026-11-23T22:30:00Z`.
  func setClock(_ time: String) throws {
    let point: Timestamp = try #require(Timestamp(time))
    clock.time = point
  }

  /// Does what Ctrl-C does while the next command waits.
  func interrupt() { interruption.ask() }

  // MARK: Typing

  /// Runs commands that must not fail.
  ///
  /// - Throws: the failure of one.
  func enter(_ lines: String...) throws {
    for line in lines { _ = try loop.perform(line).get() }
  }

  /// What a person reads after a command, without the last line feed: its reports, and what was told beside them or
  /// why it failed. `exit status N` stands below a failure that ends a script with another status than 3. What is
  /// another one in each run is put in general words, see `steady`.
  ///
  /// - Parameter answers: what the person answers to questions; nobody answers those that are left.
  func screen(after line: String, answering answers: String...) -> String {
    lines(after: line, answering: answers).joined(separator: "\n")
  }

  /// The last lines of what a person reads after a command.
  func lastLines(_ count: Int, after line: String, answering answers: String...) -> String {
    lines(after: line, answering: answers).suffix(count).joined(separator: "\n")
  }

  private func lines(after line: String, answering answers: [String]) -> [String] {
    (console.answers, console.questions, console.errors) = (answers, [], [])
    var frame = workspace.frame
    frame.isLesson = isLesson
    let result = isLesson ? workspace.run(in: frame) { loop.perform(line) } : loop.perform(line)
    let renderer = ScreenRenderer()
    var lines = loop.output.shown.flatMap { renderer.lines(steady($0)).map(\.text) }
    lines += console.errors.map(steady)
    if case .failure(let failure) = result {
      lines += ErrorText.lines(steady(failure)).map(\.text)
      if failure.status != .script { lines.append("exit status \(failure.status.rawValue)") }
    }
    return lines
  }

  /// The questions of the last command.
  var questions: [String] { console.questions.map(steady) }

  /// All that was written to standard output as it was, line by line.
  var output: [String] { console.output }

  /// The text that was put into the next line of the prompt; nil for none.
  var prefilled: String? { typedLines.prefilled.last }

  /// Whether the last command was to leave the shell.
  var isEnding: Bool { loop.isEnding }

  /// What a notebook does when a step fails.
  var onFail: String { workspace.frame.onFail.rawValue }

  // MARK: What differs from run to run

  /// A report with times and counters as `~`, and what is of this machine in general words.
  private func steady(_ report: Report) -> Report {
    var report = report
    report.blocks = report.blocks.map { block in
      switch block {
      case .fields(var fields):
        for index in fields.values.indices {
          let field = fields.values[index]
          fields.values[index].value = steady(field.value, isCounter: field.isVolatile)
          fields.values[index].remark = field.remark.map(steady)
        }
        return .fields(fields)
      case .table(var table):
        table.rows = table.rows.map { row in
          zip(row, table.columns).map { cell, column in
            if column.isVolatile, case .share = cell { .text("~") } else { steady(cell, isCounter: false) }
          }
        }
        return .table(table)
      case .note(let note): return .note(.init(weight: note.weight, text: steady(note.text)))
      default: return block
      }
    }
    return report
  }

  /// - Parameter isCounter: whether a number is another one in each run.
  private func steady(_ cell: Cell, isCounter: Bool) -> Cell {
    switch cell {
    case .milliseconds, .timestamp: .text("~")
    case .integer where isCounter, .bytes where isCounter: .text("~")
    case .text(let text): .text(isCounter && steady(text) == text && Int64(text) != nil ? "~" : steady(text))
    case .identifier(let text): .identifier(steady(text))
    default: cell
    }
  }

  private func steady(_ failure: Failure) -> Failure {
    var failure = failure
    failure.message = steady(failure.message)
    failure.detail = failure.detail.map(steady)
    failure.hint = failure.hint.map(steady)
    return failure
  }

  private func steady(_ text: String) -> String {
    var names = [
      (folder.path, "FOLDER"), ("\(NSUserName())@\(ProcessInfo.processInfo.hostName)", "WHO"),
      ("hypo \(ShellProgram.version)", "hypo VERSION"),
    ]
    if let session = workspace.session {
      let facts = session.facts
      names += [
        ("PostgreSQL \(facts.version)", "PostgreSQL VERSION"),
        ("PostgreSQL \(facts.shortVersion)", "PostgreSQL VERSION"),
      ]
      // Both are short numbers, which also stand in other texts.
      if text == session.address.port { return "PORT" }
      if text == String(facts.backendPID) { return "PID" }
    }
    if let database {
      let parameters = database.parameters
      let (host, port) = (parameters["host"] ?? "", parameters["port"] ?? "")
      names += [
        ("\(host):\(port)", "HOST:PORT"), (".s.PGSQL.\(port)", ".s.PGSQL.PORT"), (host, "HOST"),
        (database.name, "DATABASE"),
      ]
    }
    return names.reduce(text) { $0.replacing($1.0, with: $1.1) }
      .replacing(/object id [0-9]+/, with: "object id N")
      .replacing(/time: .* ms.*/, with: "time: ~")
  }
}
