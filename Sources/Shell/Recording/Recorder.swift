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
  private var steps = RecordedSteps()
  private let file: AppendedFile
  private var context = TranscriptContext()
  /// What `:name` stood for when the recording began, as far as no `let` has set it again: a replay does not know it.
  private var earlierValues: NotebookValues
  private var knowledge: ReplayKnowledge
  /// The session as the command before has left it.
  private var session: RecordedSession
  private var rememberings: Int

  /// Begins a notebook.
  ///
  /// - Throws: `Failure` when the file exists and may not be replaced, or cannot be written.
  init(_ path: String, keepsFailures: Bool, replaces: Bool, in workspace: Workspace) throws(Failure) {
    (self.path, self.keepsFailures, earlierValues) = (path, keepsFailures, workspace.values)
    (session, rememberings) = (RecordedSession(workspace), workspace.queries.rememberings)
    knowledge = ReplayKnowledge(from: session.place)
    file = try NamedFile.growing(path, replaces: replaces, home: workspace.environment["HOME"])
    try write(RecordingHeader.lines(workspace))
  }

  /// Sees what happened since the last command: a script that begins may have connected.
  func begins(in workspace: Workspace) {
    if workspace.place != session.place { session = RecordedSession(workspace) }
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
    var before = session
    let after = RecordedSession(workspace)
    if before.place == after.place {
      before.designsElsewhere = before.designsElsewhere.filter { after.designsElsewhere[$0.key] != nil }
      before.plannedElsewhere.formIntersection(after.plannedElsewhere)
    }
    let isAboutQuery = workspace.queries.rememberings != rememberings
    (session, rememberings) = (after, workspace.queries.rememberings)
    let effects = prepared?.effects ?? CommandWords.effects(of: text)
    if effects.isLeftOutOfRecordings { return }
    if failure != nil, !keepsFailures {
      leftOut += 1
      return
    }
    let text = replayable(text, workspace.values)
    guard !Secrets.isHeld(in: text) else {
      leftOut += 1
      return try write(Self.secret)
    }
    let addition: String? =
      if case .command(let command)? = prepared?.action { command.recordedAddition(in: workspace) } else {
        nil
      }
    let uses = prepared?.uses(showing: shown) ?? RecordedUses()
    var front = knowledge
    let needed = front.commands(before: before, using: uses)
    let numbered = Self.numbered(
      Self.text(text, with: addition), made: after.designs.keys.filter { before.designs[$0] == nil }, front)
    guard let command = RecordedCommand.lines(RecordedCommand.replacingFile(numbered)) else {
      leftOut += 1
      return
    }
    commands += 1
    knowledge = front
    for command in needed { try write(inFront: command) }
    defer {
      knowledge.note(
        from: before, to: after,
        giving: prepared?.givesQueries == true ? Set(shown.flatMap(\.namedQueries)) : [])
      if isAboutQuery { knowledge.note(last: after.last, in: after) }
    }
    if let failure { return try write(Self.failed(command, failure)) }
    let isRedirected = (try? Redirection.split(text).1) != nil
    var lines = command
    if !isRedirected, effects.hasTranscript {
      let known = shown.map { $0.leavingOut(knowledge.unknownDesigns(of: after)) }
      lines += record(of: known, effects, in: workspace).map { $0.isEmpty ? "|" : "| " + $0 }
    }
    let proposals = prepared?.proposals(showing: shown, in: workspace) ?? Proposals()
    try write(
      lines, proposals: proposals.expectations, command: (prepared?.activity ?? "") + proposals.subject)
  }

  private static let secret = ["# (a command with a password was left out)"]

  /// The command as a notebook knows it: with the values of before, and no colon that looks like the use of a value.
  private func replayable(_ text: String, _ values: NotebookValues) -> String {
    for name in earlierValues.names where values[name] != earlierValues[name] { earlierValues[name] = nil }
    let known = (try? earlierValues.replaced(in: text, keepsUnknown: true)) ?? text
    return values.separated(in: known)
  }

  /// What is added stands in front of the file that the result goes to.
  private static func text(_ text: String, with addition: String?) -> String {
    guard let addition, let command = try? Redirection.split(text).command else { return text }
    let bare = String(command.reversed().drop { $0.isWhitespace || $0 == ";" }.reversed())
    let rest = String(decoding: Array(text.utf8)[command.utf8.count...], as: UTF8.self)
    return bare + addition + (rest.isEmpty ? "" : " " + rest)
  }

  /// A new design gets the next number, which is another one in a replay that does not know all of those before.
  private static func numbered(_ text: String, made: [DesignHandle], _ replay: ReplayKnowledge) -> String {
    guard made.count == 1, made[0] != replay.nextDesign,
      case .command(_, let offset)? = try? CommandWords.classify(text)
    else { return text }
    let bytes = Array(text.utf8)
    let rest = String(decoding: bytes[offset...], as: UTF8.self)
    if Handle.isLike(String(rest.drop(while: \.isWhitespace))) { return text }
    return String(decoding: bytes[..<offset], as: UTF8.self) + " \(made[0]) =" + rest
  }

  /// Writes what a replay has to be told before a step. Nobody asks for its result, whatever it is.
  private func write(inFront command: String) throws(Failure) {
    let command = NotebookValues().separated(in: command)
    guard !Secrets.isHeld(in: command) else { return try write(Self.secret) }
    guard (try? PreparedCommand(command)) != nil, let lines = RecordedCommand.lines(command) else {
      let lines = command.split(separator: "\n", omittingEmptySubsequences: false)
      return try write(["# What follows needs this, which no command can say:"] + lines.map { "#     \($0)" })
    }
    try write(lines + ["| ..."])
  }

  /// Takes a line of prose, with its `#`.
  func take(prose: String) throws(Failure) {
    guard !Secrets.isHeld(in: prose) else {
      leftOut += 1
      return
    }
    try write(
      prose.split(separator: "\n", omittingEmptySubsequences: false).map(String.init), isProse: true)
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

  private func write(
    _ lines: [String], proposals: [String] = [], command: String = "", isProse: Bool = false
  ) throws(Failure) {
    var next = steps
    let text = next.add(lines, proposals: proposals, command: command, isProse: isProse)
    do throws(StorageError) { try file.append(text) } catch {
      throw Failure(
        .script, error.message, hint: "what was recorded before is in it; record off ends the recording")
    }
    steps = next
  }

  // MARK: The end

  /// What could be expected behind the last command about each thing that proposes something, in order.
  var proposals: [String] { steps.proposals }

  /// Puts the proposed expectations behind the commands that they are about.
  func accept() throws(Failure) {
    guard try InputFile.read(file.path) == Array(steps.text.utf8) else {
      throw Failure(
        .refused, "\(path) was changed while it was recorded, so nothing was added to it",
        hint: "add what is right by hand: \(proposals.joined(separator: "; "))")
    }
    do throws(StorageError) { try ReplacedFile.write(steps.textWithProposals, to: file.path) } catch {
      throw Failure(error)
    }
  }
}
