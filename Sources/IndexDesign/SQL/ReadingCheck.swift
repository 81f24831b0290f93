/// What a query may hold that does more than read.
enum ReadingCheck {
  /// Why the tree of a `SelectStmt` is not only reading; nil when it is.
  static func obstacle(in tree: JSONValue, of cursor: TokenCursor) -> DesignError? {
    let found = tree.firstMember { name, value in
      switch name {
      case "intoClause", "lockingClause": true
      case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt": true
      case "FuncCall": functionObstacle(value) != nil
      default: false
      }
    }
    guard let found else { return nil }
    switch found.name {
    case "intoClause": return makesTable(at: place(of: "into", in: cursor))
    case "lockingClause": return locksRows(at: place(of: "for", in: cursor))
    case "FuncCall":
      let offset = found.value["location"]?.integer ?? 0
      let token = cursor.lexer.tokens.first { $0.range.lowerBound >= offset }
      var error = functionObstacle(found.value)
      error?.position = token?.range ?? cursor.here
      return error
    default:
      let verb = Identifier.folded(found.name.dropLast("Stmt".count))
      return writes(verb, at: place(of: verb, in: cursor))
    }
  }

  private static func functionObstacle(_ call: JSONValue) -> DesignError? {
    guard let name = call["funcname"]?.nodeStrings.last else { return nil }
    let setting = call["args"]?.array?.first?.constantString
    if name == "set_config", let setting, AnalysisSetting.isAllowed(setting) { return nil }
    return refusal(ofFunction: name)
  }

  /// Why no query may call the function `name`; nil when it may.
  static func refusal(ofFunction name: String) -> DesignError? {
    switch name {
    case "set_config":
      refused("set_config may only name a planner or display setting, as a constant", at: nil)
    case "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "ts_stat", "ts_rewrite":
      refused("\(name) runs SQL that is in a string, which cannot be judged", at: nil)
    case "lo_creat", "lo_create", "lo_export", "lo_from_bytea", "lo_import", "lo_put", "lo_truncate",
      "lo_truncate64", "lo_unlink", "lowrite":
      refused("\(name) writes, and raw SQL is for looking", at: nil)
    case "hypopg_create_index", "hypopg_drop_index", "hypopg_reset", "hypopg_reset_index",
      "hypopg_hide_index", "hypopg_unhide_index", "hypopg_unhide_all_indexes":
      DesignError(
        .refused, "\(name) would change hypothetical indexes without hypo's knowledge",
        hint: "use \"hypo add\", \"hypo drop\", \"hypo reset\" or \"hypo hide\"")
    case "hypopg_get_indexdef":
      DesignError(
        .refused, "\(name) crashes the server when the index's table was dropped",
        hint: "use \"hypo list\" or \"show %1\"")
    default:
      OutsideEffect.words(of: name).map { refused("\(name) \($0), and raw SQL is for looking", at: nil) }
    }
  }

  static func makesTable(at range: Range<Int>) -> DesignError {
    refused("SELECT INTO makes a table, and raw SQL is for looking", at: range)
  }

  static func locksRows(at range: Range<Int>) -> DesignError {
    refused("FOR UPDATE and FOR SHARE lock rows, and raw SQL is for looking", at: range)
  }

  static func writes(_ verb: String, at range: Range<Int>) -> DesignError {
    refused("this query holds \(verb.uppercased()), and raw SQL is for looking", at: range)
  }

  static func refused(_ message: String, at range: Range<Int>?) -> DesignError {
    DesignError(
      .refused, message, hint: "use \"promote\" to make an index, and psql for everything else",
      position: range)
  }

  private static func place(of word: String, in cursor: TokenCursor) -> Range<Int> {
    let token = cursor.lexer.tokens.first {
      $0.kind == .word && Identifier.folded(cursor.text(of: $0.range)) == word
    }
    return token?.range ?? cursor.here
  }
}
