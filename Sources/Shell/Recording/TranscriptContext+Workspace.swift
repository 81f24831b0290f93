import IndexDesign
import Notebook
import Reports
import Server

extension TranscriptContext {
  /// The circumstances of results: the server, and how old the statistics are of the relations in their plans.
  static func now(for reports: [Report], in workspace: Workspace) -> TranscriptContext {
    var context = TranscriptContext()
    guard let session = workspace.session else { return context }
    let facts = session.facts
    context.origin = Origin(
      time: workspace.now().description, postgresql: facts.shortVersion, hypopg: facts.hypopg?.version)
    let plans = reports.flatMap(\.blocks).compactMap {
      if case .plan(let plan) = $0 { plan.plan } else { nil }
    }
    let names = Set(plans.flatMap(\.nodes).compactMap(\.relation))
    guard !names.isEmpty, let ages = try? session.statisticsAges(of: names.sorted()) else { return context }
    context.statistics = ages.map { Statistics(relation: $0.relation, analyzed: $0.analyzed) }
    return context
  }
}
