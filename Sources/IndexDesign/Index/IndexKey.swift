/// One key of an index: what it holds and how that is ordered.
public struct IndexKey: Hashable, Sendable {
  /// What a key holds.
  public enum Term: Hashable, Sendable {
    /// A column, by its name in the catalog.
    case column(String)
    /// An expression as it was typed, without the parentheses around the whole.
    case expression(String)
  }

  /// The column or expression.
  public var term: Term
  /// The collation asked for; nil for the one of the term.
  public var collation: RelationName?
  /// The operator class asked for; nil for the default of the term's type.
  public var operatorClass: RelationName?
  /// The options of the operator class, in order; empty when there are none.
  public var operatorClassParameters: [StorageParameter]
  /// Whether the order is `DESC`.
  public var isDescending: Bool
  /// Whether nulls come first; nil for the direction's default (last, and first with `DESC`).
  public var nullsFirst: Bool?

  /// Makes a key; all but the term have PostgreSQL's defaults.
  public init(
    _ term: Term, collation: RelationName? = nil, operatorClass: RelationName? = nil,
    operatorClassParameters: [StorageParameter] = [], isDescending: Bool = false, nullsFirst: Bool? = nil
  ) {
    self.term = term
    self.collation = collation
    self.operatorClass = operatorClass
    self.operatorClassParameters = operatorClassParameters
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst
  }

  /// The key as it stands in `CREATE INDEX`.
  public var sql: String { sql(isShort: false) }

  /// - Parameter isShort: words in small letters, as people type them.
  func sql(isShort: Bool, withOperatorClassParameters: Bool = true) -> String {
    func word(_ text: String) -> String { isShort ? Identifier.folded(text) : text }
    var text: String
    switch term {
    case .column(let name): text = Identifier.quoted(name)
    case .expression(let expression):
      text = IndexExpression.functionName(of: expression) == nil ? "(\(expression))" : expression
    }
    if let collation { text += " \(word("COLLATE")) \(collation.sql)" }
    if let operatorClass {
      text += " \(operatorClass.sql)"
      if withOperatorClassParameters, !operatorClassParameters.isEmpty {
        text += "(" + operatorClassParameters.map(\.sql).joined(separator: ", ") + ")"
      }
    }
    if isDescending { text += " \(word("DESC"))" }
    if let nullsFirst { text += " " + word(nullsFirst ? "NULLS FIRST" : "NULLS LAST") }
    return text
  }

  /// Whether nulls come first when the default of the direction is put in.
  var effectiveNullsFirst: Bool { nullsFirst ?? isDescending }
}
