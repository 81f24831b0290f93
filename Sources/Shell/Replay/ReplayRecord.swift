import Foundation
import IndexDesign
import Notebook
import Reports
import Storage

/// What a notebook has recorded: compares it with what comes, and takes what comes in its place.
final class ReplayRecord: NotebookWatcher {
  private let notebook: Notebook
  private let workspace: Workspace
  private let comparison: TranscriptComparison
  /// Under what the steps so far were recorded.
  private var recorded = TranscriptContext()
  /// What is known of the present circumstances, where records are made.
  private var context = TranscriptContext()
  /// New records by the number of their step.
  private(set) var records: [Int: [String]] = [:]

  init(_ notebook: Notebook, in workspace: Workspace) {
    (self.notebook, self.workspace) = (notebook, workspace)
    comparison = TranscriptComparison(notebook.header)
  }

  /// Reads every record, so that one that cannot be read is told before anything runs.
  ///
  /// - Throws: `Notebook.ParseError` with the line.
  func check() throws(Notebook.ParseError) {
    for step in notebook.steps where !step.outputLines.isEmpty {
      let lines = notebook.recorded(step)
      do throws(TranscriptError) { _ = try Transcript(reading: lines) } catch {
        throw Notebook.ParseError(
          failure: failure(error, lines), line: notebook.recordedLine(error.line, of: step))
      }
    }
  }

  private func failure(_ error: TranscriptError, _ lines: [String]) -> Failure {
    let line = error.line < lines.count ? lines[error.line] : ""
    let column = min(error.column, line.utf8.count)
    return Failure(
      .script, "the recorded output cannot be read: \(error.message)",
      hint: "replay --bless records it anew; nothing was run",
      place: .init(text: "| " + line, range: column + 2..<column + 2))
  }

  /// What is another one than was recorded; nil when nothing is, or nothing was recorded.
  func compare(_ step: Notebook.Step, _ reports: [Report], _ failure: Failure?) -> StepResult.Drift? {
    // What cannot be read was told before anything ran, unless it is to be replaced.
    guard let transcript = try? Transcript(reading: notebook.recorded(step)) else {
      return StepResult.Drift(differences: [Difference(path: "the record", reason: "cannot be read")])
    }
    recorded = recorded.updated(by: transcript.context)
    let came = Self.results(reports, failure)
    let differences = comparison.differences(recorded: transcript, came: came)
    guard !differences.isEmpty else { return nil }
    return StepResult.Drift(
      differences: differences,
      explanations: TranscriptContext.now(for: reports, in: workspace).explanations(recorded: recorded))
  }

  private static func results(_ reports: [Report], _ failure: Failure?) -> [TranscribedResult] {
    reports.map { .report($0) } + (failure.map { [.failure(TranscribedFailure($0))] } ?? [])
  }

  // MARK: New records

  func ended(_ result: StepResult) {
    let isNew = result.step.outputLines.isEmpty
    switch result.outcome {
    case .ok where isNew, .foreseen where isNew, .drift: break
    default: return
    }
    guard result.step.effects.hasTranscript, !result.isRedirected else { return }
    let now = TranscriptContext.now(for: result.reports, in: workspace)
    let news = now.news(since: context)
    context = context.updated(by: now)
    records[result.step.number] =
      news.lines + blessed(result.step, Self.results(result.reports, result.foreseen))
  }

  /// The record of results with the wildcards of the old one, when that can be read.
  private func blessed(_ step: Notebook.Step, _ results: [TranscribedResult]) -> [String] {
    let grows = step.effects.contains(.listsWhatGrows)
    guard let transcript = try? Transcript(reading: notebook.recorded(step)) else {
      return results.flatMap { TranscriptForm.recorded($0, grows: grows) }
    }
    return TranscriptBlessing(transcript, comparison, grows: grows).lines(of: results)
  }

  /// Writes the notebook with the new records in it, whole or not at all.
  ///
  /// - Returns: how many steps have another record now.
  /// - Throws: `Failure` when the file was changed since it was read, or cannot be written.
  func bless(_ file: String) throws -> Int {
    guard try InputFile.read(file) == notebook.source.bytes else {
      throw Failure(
        .refused, "\(file) was changed while it was replayed, so it was not blessed",
        hint: "replay --bless \(file) once more")
    }
    let changed = records.filter { number, lines in notebook.recorded(notebook.steps[number - 1]) != lines }
    guard !changed.isEmpty else { return 0 }
    let target = try NamedFile.replaced(file, home: nil)
    try target.write(String(decoding: notebook.bytes(recording: changed), as: UTF8.self))
    try target.finish()
    return changed.count
  }
}
