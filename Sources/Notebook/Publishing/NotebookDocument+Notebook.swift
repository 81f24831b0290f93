import IndexDesign
import Reports

extension NotebookDocument {
  /// A notebook with what was recorded of it.
  public init(_ notebook: Notebook) {
    read(notebook.header)
    var origin: TranscriptContext.Origin?
    var definitions: [DesignHandle: String] = [:]
    for part in notebook.parts {
      switch part {
      case .blank, .header: break
      case .prose(let lines):
        parts.append(.prose(notebook.prose(lines).joined(separator: "\n"), line: lines.lowerBound + 1))
      case .step(let step):
        var shown = Step(
          command: step.command, line: step.line, kind: Self.kind(of: step), isSQL: step.isSQL,
          guards: step.guards.map(\.text),
          hasRecord: step.effects.hasTranscript && step.guards.isEmpty && !step.goesToFile)
        let context = shown.read(notebook.recorded(step), in: notebook, of: step)
        origin = origin ?? context?.origin
        // A reader of one step need not look for the others that it is about.
        for result in shown.results { definitions.merge(result.definedDesigns) { $1 } }
        for place in shown.results.indices {
          shown.results[place] = shown.results[place].standingAlone(below: step.command) { definitions[$0] }
        }
        parts.append(.step(shown))
      }
    }
    if let origin {
      let hypopg = origin.hypopg.map { ", HypoPG \($0)" } ?? ""
      facts.append(
        .init(
          name: "recorded", value: "\(CellText.time(origin.time)) on PostgreSQL \(origin.postgresql)\(hypopg)"
        ))
    }
  }

  private mutating func read(_ header: NotebookHeader) {
    title = header.title
    if let ticket = header.ticket { facts.append(.init(name: "ticket", value: ticket)) }
    if !header.requirements.isEmpty {
      facts.append(.init(name: "requires", value: header.requirements.map(\.text).joined(separator: ", ")))
    }
    if let target = header.target { facts.append(.init(name: "target", value: target)) }
    for parameter in header.parameters {
      let value = parameter.value.map { "\($0)" } ?? "asked for"
      facts.append(
        .init(name: ":" + parameter.name, value: value + (parameter.question.map { " – \($0)" } ?? "")))
    }
  }

  private static func kind(of step: Notebook.Step) -> Kind {
    if step.effects.contains(.checks) { return .expectation(.unknown) }
    if step.effects.contains(.captures) { return .capture(nil) }
    if step.effects.contains(.directs) { return .direction }
    guard step.effects.contains(.asks) else { return .command }
    let rest = step.command.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)
    // What the answer has to be stands behind the quotes.
    let end = rest.first.flatMap { quote in rest.lastIndex(of: quote) } ?? rest.startIndex
    return .pause(String(rest[...end]).trimmingQuotes)
  }
}

extension NotebookDocument.Step {
  /// Takes what was recorded.
  ///
  /// - Returns: under what it was recorded; nil when it cannot be read.
  fileprivate mutating func read(_ lines: [String], in notebook: Notebook, of step: Notebook.Step)
    -> TranscriptContext?
  {
    guard !lines.isEmpty else { return nil }
    do throws(TranscriptError) {
      let transcript = try Transcript(reading: lines)
      guard !transcript.hasWildcards else {
        // Nobody knows what a wildcard stands for, so the lines are shown as they are.
        let text = transcript.text.joined(separator: "\n")
        results = [Report("record", [.lines(name: "record", text: text)])]
        return transcript.context
      }
      for result in transcript.results {
        switch result {
        case .report(let report): results.append(report)
        case .failure(let recorded): failure = Failure(recorded)
        }
      }
      return transcript.context
    } catch {
      problem = .init(line: notebook.recordedLine(error.line, of: step), text: error.message)
      return nil
    }
  }
}

extension Failure {
  /// A failure as it was recorded.
  init(_ recorded: TranscribedFailure) {
    self.init(
      .script, recorded.message, sqlState: recorded.sqlState, detail: recorded.detail, hint: recorded.hint)
  }
}
