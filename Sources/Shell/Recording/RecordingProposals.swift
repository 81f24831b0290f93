import IndexDesign
import Ledger
import Server

/// What could be expected behind a command, from what it found.
enum RecordingProposals {
  /// `expect` lines for a diff or a promote; empty for all else.
  static func behind(_ word: String, _ workspace: Workspace) -> [String] {
    switch word {
    case "diff": diff(workspace)
    case "promote": promote(workspace)
    default: []
    }
  }

  private static func diff(_ workspace: Workspace) -> [String] {
    guard let handle = workspace.queries.last, let explanation = workspace.plans[handle],
      let baseline = explanation.baseline
    else { return [] }
    var lines = explanation.plan.usedDesigns.map { "expect plan \(handle) uses index \($0)" }
    // Somewhat less than was seen, because estimates move with the statistics.
    if let change = explanation.plan.totalCost.change(from: baseline.totalCost), change < -0.02 {
      let share = Int(-change * 100 * 0.9)
      if share > 0 { lines.append("expect cost \(handle) drops >= \(share)%") }
    }
    return lines.isEmpty ? [] : lines + ["expect no regression"]
  }

  private static func promote(_ workspace: Workspace) -> [String] {
    guard let number = workspace.changes.last, let record = try? workspace.ledger().change(number) else {
      return []
    }
    let name = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName).sql
    return ["expect index \(name) valid"]
  }
}
