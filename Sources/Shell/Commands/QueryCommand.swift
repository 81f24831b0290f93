import IndexDesign
import Reports

/// `query NAME = SQL;`
struct QueryCommand: Command {
  static let declaration = CommandDeclaration(
    name: "query", arguments: "[NAME = SQL;]", summary: "name a statement, to be used as @NAME",
    details: """
      The statement may have parameters $1, $2 …; explain @NAME with (…) gives them values. It is parsed, not sent. \
      query without arguments lists the queries that have a handle.
      """,
    examples: [
      "query recent = SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50;",
      "query",
    ],
    group: .workload, effects: [.looks, .keepsInWorkspace])

  private let name: String?
  private let statement: String

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    guard let word = arguments.name() else {
      (name, statement) = (nil, "")
      return
    }
    let bare = word.text.hasPrefix("@") ? String(word.text.dropFirst()) : word.text
    guard case .name(let name)? = QueryHandle("@" + bare) else {
      throw arguments.failure(
        "a query's name is made of letters, digits and _, and begins with a letter", at: word,
        hint: "usage: \(Self.declaration.synopsis)")
    }
    guard arguments.take(sign: "=") else {
      throw arguments.failure(
        "expected = behind the name", at: arguments.next, hint: "usage: \(Self.declaration.synopsis)")
    }
    guard !arguments.isAtEnd else {
      throw arguments.failure(
        "there is no statement behind the =", at: nil, hint: "usage: \(Self.declaration.synopsis)")
    }
    let rest = arguments.takeRest()
    do { _ = try ExplainRequest.parse(rest.text) } catch {
      throw Failure(error, in: arguments.text, offset: rest.range.lowerBound)
    }
    self.name = name
    statement = rest.text.hasSuffix(";") ? String(rest.text.dropLast()) : rest.text
  }

  func sent(in forecast: inout Forecast) -> [String] {
    if let name { _ = forecast.queries.name(name, statement) }
    return []
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let name else { return list(workspace) }
    let query = workspace.name(name, statement)
    let count = StatementParameters(statement).numbers.count
    return Report(
      "query",
      [
        .fields(
          .init(
            name: "query", title: nil,
            values: [
              .init(query.handle.description, .sql(statement)),
              .init(
                "parameters", .integer(Int64(count)),
                remark: count > 0 ? "explain \(query.handle) with (…)" : nil),
            ]))
      ])
  }

  private func list(_ workspace: Workspace) -> Report {
    Report(
      "query",
      [
        .table(
          .init(
            name: "queries", title: nil, columns: [.init("query"), .init("text")],
            rows: workspace.queries.all.map { [.handle($0.handle.description), .sql($0.text)] },
            whenEmpty: "no query has a handle yet; top gives numbers, query NAME = SQL; gives a name"))
      ])
  }
}
