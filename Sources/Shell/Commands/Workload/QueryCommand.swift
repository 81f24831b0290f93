import IndexDesign
import Notebook
import Reports

/// `query NAME = SQL;`
struct QueryCommand: Command {
  static let declaration = CommandDeclaration(
    name: "query",
    form: Form("[NAME = SQL; {queryid QUERYID}]", ["NAME": .queryName]),
    summary: "name a statement, to be used as @NAME",
    details: """
      The statement may have parameters $1, $2 …; explain @NAME with (…) gives them values. It is parsed, not sent. \
      query without arguments lists the queries that have a handle. query @3 = … binds a number, as recordings do: @3 \
      is that statement from there on, whatever top ranks third, and top knows it again by its text, among several of \
      one text by its queryid.
      """,
    examples: [
      .init(
        "query recent = SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50;",
        gives: .parts(["query"], showing: "parameters")),
      .init("query", gives: .parts(["queries"], showing: "@recent")),
      .init(
        "query @9 = SELECT count(*) FROM orders WHERE status = $1;",
        gives: .parts(["query"], showing: "explain @9 with")),
    ],
    group: .workload, effects: [.looks, .keepsInWorkspace])

  private let handle: QueryHandle?
  private let statement: String
  private let queryID: String?

  init(_ arguments: Arguments) throws(Failure) {
    guard let typed = arguments.word("SQL") else {
      (handle, statement, queryID) = (nil, "", nil)
      return
    }
    handle = try arguments.givenHandle()
    statement = String(typed.text.reversed().drop(while: \.isWhitespace).reversed())
    queryID = arguments.word("QUERYID")?.text
    _ = try arguments.read(typed, ExplainRequest.parse)
  }

  func sent(in forecast: inout Forecast) -> [String] {
    switch handle {
    case .name(let name)?: _ = forecast.queries.name(name, statement)
    case .number(let number)?: _ = forecast.queries.bind(number, statement, queryID: queryID)
    case nil: break
    }
    return []
  }

  /// The list gives no handles.
  var effects: Effects { handle == nil ? .looks : Self.declaration.effects }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let query: Query
    switch handle {
    case .name(let name)?: query = workspace.name(name, statement)
    case .number(let number)?: query = workspace.bind(number, statement, queryID: queryID)
    case nil: return list(workspace)
    }
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
  fileprivate func givenHandle() throws(Failure) -> QueryHandle? {
    guard let word = word("NAME") else { return nil }
    // A number is bound only with its @, so that nobody does it by accident.
    if let handle = QueryHandle(word.text) { return handle }
    guard case .name(let name)? = QueryHandle("@" + word.text) else {
      throw failure(
        "a query's name is made of letters, digits and _, and begins with a letter", at: word,
        hint: "usage: \(synopsis)")
    }
    return .name(name)
  }
}
