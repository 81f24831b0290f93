import Reports

/// What a rendering could not show as it was meant.
public struct NotebookWarning: Equatable, Sendable {
  /// The line of the notebook, from 1.
  public var line: Int
  /// What, in words.
  public var text: String

  init(line: Int, _ text: String) {
    self.line = line
    self.text = text
  }

  /// What was changed in prose that begins at a line.
  init(_ remark: Prose.Remark, proseLine: Int) {
    let text =
      switch remark.kind {
      case .rawHTML: "raw HTML is shown as text: \(remark.text)"
      case .picture: "a picture is not loaded, its words take its place: \(remark.text)"
      case .link: "a link leads to no web page and is left out: \(remark.text)"
      }
    self.init(line: proseLine + remark.line - 1, text)
  }
}

extension NotebookDocument {
  /// The commands of which nothing is recorded; one warning when that are all of them.
  public var unrecordedSteps: [NotebookWarning] {
    let commands = parts.compactMap { part -> Step? in
      guard case .step(let step) = part, step.kind == .command else { return nil }
      return step
    }
    let unrecorded = commands.filter {
      $0.hasRecord && $0.results.isEmpty && $0.failure == nil && $0.problem == nil
    }
    if let first = unrecorded.first, unrecorded.count == commands.count {
      return [.init(line: first.line, "no output is recorded from here on, so that commands have none")]
    }
    return unrecorded.map { .init(line: $0.line, "no output is recorded of this command") }
      + commands.compactMap(\.problem).map {
        .init(line: $0.line, "the recorded output cannot be read: \($0.text)")
      }
  }
}
