import Notebook
import Reports
import Terminal

/// Shows the commands of a script in front of the plans that they give, where there are several of them.
final class PlanCommandLines: NotebookWatcher {
  private let loop: Loop
  private let steps: Set<Int>

  init(_ checked: CheckedNotebook, _ loop: Loop) {
    self.loop = loop
    steps = Set(checked.commands.filter { $0.prepared?.showsPlan == true }.map(\.step.number))
  }

  func begins(_ step: Notebook.Step, _ text: String) {
    guard steps.count > 1, steps.contains(step.number), !loop.output.isSilent,
      loop.workspace.settings.format.isForPeople
    else { return }
    loop.console.write([StyledText(CellText.oneLine(text), .dim)])
  }

  func ended(_ result: StepResult) {}
}
