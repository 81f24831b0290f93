/// The comment by which hypo knows its own statements again in pg_stat_statements, where they are counted at all.
///
/// It stands behind the first word: PostgreSQL 18 keeps no comment in front of a statement.
package struct StatementMark: Equatable, Sendable {
  /// The comment.
  package static let comment = "/* hypo:own */"

  /// A statement of hypo's own with the comment in it.
  package static func + (mark: Self, statement: String) -> String {
    let word = statement.prefix { $0.isLetter }
    return "\(word) \(comment)\(statement.dropFirst(word.count))"
  }

  /// The POSIX expression that the marked statements of this hypo and of its first versions match.
  static let pattern = #"^([A-Za-z]+ /\* hypo:own \*/|/\* hypo \*/ )"#

  /// The POSIX expression that only its marked EXPLAIN matches.
  static let explainPattern = #"^(EXPLAIN /\* hypo:own \*/|/\* hypo \*/ EXPLAIN)"#

  /// What a marked EXPLAIN explains; nil for every other text.
  static func explained(in text: String) -> Substring? {
    guard ["EXPLAIN " + comment, "/* hypo */ EXPLAIN"].contains(where: text.hasPrefix),
      let end = text.firstIndex(of: ")")
    else { return nil }
    return text[text.index(after: end)...].drop { $0 == " " }
  }
}
