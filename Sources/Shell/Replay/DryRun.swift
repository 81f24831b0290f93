import IndexDesign
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

/// Follows designs and queries as the commands of a notebook would make them.
private struct Forecast {
  private var designs = Designs()
  private var queries = Queries()
  private var promoted: [(name: RelationName, statement: String)] = []

  mutating func sent(by command: PreparedCommand) -> [String] {
    switch command.action {
    case .sql(let text): ["BEGIN READ ONLY; \(text)"]
    case .backslash(let text):
      command.mayChangeDatabase ? ["the commands of the file, which a dry run does not follow: \(text)"] : []
    case .command(let command): sent(by: command)
    }
  }

  private mutating func sent(by command: any Command) -> [String] {
    switch command {
    case let command as QueryCommand:
      if let named = command.named { _ = queries.name(named.name, named.statement) }
      return []
    case let command as HypoAddCommand:
      guard let design = command.design(in: &designs) else { return [] }
      return ["SELECT hypopg_create_index(\(Literal.quoted(design.definition.hypotheticalStatement)))"]
    case let command as ExplainCommand: return explain(command.subject)
    case let command as PromoteCommand: return promote(command)
    case is RollbackCommand:
      guard let last = promoted.popLast() else { return ["the recorded reverse of the change"] }
      return ["DROP INDEX CONCURRENTLY IF EXISTS \(last.name.sql);"]
    case is RunCommand: return ["the commands of the file, which a dry run does not follow"]
    default: return []
    }
  }

  private func explain(_ subject: PlanArguments) -> [String] {
    if let typed = subject.typed {
      return ["BEGIN READ ONLY; EXPLAIN (FORMAT JSON) \(CellText.oneLine(typed.text))"]
    }
    guard let (handle, place) = subject.handle, let query = try? queries.find(handle, at: place) else {
      return ["BEGIN READ ONLY; EXPLAIN (FORMAT JSON) …, of a statement that the server knows"]
    }
    return ["BEGIN READ ONLY; EXPLAIN (FORMAT JSON) \(CellText.oneLine(query.text))"]
  }

  private mutating func promote(_ command: PromoteCommand) -> [String] {
    guard let definition = command.definition(in: designs) else {
      return ["CREATE INDEX CONCURRENTLY … of a design that only running can tell"]
    }
    let name = definition.name ?? definition.suggestedName
    let table = definition.table
    let statement = definition.createStatement(name: name, concurrently: true, ifNotExists: true)
    promoted.append((RelationName(schema: table.schema, name: name), statement))
    return [
      "\(statement);",
      "its reverse: DROP INDEX CONCURRENTLY IF EXISTS \(RelationName(schema: table.schema, name: name).sql);",
    ]
  }
}
