import IndexDesign
import Notebook
import Reports

/// `query NAME = SQL;`
struct QueryCommand: Command {
  static let declaration = CommandDeclaration(
    name: "query", form: Form("[NAME = SQL;]", ["NAME": .queryName]),
    summary: "name a statement, to be used as @NAME",
    details: """
      The statement may have parameters $1, $2 …; explain @NAME with (…) gives them values. It is parsed, not sent. \
      query without arguments lists the queries that have a handle.
      """,
    examples: [
      .init(
        "query recent = SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50;",
        gives: .parts(["query"], showing: "parameters")),
      .init("query", gives: .parts(["queries"], showing: "@recent")),
    ],
    group: .workload, effects: [.looks, .keepsInWorkspace])

  private let name: String?
  private let statement: String

  init(_ arguments: Arguments) throws(Failure) {
    guard let typed = arguments.word("SQL") else {
      (name, statement) = (nil, "")
      return
    }
    name = try arguments.queryName()
    statement = typed.text
    _ = try arguments.read(typed, ExplainRequest.parse)
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

extension Placeholder {
  /// The name of a query, with its @ or without.
  fileprivate static let queryName = Placeholder(
    noun: "name", extent: .name, example: "recent", fit: { _ in 0 })
}

extension Arguments {
  fileprivate func queryName() throws(Failure) -> String? {
    guard let word = word("NAME") else { return nil }
    let bare = word.text.hasPrefix("@") ? word.text : "@" + word.text
    guard case .name(let name)? = QueryHandle(bare) else {
      throw failure(
        "a query's name is made of letters, digits and _, and begins with a letter", at: word,
        hint: "usage: \(synopsis)")
    }
    return name
  }
}
