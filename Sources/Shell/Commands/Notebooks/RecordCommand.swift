import IndexDesign
import Notebook
import Reports
import Terminal

/// `record FILE [--all] [--replace]`, `record off`, `record`
struct RecordCommand: Command {
  static let declaration = CommandDeclaration(
    name: "record",
    form: Form("[{[--all] [--replace]} FILE [--all] [--replace] | off]", ["FILE": .fileBeforeOptions]),
    summary: "write what you do into a notebook, to be replayed",
    details: """
      From here on each command that succeeds goes into FILE with what it gave, in the form that replay --verify \
      compares. What they use and was made before the recording began, or is left out of it, is written in front of \
      them: queries, also those that top numbers, by their text; designs under the same handle; values; settings of the \
      server; the connect to a database other than the target's. A server without a name is written by its host, port, \
      user and database, never with a password. Of designs it holds those of the database where it is, \
      and what a command names. Failed commands are left out unless --all is said. Lines that begin with # become prose. Commands with a \
      password are left out. An existing file needs --replace. record off ends it and proposes expectations \
      after the last diff of each query and the last promote; record alone says what is recorded.
      """,
    examples: [
      .init("record", gives: .parts([], showing: "nothing is recorded"))
    ], group: .notebooks, effects: [.steersShell, .records])

  private enum Request {
    case status
    case off
    case begin(path: String, all: Bool, replace: Bool)
  }

  private let request: Request

  init(_ arguments: Arguments) {
    if arguments.has("off") {
      request = .off
    } else if let path = arguments.unquoted("FILE") {
      request = .begin(path: path, all: arguments.has("--all"), replace: arguments.has("--replace"))
    } else {
      request = .status
    }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    switch request {
    case .status:
      guard let recorder = loop.recorder else { return .message("record", "nothing is recorded") }
      return Report("record", [.fields(Self.fields(recorder))])
    case .off: return try end(workspace, loop)
    case .begin(let path, let all, let replace): return try begin(path, all, replace, workspace, loop)
    }
  }

  private func begin(
    _ path: String, _ all: Bool, _ replace: Bool, _ workspace: Workspace, _ loop: Loop
  ) throws -> Report {
    if let recorder = loop.recorder {
      throw Failure(.script, "\(recorder.path) is being recorded already", hint: "record off ends it")
    }
    loop.record(with: try Recorder(path, keepsFailures: all, replaces: replace, in: workspace))
    var report = Report.message("record", "recording into \(path); record off ends it")
    let earlier =
      workspace.queries.all.map(\.handle.description) + workspace.designs.all.map(\.handle.description)
    if !earlier.isEmpty {
      report.note(
        .information,
        "made before: \(earlier.joined(separator: " ")); what you use of it is written in front of the command"
      )
    }
    return report
  }

  private func end(_ workspace: Workspace, _ loop: Loop) throws -> Report {
    guard let recorder = loop.recorder else {
      throw Failure(.script, "nothing is recorded", hint: "record FILE begins")
    }
    loop.record(with: nil)
    var report = Report("record", [.fields(Self.fields(recorder))])
    let proposals = recorder.proposals
    if !proposals.isEmpty {
      report.blocks.append(
        .statement(name: "proposals", title: "Could be expected", sql: proposals.joined(separator: "\n")))
      switch accepts(report, workspace, loop) {
      case true?:
        try recorder.accept()
        report = .message(
          "record",
          "\(NumberText.counted(Int64(proposals.count), "expectation")) added to \(recorder.path)", .good)
      case false?: report = .message("record", "nothing was added to \(recorder.path)")
      case nil: break
      }
    }
    report.note(.hint, "hypo replay --verify \(recorder.path)")
    return report
  }

  /// A person is shown the report and asked; a script says `--yes`. Nil when nobody was asked.
  private func accepts(_ report: Report, _ workspace: Workspace, _ loop: Loop) -> Bool? {
    if workspace.settings.yes { return true }
    guard loop.prompt != nil else { return nil }
    loop.show(report)
    let answer = loop.ask(StyledText("Add them after the commands that they are about? [Y/n] "))
    return ["", "y", "yes"].contains(answer?.lowercased() ?? "n")
  }

  private static func fields(_ recorder: Recorder) -> Report.Fields {
    .init(
      name: "recording", title: nil,
      values: [
        .init("file", .text(recorder.path), isVolatile: true),
        .init("commands", .integer(Int64(recorder.commands))),
        .init(
          "left out", .integer(Int64(recorder.leftOut)),
          remark: recorder.keepsFailures ? nil : "failed or secret"),
      ])
  }
}

extension Placeholder {
  /// A file in front of options.
  fileprivate static let fileBeforeOptions = Placeholder(
    noun: "file", example: "notes.hypo", source: .files, fit: { $0.hasPrefix("--") ? nil : 0 })
}
