import IndexDesign
import Notebook
import Reports
import Terminal

/// The values that a notebook asks for before its first command.
struct ReplayParameters {
  private let header: NotebookHeader
  private let file: String

  init(_ header: NotebookHeader, file: String) { (self.header, self.file) = (header, file) }

  /// Takes the given values, then the defaults, and asks a person for the rest.
  ///
  /// - Throws: `Failure` for a name that the notebook does not ask for, and when a value is missing and nobody can
  ///   answer; nothing has run then.
  func take(_ given: [(name: String, value: String)], by loop: Loop) throws(Failure) {
    let names = header.parameters.map(\.name)
    for (name, value) in given {
      guard names.contains(name) else {
        let near = NearName.closest(to: name, among: names)
        throw Failure(
          .script, "\(file) has no parameter \"\(name)\"",
          hint: near.map { "did you mean --set \($0)=…?" }
            ?? (names.isEmpty ? "it asks for none" : "parameters: \(names.joined(separator: ", "))"))
      }
      loop.workspace.capture(value, as: name)
    }
    for parameter in header.parameters where loop.workspace.values[parameter.name] == nil {
      loop.workspace.capture(try value(of: parameter, by: loop), as: parameter.name)
    }
  }

  /// With `--yes`, and where nobody can answer, a default counts unasked.
  private func value(of parameter: NotebookHeader.Parameter, by loop: Loop) throws(Failure)
    -> String
  {
    let mayAsk = loop.console.width != nil && !loop.workspace.settings.yes
    if !mayAsk, let value = parameter.value { return value }
    let question =
      StyledText(parameter.question ?? parameter.name, .strong)
      + (parameter.value.map { StyledText(" [\($0)]", .dim) } ?? "") + StyledText(" ")
    if mayAsk, let answer = loop.console.ask(question) {
      let typed = answer.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if let value = typed.isEmpty ? parameter.value : typed { return value }
    }
    if mayAsk {
      throw Failure(.cancelled, "no value was given for \(parameter.name)", hint: "nothing was run")
    }
    let missing = header.parameters.filter { $0.value == nil && loop.workspace.values[$0.name] == nil }.map(
      \.name)
    throw Failure(
      .script, "\(file) needs a value for \(missing.joined(separator: ", "))",
      hint: "hypo replay \(file) " + missing.map { "--set \($0)=VALUE" }.joined(separator: " ")
        + "; nothing was run")
  }
}
