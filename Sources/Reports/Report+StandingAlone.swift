public import IndexDesign

extension Report {
  /// The report as it is kept where nobody sees what was typed before: with the statement that was planned, and the
  /// definition of every design that it names or is about.
  ///
  /// - Parameters:
  ///   - command: the command above it, when that is kept, too: a statement in it is not said again.
  ///   - definition: the definition of a design in the words of `hypo add`; nil when nobody knows it.
  /// - Returns: the report itself when it says all of that already.
  public func standingAlone(below command: String = "", _ definition: (DesignHandle) -> String?) -> Report {
    var report = self
    if let statement = plannedStatement, !says(statement), !command.contains(statement.sql) {
      report.blocks.insert(
        .statement(name: "statement", title: "Statement", sql: statement.sql),
        at: says(statement.title) ? 1 : 0)
      if !says(statement.title) {
        report.blocks.insert(.note(.init(weight: .information, text: statement.title)), at: 0)
      }
    }
    let defined = definedDesigns
    let missing = namedDesigns.union(designs).subtracting(defined.keys).sorted().compactMap { handle in
      definition(handle).map { [Cell.handle(handle.description), .sql($0)] }
    }
    if !missing.isEmpty {
      let name = blocks.contains { $0.name == "designs" } ? "definitions" : "designs"
      report.blocks.append(
        .table(.init(name: name, columns: [.init("design"), .init("definition")], rows: missing)))
    }
    return report
  }

  /// The definitions that the report gives of designs: in rows that have both columns, or as values of one design.
  public var definedDesigns: [DesignHandle: String] {
    var defined: [DesignHandle: String] = [:]
    func note(_ names: [String], _ cells: [Cell]) {
      guard let design = names.firstIndex(of: "design"), let definition = names.firstIndex(of: "definition"),
        case .handle(let text) = cells[design], let handle = DesignHandle(text),
        case .sql(let sql) = cells[definition]
      else { return }
      defined[handle] = sql
    }
    for block in blocks {
      switch block {
      case .table(let table): for row in table.rows { note(table.columns.map(\.name), row) }
      case .fields(let fields): note(fields.values.map(\.name), fields.values.map(\.value))
      case .rows, .answer, .plan, .statement, .lines, .note: break
      }
    }
    return defined
  }

  /// What its plans are of; nil when it has none, or nothing is known of them.
  private var plannedStatement: PlanBlock.Statement? {
    blocks.lazy.compactMap { if case .plan(let plan) = $0 { plan.statement } else { nil } }.first
  }

  private func says(_ statement: PlanBlock.Statement) -> Bool {
    blocks.contains { if case .statement(_, _, statement.sql) = $0 { true } else { false } }
  }

  /// Whether its first sentence says what was planned.
  private func says(_ title: String) -> Bool {
    if case .note(let note)? = blocks.first { note.text.hasPrefix(title) } else { false }
  }

  /// The designs that plans read and that titles, values and sentences name; statements name none.
  public var namedDesigns: Set<DesignHandle> {
    var named: Set<DesignHandle> = []
    func read(_ text: String) {
      for match in text.matches(of: /%[0-9]+/) {
        if let handle = DesignHandle(String(match.output)) { named.insert(handle) }
      }
    }
    func read(_ cell: Cell) {
      switch cell {
      case .text(let text), .handle(let text): read(text)
      default: break
      }
    }
    for block in blocks {
      switch block {
      case .plan(let plan):
        read(plan.title)
        named.formUnion(plan.plan.usedDesigns)
      case .table(let table): for row in table.rows { row.forEach(read) }
      case .fields(let fields): for field in fields.values { read(field.value) }
      case .note(let note): read(note.text)
      case .rows, .answer, .statement, .lines: break
      }
    }
    return named
  }

  /// The queries whose handles are values in it.
  public var namedQueries: [QueryHandle] {
    blocks.flatMap { block -> [Cell] in
      switch block {
      case .table(let table): table.rows.flatMap(\.self)
      case .fields(let fields): fields.values.map(\.value)
      default: []
      }
    }.compactMap { if case .handle(let text) = $0 { QueryHandle(text) } else { nil } }
      + fieldHandles
  }

  /// The queries that values are named after, as those of `query` are.
  private var fieldHandles: [QueryHandle] {
    blocks.flatMap { block -> [QueryHandle] in
      if case .fields(let fields) = block { fields.values.compactMap { QueryHandle($0.name) } } else { [] }
    }
  }
}
