import Foundation
import IndexDesign
import Notebook
import Reports
import Storage

/// Writes what is done in a session into a notebook, step by step, so that nothing is lost when it ends early.
final class Recorder {
  /// The file, as it was named.
  let path: String
  /// Whether failed commands are kept, too.
  let keepsFailures: Bool
  private(set) var commands = 0
  private(set) var leftOut = 0
  private var entries: [Entry] = []
  private let file: AppendedFile
  private var context = TranscriptContext()
  /// What `:name` stood for when the recording began, as far as no `let` has set it again: a replay does not know it.
  private var earlierValues: NotebookValues
  /// The queries and designs that were made before, as far as the recording has not made them again.
  private var earlierHandles: Set<String>

  /// Some lines of the notebook, and what could be expected behind them.
  private struct Entry {
    var lines: [String]
    var proposals: [String] = []
    /// The command that they are about, by its name.
    var command = ""
  }

  /// Begins a notebook.
  ///
  /// - Throws: `Failure` when the file exists and may not be replaced, or cannot be written.
  init(_ path: String, keepsFailures: Bool, replaces: Bool, in workspace: Workspace) throws(Failure) {
    (self.path, self.keepsFailures, earlierValues) = (path, keepsFailures, workspace.values)
    earlierHandles = Set(
      workspace.queries.all.map(\.handle.description) + workspace.designs.all.map(\.handle.description))
    file = try NamedFile.growing(path, replaces: replaces, home: workspace.environment["HOME"])
    try add(Entry(lines: RecordingHeader.lines(workspace)))
  }

  /// Takes a command that has ended.
  ///
  /// - Parameters:
  ///   - text: the command as it was typed.
  ///   - prepared: the command as it was read; nil when it could not be.
  ///   - failure: how it failed; nil when it did not.
  ///   - shown: what it has shown.
  /// - Throws: `Failure` when the file cannot be written.
  func take(
    _ text: String, _ prepared: PreparedCommand?, failure: Failure?, showing shown: [Report],
    in workspace: Workspace
  )
    throws(Failure)
  {
    let text = replayable(text, workspace.values)
    let effects = prepared?.effects ?? CommandWords.effects(of: text)
    if effects.isLeftOutOfRecordings { return }
    if failure != nil, !keepsFailures {
      leftOut += 1
      return
    }
    guard !Secrets.isHeld(in: text) else {
      leftOut += 1
      return try add(Entry(lines: ["# (a command with a password was left out)"]))
    }
    guard let command = RecordedCommand.lines(RecordedCommand.replacingFile(text)) else {
      leftOut += 1
      return
    }
    commands += 1
    if let failure { return try add(Entry(lines: Self.failed(command, failure))) }
    let isRedirected = (try? Redirection.split(text).1) != nil
    var lines = command
    if !isRedirected, effects.hasTranscript {
      lines += record(of: shown, effects, in: workspace).map { $0.isEmpty ? "|" : "| " + $0 }
    }
    if prepared?.givesHandles == true { earlierHandles.subtract(Self.handles(in: lines)) }
    let proposals = prepared?.proposals(in: workspace) ?? Proposals()
    // A replay knows nothing of what was made before, so nothing can be expected of it.
    let used = Self.handles(in: proposals.expectations + command).union(proposals.designs.map(\.description))
    let expectations = earlierHandles.isDisjoint(with: used) ? proposals.expectations : []
    try add(Entry(lines: lines, proposals: expectations, command: prepared?.activity ?? ""))
  }

  private static func handles(in lines: [String]) -> Set<String> {
    Set(lines.flatMap { $0.matches(of: /[@%][A-Za-z_0-9]+/).map { String($0.output) } })
  }

  /// The command as a notebook knows it: with the values of before, and no colon that looks like the use of a value.
  private func replayable(_ text: String, _ values: NotebookValues) -> String {
    for name in earlierValues.names where values[name] != earlierValues[name] { earlierValues[name] = nil }
    let known = (try? earlierValues.replaced(in: text, keepsUnknown: true)) ?? text
    return values.separated(in: known)
  }

  /// Takes a line of prose, with its `#`.
  func take(prose: String) throws(Failure) {
    guard !Secrets.isHeld(in: prose) else {
      leftOut += 1
      return
    }
    try add(
      Entry(lines: prose.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)),
      isProse: true)
  }

  /// A failure without an SQLSTATE cannot be expected, so it is told in prose.
  private static func failed(_ command: [String], _ failure: Failure) -> [String] {
    guard let state = failure.sqlState else {
      return ["# This failed: \(CellText.oneLine(failure.message))"] + command.map { "#     \($0)" }
    }
    return command + TranscriptForm.lines(of: failure).map { "| " + $0 } + ["expect error \(state)"]
  }

  /// The record of a step, below the circumstances as far as they are others than before.
  private func record(of reports: [Report], _ effects: Effects, in workspace: Workspace) -> [String] {
    let now = TranscriptContext.now(for: reports, in: workspace)
    let news = now.news(since: context)
    context = context.updated(by: now)
    let grows = effects.contains(.listsWhatGrows)
    return news.lines + reports.flatMap { TranscriptForm.recorded(.report($0), grows: grows) }
  }

  private func add(_ entry: Entry, isProse: Bool = false) throws(Failure) {
    var entry = entry
    // Prose goes on in the next line; all else stands apart.
    let goesOn = isProse && entries.last?.lines.last?.hasPrefix("#") == true
    if !entries.isEmpty, !goesOn { entry.lines.insert("", at: 0) }
    do throws(StorageError) { try file.append(entry.lines.map { $0 + "\n" }.joined()) } catch {
      throw Failure(
        .script, error.message, hint: "what was recorded before is in it; record off ends the recording")
    }
    entries.append(entry)
  }

  // MARK: The end

  /// What could be expected behind the last of each command that proposes something, in order.
  var proposals: [String] {
    lastProposing.flatMap { entries[$0].proposals }
  }

  /// All that was recorded.
  private var text: String { entries.flatMap(\.lines).map { $0 + "\n" }.joined() }

  private var lastProposing: [Int] {
    let proposing = entries.indices.filter { !entries[$0].proposals.isEmpty }
    return Dictionary(proposing.map { (entries[$0].command, $0) }, uniquingKeysWith: max).values.sorted()
  }

  /// Puts the proposed expectations behind the commands that they are about.
  func accept() throws(Failure) {
    guard try InputFile.read(file.path) == Array(text.utf8) else {
      throw Failure(
        .refused, "\(path) was changed while it was recorded, so nothing was added to it",
        hint: "add what is right by hand: \(proposals.joined(separator: "; "))")
    }
    for index in lastProposing { entries[index].lines += entries[index].proposals }
    do throws(StorageError) { try ReplacedFile.write(text, to: file.path) } catch { throw Failure(error) }
  }
}
