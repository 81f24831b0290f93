import IndexDesign

/// The way to one value of a result: `rows[1].count`, `index."index scans since"`.
public struct ResultPath: Equatable, Sendable {
  /// The name of the part that it is in.
  public var block: String
  /// Which row of a table, from 1; nil for names and values about one thing.
  public var row: Int?
  /// The column, or the name of the value.
  public var name: String

  /// Reads a path; nil when the text has another form.
  public init?(_ text: String) {
    var rest = text[...]
    guard let block = Self.name(&rest) else { return nil }
    self.block = block
    if rest.first == "[" {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard let row = Int(digits), row > 0, rest.dropFirst(1 + digits.count).first == "]" else { return nil }
      self.row = row
      rest = rest.dropFirst(2 + digits.count)
    }
    guard rest.first == "." else { return nil }
    rest = rest.dropFirst()
    guard let name = Self.name(&rest), rest.isEmpty else { return nil }
    self.name = name
  }

  private static func name(_ rest: inout Substring) -> String? {
    if rest.first == "\"" {
      guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
      let name = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      return name.isEmpty ? nil : String(name)
    }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard name.first?.isNumber == false else { return nil }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  /// The value in the reports of a command.
  ///
  /// - Throws: `Failure` that lists what there is.
  public func value(in reports: [Report], at place: Failure.Place?) throws(Failure) -> Cell {
    guard !reports.isEmpty else {
      throw Failure(
        .script, "there is no result before this", hint: "a path is about the command above", place: place)
    }
    let blocks = reports.flatMap(\.blocks)
    for found in blocks where found.name == block {
      switch found {
      case .fields(let fields) where row == nil:
        if let field = fields.values.first(where: { $0.name == name }) { return field.value }
        throw missing("\(block) has no \"\(name)\"", fields.values.map(\.name), place)
      case .table(let table) where row != nil:
        return try cell(table.columns.map(\.name), table.rows, place)
      case .answer(let answer) where row != nil:
        let batch = RowBatch(columns: answer.columns, rows: answer.rows)
        return try cell(answer.columns.map(\.name), batch.cells, place)
      default: continue
      }
    }
    throw missing(
      "the result has no \(row == nil ? "values" : "rows") \"\(block)\"", blocks.compactMap(\.path), place)
  }

  private func cell(_ names: [String], _ rows: [[Cell]], _ place: Failure.Place?) throws(Failure) -> Cell {
    guard let column = names.firstIndex(of: name) else {
      throw missing("\(block) has no column \"\(name)\"", names, place)
    }
    guard let row, row <= rows.count else {
      throw Failure(
        .script, "\(block) has no row \(row ?? 0)",
        hint: rows.isEmpty ? "it is empty" : "its rows are 1 to \(rows.count)", place: place)
    }
    return rows[row - 1][column]
  }

  private func missing(_ message: String, _ names: [String], _ place: Failure.Place?) -> Failure {
    let near = NearName.closest(to: name, among: names)
    return Failure(
      .script, message,
      hint: near.map { "did you mean \"\($0)\"?" } ?? "there is: \(names.joined(separator: ", "))",
      place: place)
  }
}

extension Report.Block {
  /// The name by which machines know it; nil for sentences.
  public var name: String? {
    switch self {
    case .fields(let fields): fields.name
    case .table(let table): table.name
    case .rows(let rows): rows.name
    case .answer(let answer): answer.name
    case .plan(let plan): plan.name
    case .statement(let name, _, _), .lines(let name, _): name
    case .note: nil
    }
  }

  /// How a path into it begins; nil when none does.
  fileprivate var path: String? {
    switch self {
    case .fields(let fields): fields.name
    case .table(let table): "\(table.name)[1]"
    case .answer(let answer): "\(answer.name)[1]"
    case .rows, .plan, .statement, .lines, .note: nil
    }
  }
}
