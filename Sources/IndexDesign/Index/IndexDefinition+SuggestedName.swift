extension IndexDefinition {
  /// The name that the server would choose if nothing of that name were there yet:
  /// `orders_customer_id_created_at_idx`, at most 63 bytes.
  ///
  /// Source: `ChooseIndexName` and `makeObjectName` in PostgreSQL's `indexcmds.c`.
  public var suggestedName: String {
    var columns: [String] = []
    for name in keys.map(Self.columnName) + includedColumns {
      var candidate = name
      var number = 1
      while columns.contains(candidate) {
        candidate =
          Identifier.clipped(name, toBytes: Identifier.maximumLengthInBytes - "\(number)".utf8.count)
          + "\(number)"
        number += 1
      }
      columns.append(candidate)
    }
    return Self.joined(table.name, columns.joined(separator: "_"))
  }

  /// A function's name stands for its call, `expr` for every other expression.
  private static func columnName(_ key: IndexKey) -> String {
    switch key.term {
    case .column(let name): name
    case .expression(let text): IndexExpression.functionName(of: text) ?? "expr"
    }
  }

  /// Both parts lose bytes, the longer one first, until all fits.
  private static func joined(_ table: String, _ columns: String) -> String {
    let available = Identifier.maximumLengthInBytes - "__idx".utf8.count
    var (first, second) = (table.utf8.count, columns.utf8.count)
    while first + second > available {
      if first > second { first -= 1 } else { second -= 1 }
    }
    return Identifier.clipped(table, toBytes: first) + "_" + Identifier.clipped(columns, toBytes: second)
      + "_idx"
  }
}
