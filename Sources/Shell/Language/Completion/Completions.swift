import IndexDesign
import Ledger
import Reports
import Server
import Terminal

/// What the Tab key offers in a session, and the hint behind what is typed.
final class Completions {
  /// The lines of the same statement above the one that is edited, each with its newline.
  var linesAbove = ""
  /// The names of the database.
  let names: CatalogNamesSource
  private let workspace: Workspace

  init(_ workspace: Workspace) {
    self.workspace = workspace
    names = CatalogNamesSource(workspace)
  }

  /// The ways to go on at a cursor, which is an offset into the line's UTF-8.
  func offered(_ line: String, _ cursor: Int) -> [Completion] {
    let bytes = Array(line.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    let before = linesAbove + String(decoding: bytes[..<cursor], as: UTF8.self)
    let after = String(decoding: bytes[cursor...], as: UTF8.self)
    let above = linesAbove.utf8.count
    return Completer(facts: facts()).completions(before: before, after: after).compactMap {
      var completion = $0
      completion.start -= above
      return completion.start >= 0 ? completion : nil
    }
  }

  /// The rest of the form behind a line; nil when there is none.
  func hint(_ line: String) -> LineEditor.Hint? { linesAbove.isEmpty ? FormHint.of(line) : nil }

  private func facts() -> CompletionFacts {
    let (known, lack) = names.forTab()
    var facts = CompletionFacts(names: known, lackOfNames: lack)
    facts.queries = workspace.queries.all.map {
      .init(name: $0.handle.description, note: Self.short($0.text))
    }
    facts.designs = workspace.designs.all.map {
      .init(name: $0.handle.description, note: "\($0.state.words): \(Self.short($0.definition.shortForm))")
    }
    facts.changes = workspace.changes.map { number in
      let record = try? workspace.ledger().change(number)
      return .init(name: String(number.number), note: Self.short(record?.intent.statement ?? ""))
    }
    // A conninfo may hold a password, so it is no note.
    facts.targets =
      workspace.targets.configuration.targets.map {
        .init(name: $0.name, note: $0.isProduction ? Prompt.production : "")
      }
      + [.init(name: "sandbox", note: "a private server with sample data")]
    facts.files = FileCompletion.files
    return facts
  }

  /// The beginning of a text, on one line.
  static func short(_ text: String) -> String {
    let line = text.prefix(400).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 60 ? line.prefix(59) + "…" : line
  }
}
