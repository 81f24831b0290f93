import IndexDesign
import Notebook
import Reports
import Terminal

/// What a replay would do, as far as it can be told without a server.
///
/// Designs and named queries are followed through the notebook; what only a server knows is said in words.
struct DryRun {
  private let checked: CheckedNotebook
  private let file: String

  init(_ checked: CheckedNotebook, file: String) { (self.checked, self.file) = (checked, file) }

  /// A line a step, and below it what would be sent.
  var lines: [StyledText] {
    var forecast = Forecast()
    var lines: [StyledText] = []
    if let target = checked.notebook.header.target {
      lines.append(StyledText("connect: ", .dim) + StyledText(target))
    }
    for requirement in checked.notebook.header.requirements {
      lines.append(StyledText("require: ", .dim) + StyledText(requirement.text))
    }
    let count = checked.commands.count
    for command in checked.commands {
      guard !Secrets.isHeld(in: command.text) else {
        lines.append(
          StyledText("\(command.step.number)/\(count)  \(file):\(command.step.line)  ", .dim)
            + StyledText("… (not shown: it holds a password)", .dim))
        continue
      }
      let guards = command.step.guards.map { "[\($0.text)] " }.joined()
      lines.append(
        StyledText("\(command.step.number)/\(count)  \(file):\(command.step.line)  ", .dim)
          + StyledText(guards, .accent) + StyledText(CellText.oneLine(command.text), .strong))
      lines += (command.prepared.map { forecast.sent(by: $0) } ?? []).flatMap { statement in
        statement.split(separator: "\n").map { StyledText("    → ", .dim) + StyledText(String($0)) }
      }
    }
    lines.append(StyledText("nothing was sent: this was a dry run", .good))
    return lines
  }
}
