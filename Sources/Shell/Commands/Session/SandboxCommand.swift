import Foundation
import IndexDesign
import Notebook
import Reports
import Sandbox
import Server

/// `sandbox [start|stop|reset|remove|status]`, `sandbox work [for TIME]`
struct SandboxCommand: Command {
  static let declaration = CommandDeclaration(
    name: "sandbox", form: Form("[start | stop | reset | remove | status | work [for TIME]]"),
    summary: "the private server with sample data, to try things on",
    details: """
      A private PostgreSQL with HypoPG, pg_stat_statements, a database of orders and a workload that has really run. \
      start makes it when there is none; stop keeps its data; reset puts the first state back, and makes a sandbox of \
      another version of hypo anew; remove deletes all of it; work runs the workload again, so that verify has something to see. Alone it shows the status. \
      stop, reset and remove ask when others are connected. connect sandbox starts it and connects.
      """,
    examples: [
      .init("sandbox status", gives: .parts(["sandbox"], showing: "sandbox")),
      .init(
        "sandbox work for 10s", gives: .elsewhere("it needs the sandbox, as the notebooks of examples/ do")),
    ], group: .session,
    effects: [.looks, .changesDatabase, .changesNames])

  /// What is to be done with it.
  enum Action: String, CaseIterable { case start, stop, reset, remove, status, work }

  private let action: Action
  private let duration: Duration?

  init(_ arguments: Arguments) throws(Failure) {
    action = arguments.choice(Action.self) ?? .status
    duration = try arguments.duration()
  }

  var effects: Effects {
    switch action {
    case .status: .looks
    case .start, .stop: .keepsInWorkspace
    case .reset, .remove, .work: [.changesDatabase, .changesNames]
    }
  }

  func sent(in forecast: inout Forecast) -> [String] {
    switch action {
    case .status: []
    case .start: ["the sandbox is made when there is none, and started"]
    case .stop: ["the sandbox is stopped; its data stays"]
    case .reset: ["the sandbox gets its first state back; what was made in it is lost"]
    case .remove: ["the sandbox is deleted with all that is in it"]
    case .work: ["the statements of the sandbox's workload, which write, too"]
    }
  }

  /// Does an action for the command line.
  init(_ action: Action) {
    self.action = action
    duration = nil
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let sandbox = workspace.access.sandbox
    do {
      switch action {
      case .status: break
      case .start: _ = try workspace.access.startSandbox()
      case .work: return try work(sandbox, workspace)
      case .stop, .reset, .remove: try leave(sandbox, workspace, loop)
      }
    } catch { throw Failure(error) }
    return Self.report(sandbox.status())
  }

  private func work(_ sandbox: Sandbox, _ workspace: Workspace) throws -> Report {
    let count = try sandbox.work(for: duration, progress: workspace.access.show)
    return .message("sandbox", "\(NumberText.count(count)) statements of the workload have run")
  }

  /// Stops, resets or removes: the shell's own connection gives way first.
  private func leave(_ sandbox: Sandbox, _ workspace: Workspace, _ loop: Loop) throws {
    let isOurs = workspace.targets.isOnSandbox && workspace.session != nil
    let count = (sandbox.status().sessions ?? 0) - (isOurs ? 1 : 0)
    if count > 0 {
      try loop.confirm(
        typing: action.rawValue,
        to: "\(action.rawValue) the sandbox and end \(count) other session\(count == 1 ? "" : "s")")
    }
    let target = workspace.targetName
    if isOurs { workspace.disconnect() }
    defer { if isOurs, action == .reset { workspace.connectLater(to: target) } }
    // Somebody may have come since the question; they are asked about the next time.
    try perform(sandbox, force: count > 0, showing: workspace.access.show)
  }

  private func perform(
    _ sandbox: Sandbox, force: Bool, showing progress: (SandboxProgress) -> Void
  ) throws {
    switch action {
    case .stop: try sandbox.stop(force: force)
    case .reset: try sandbox.reset(force: force, progress: progress)
    case .remove: try sandbox.remove(force: force)
    case .start, .status, .work: break
    }
  }

  private static func report(_ status: SandboxStatus) -> Report {
    var values: [Report.Field] = [
      .init("sandbox", .text(status.state.rawValue)),
      .init("folder", .text(status.directory), isVolatile: true),
    ]
    if let version = status.serverVersion { values.append(.init("server", .text("PostgreSQL \(version)"))) }
    if status.sizeInBytes > 0 {
      values.append(.init("size", .bytes(Int64(status.sizeInBytes)), isVolatile: true))
    }
    if let socket = status.socketFolder { values.append(.init("socket", .text(socket), isVolatile: true)) }
    if let started = status.startedAt {
      values.append(.init("started", .timestamp(started.formatted(.iso8601))))
    }
    if let sessions = status.sessions {
      values.append(.init("sessions", .integer(Int64(sessions)), isVolatile: true))
    }
    var report = Report("sandbox", [.fields(.init(name: "sandbox", title: nil, values: values))])
    if status.isOfAnotherRecipe { report.noteOtherRecipe() }
    if status.state == .running { report.note(.hint, "connect sandbox") }
    return report
  }
}

extension Report {
  /// Says that examples may drift on the sandbox, and what to do.
  mutating func noteOtherRecipe() {
    note(.warning, "another version of hypo made this sandbox; recorded notebooks may drift on it")
    note(.hint, "make it anew, without what was made in it: sandbox reset")
  }
}

extension Arguments {
  fileprivate func duration() throws(Failure) -> Duration? {
    guard let word = word("TIME") else { return nil }
    let units: [String: Double] = ["s": 1, "min": 60, "h": 3600]
    guard let number = Double(word.text.prefix { $0.isNumber || $0 == "." }), number > 0,
      let factor = units[String(word.lowercased.drop { $0.isNumber || $0 == "." })], number * factor <= 86_400
    else {
      throw failure(
        "for needs a time of at most a day, such as 10s or 2min", at: word, hint: "usage: \(synopsis)")
    }
    return .seconds(number * factor)
  }
}
