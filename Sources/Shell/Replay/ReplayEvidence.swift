import Foundation
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// Writes the evidence of a replay: who ran what where, each command, what was sent, and what came of it.
///
/// Each line is on disk before the next step begins. When one cannot be written, the run ends.
final class ReplayEvidence: NotebookWatcher {
  private let file: EvidenceFile
  private let workspace: Workspace
  private var counts: [EvidenceStep.Outcome: Int] = [:]
  /// How many of the shell's changes have their entries in it.
  private var entered = 0
  /// The session that was told of last.
  private weak var session: Session?
  /// Why a line could not be written; nil while all are.
  private(set) var problem: Failure?

  /// Opens the file and writes the beginning of the run.
  ///
  /// - Throws: `Failure` when it cannot be written; nothing has run then.
  init(
    _ path: String, _ notebook: Notebook, named name: String, _ options: ReplayOptions,
    in workspace: Workspace
  )
    throws(Failure)
  {
    self.workspace = workspace
    entered = workspace.changes.count
    let arguments = options.values.map { name, value in
      Secrets.isHeld(in: "\(name)=\(value)") ? "--set \(name)=…" : "--set \(name)=\(value)"
    }
    do {
      file = try EvidenceFile(opening: path)
      try file.append(
        .run(
          EvidenceRun(
            started: workspace.now(), hypoVersion: ShellProgram.version, operatingSystemUser: NSUserName(),
            host: ProcessInfo.processInfo.hostName, notebook: name,
            notebookDigest: SHA256Digest(of: notebook.source.bytes), title: notebook.header.title,
            ticket: notebook.header.ticket, arguments: arguments + options.words)))
    } catch { throw Failure(error) }
    workspace.keepSentStatements()
  }

  /// The usual place of a run's evidence.
  static func usualPath(_ notebook: String, in workspace: Workspace) throws(Failure) -> String {
    do {
      return try EvidenceFile.defaultPath(
        environment: workspace.environment, started: workspace.now(), notebook: notebook)
    } catch { throw Failure(error) }
  }

  /// The file, for a person.
  var path: String { file.path }

  func ended(_ result: StepResult) { write(result, remarks: []) }

  /// Watches a notebook that a step of this one runs, and writes its steps into the same evidence.
  func nested(_ file: String, _ bytes: [UInt8]) -> any NotebookWatcher {
    NestedEvidence(self, remark: "a step of \(file), SHA-256 \(SHA256Digest(of: bytes))")
  }

  fileprivate func write(_ result: StepResult, remarks: [String]) {
    tellConnection()
    var step = EvidenceStep(
      step: result.step.number, notebookLine: result.step.line, command: shown(result.text),
      started: result.started, finished: result.finished, outcome: result.outcome.evidence)
    step.error = (result.failure ?? result.foreseen).map {
      ChangeFailure(ErrorText.withoutSecrets($0)).withoutRowValues
    }
    step.statements = takeStatements()
    step.remarks = remarks
    // What comes of a command with a password may repeat it.
    if !isSecret(result.text) {
      step.remarks += (result.outcome.remarks + Self.answer(result)).map(shown)
      step.plans = result.reports.compactMap(EvidencePlans.init).filter { plans in
        ![plans.statement, plans.before ?? "", plans.after ?? ""].contains(where: isSecret)
      }
    }
    step.change = result.change
    counts[step.outcome, default: 0] += 1
    append(.step(step))
    appendEntries()
  }

  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    var step = EvidenceStep(
      step: 0, notebookLine: 0, command: text, started: started, finished: finished,
      outcome: failure == nil ? .ok : .failed)
    step.remarks = ["on-fail rollback"]
    step.error = failure.map { ChangeFailure($0).withoutRowValues }
    step.statements = takeStatements()
    step.change = workspace.changes.count > entered ? workspace.changes.last : nil
    append(.step(step))
    appendEntries()
  }

  /// What the ledger says of a change is a part of the evidence of the run that made it.
  private func appendEntries() {
    let changes = workspace.changes.dropFirst(entered)
    entered += changes.count
    guard problem == nil else { return }
    do {
      for entry in try changes.flatMap({ try workspace.ledger().entries(of: $0) }) { append(entry) }
    } catch { problem = Failure(error) }
  }

  /// Writes the end of the run.
  func finish(status: ExitStatus) throws(Failure) {
    append(.end(EvidenceEnd(finished: workspace.now(), exitStatus: status.rawValue, steps: counts)))
    if let problem { throw problem }
  }

  /// A run may change its server.
  private func tellConnection() {
    guard let session = workspace.session, session !== self.session, let target = try? session.fingerprint()
    else {
      return
    }
    self.session = session
    append(.connected(EvidenceConnection(connected: workspace.now(), target: target)))
  }

  private func append(_ event: LedgerEntry) {
    guard problem == nil else { return }
    do { try file.append(event) } catch { problem = Failure(error) }
  }

  private func takeStatements() -> [EvidenceStatement] {
    workspace.takeSentStatements().map { sent in
      let isSecret = ([sent.text] + sent.values.compactMap(\.self)).contains(where: isSecret)
      return EvidenceStatement(
        sent: sent.sent, connection: .init(sent.connection),
        text: isSecret ? "… (holds a password)" : sent.text,
        values: isSecret ? [] : sent.values, times: sent.times)
    }
  }

  /// What a person has answered when the step asked.
  private static func answer(_ result: StepResult) -> [String] {
    guard result.step.effects.contains(.asks) else { return [] }
    return result.reports.flatMap(\.blocks).compactMap {
      if case .note(let note) = $0 { note.text } else { nil }
    }
  }

  private func isSecret(_ text: String) -> Bool {
    Secrets.isHeld(in: text) || workspace.values.secrets.contains { text.contains($0) }
  }

  private func shown(_ text: String) -> String { isSecret(text) ? "… (holds a password)" : text }
}

/// The evidence of a notebook inside another one.
private final class NestedEvidence: NotebookWatcher {
  private let evidence: ReplayEvidence
  private let remark: String

  init(_ evidence: ReplayEvidence, remark: String) { (self.evidence, self.remark) = (evidence, remark) }

  func ended(_ result: StepResult) { evidence.write(result, remarks: [remark]) }

  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    evidence.undid(text, failure, started: started, finished: finished)
  }
}

extension EvidenceStatement.Connection {
  fileprivate init(_ connection: SentStatement.Connection) {
    switch connection {
    case .analysis: self = .analysis
    case .change: self = .change
    case .watch: self = .watch
    }
  }
}

extension StepResult.Outcome {
  fileprivate var evidence: EvidenceStep.Outcome {
    switch self {
    case .ok, .foreseen: .ok
    case .drift: .drift
    case .failed: .failed
    case .warned: .warned
    case .skipped: .skipped
    }
  }

  fileprivate var remarks: [String] {
    switch self {
    case .ok, .failed, .warned: []
    case .foreseen: ["failed as the next step expects"]
    case .drift(let drift): drift.differences.map(\.description) + drift.explanations
    case .skipped(let unmet): ["[\(unmet.text)] does not hold here"]
    }
  }
}

extension EvidencePlans {
  /// The plans of a report; nil when it has none.
  fileprivate init?(_ report: Report) {
    let plans = report.blocks.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }
    guard let last = plans.last else { return nil }
    func text(_ plan: Report.PlanBlock) -> String {
      JSONRenderer.text(Report("plan", [.plan(plan)]))
    }
    let before = plans.first { $0.name == "baseline" }
    self.init(of: last.statement?.sql ?? last.title, before: before.map(text), after: text(last))
  }
}
