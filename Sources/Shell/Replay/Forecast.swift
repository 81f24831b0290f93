import IndexDesign

/// Follows designs and queries as the commands of a notebook would make them.
struct Forecast {
  /// The designs that would be there.
  var designs = Designs()
  /// The queries that would have a handle.
  var queries = Queries()
  /// The indexes that would have been built and not dropped again, oldest first.
  var built: [RelationName] = []

  /// What a command would send, a line a statement.
  mutating func sent(by command: PreparedCommand) -> [String] {
    switch command.action {
    case .sql(let text): ["BEGIN READ ONLY; \(text)"]
    case .psql: []
    case .command(let command): command.sent(in: &self)
    }
  }
}
