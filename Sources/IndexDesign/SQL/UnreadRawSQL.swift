/// The same rule by words alone, for a text that libpg_query cannot read: the server's grammar may be newer.
///
/// Stricter than the rule by trees: a word counts wherever it stands.
enum UnreadRawSQL {
  static func judge(_ start: TokenCursor, because error: DesignError) -> RawSQLJudgement {
    var cursor = start
    while cursor.accept(mark: "(") {}
    switch cursor.word() {
    case "select", "with", "values", "table":
      if let obstacle = obstacle(in: cursor) { return .refuse(obstacle) }
      return .pass(.reading)
    case "show": return .pass(.show)
    case "set", "reset": return setting(cursor, because: error)
    case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release":
      return .refuse(error)
    case let word? where StatementKeyword.all.contains(word):
      return .refuse(RawSQLRule.notForLooking(cursor))
    default: return .refuse(error)
    }
  }

  private static let writingWords: Set<String> = ["insert", "update", "delete", "merge"]

  private static func obstacle(in start: TokenCursor) -> DesignError? {
    var cursor = start
    while let token = cursor.current {
      let raw = cursor.text(of: token.range)
      if token.kind == .quotedIdentifier, raw.utf8.first != UInt8(ascii: "\"") {
        return ReadingCheck.refused("names with Unicode escapes cannot be judged here", at: token.range)
      }
      let name = (try? cursor.identifier(token)) ?? ""
      if var error = ReadingCheck.refusal(ofFunction: name) {
        error.position = token.range
        return error
      }
      if let word = cursor.word() {
        if writingWords.contains(word) { return ReadingCheck.writes(word, at: token.range) }
        if word == "into" { return ReadingCheck.makesTable(at: token.range) }
        if word == "for", ["share", "key", "no"].contains(cursor.word(1) ?? "") {
          return ReadingCheck.locksRows(at: token.range)
        }
      }
      cursor.index += 1
    }
    return nil
  }

  private static func setting(_ start: TokenCursor, because error: DesignError) -> RawSQLJudgement {
    var cursor = start
    cursor.index += 1
    if cursor.word() == "session" || cursor.word() == "local" { cursor.index += 1 }
    guard let first = cursor.current, var name = try? cursor.identifier(first) else { return .refuse(error) }
    cursor.index += 1
    if cursor.accept(mark: "."), let next = cursor.current, let part = try? cursor.identifier(next) {
      name += "." + part
    }
    guard AnalysisSetting.isAllowed(name) else {
      return .refuse(RawSQLRule.settingRefused("\"\(name)\"", start))
    }
    return .pass(.setting(name))
  }
}
