import IndexDesign
import Reports
import Server

extension RecordContext {
  /// The circumstances of results: the server, and how old the statistics are of the relations in their plans.
  static func now(for reports: [Report], in workspace: Workspace) -> RecordContext {
    var context = RecordContext()
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

  /// What of these circumstances is not known from earlier ones. That time has passed is no news.
  func news(since earlier: RecordContext) -> RecordContext {
    var news = RecordContext()
    let isSameServer =
      earlier.origin?.postgresql == origin?.postgresql && earlier.origin?.hypopg == origin?.hypopg
    if !isSameServer { news.origin = origin }
    news.statistics = statistics.filter { !earlier.statistics.contains($0) }
    return news
  }

  /// These circumstances with newer ones over them.
  func updated(by newer: RecordContext) -> RecordContext {
    var context = self
    if let origin = newer.origin { context.origin = origin }
    for one in newer.statistics {
      context.statistics.removeAll { $0.relation == one.relation }
      context.statistics.append(one)
    }
    return context
  }

  /// What has changed since a record was made, in words: it may explain a drift.
  func explanations(recorded: RecordContext) -> [String] {
    var words: [String] = []
    if let now = origin, let then = recorded.origin {
      if now.postgresql != then.postgresql {
        words.append("recorded on PostgreSQL \(then.postgresql), this is \(now.postgresql)")
      }
      if now.hypopg != then.hypopg {
        words.append(
          "recorded with HypoPG \(then.hypopg ?? "missing"), this is \(now.hypopg ?? "without it")")
      }
    }
    for now in statistics {
      guard let then = recorded.statistics.first(where: { $0.relation == now.relation }),
        then.analyzed != now.analyzed
      else { continue }
      let age =
        now.analyzed.map { "analyzed at \(CellText.time($0))" }
        ?? "not analyzed since its statistics were reset"
      words.append(
        "\(now.relation) was \(age); when it was recorded, \(then.analyzed.map { "at \(CellText.time($0))" } ?? "never")"
      )
    }
    return words
  }
}
