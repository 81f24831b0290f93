import Reports

extension TranscriptContext {
  /// What of these circumstances is not known from earlier ones. That time has passed is no news.
  public func news(since earlier: TranscriptContext) -> TranscriptContext {
    var news = TranscriptContext()
    let isSameServer =
      earlier.origin?.postgresql == origin?.postgresql && earlier.origin?.hypopg == origin?.hypopg
    if !isSameServer { news.origin = origin }
    news.statistics = statistics.filter { !earlier.statistics.contains($0) }
    return news
  }

  /// These circumstances with newer ones over them.
  public func updated(by newer: TranscriptContext) -> TranscriptContext {
    var context = self
    if let origin = newer.origin { context.origin = origin }
    for one in newer.statistics {
      context.statistics.removeAll { $0.relation == one.relation }
      context.statistics.append(one)
    }
    return context
  }

  /// What has changed since a record was made, in words: it may explain a drift.
  public func explanations(recorded: TranscriptContext) -> [String] {
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
