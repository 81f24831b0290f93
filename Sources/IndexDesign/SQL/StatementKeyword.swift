/// The words that SQL statements of PostgreSQL begin with.
///
/// Source: PostgreSQL manual, "SQL Commands", versions 15 to 18.
public enum StatementKeyword {
  /// Each first word once, in small letters.
  public static let all: Set<String> = [
    "abort", "alter", "analyse", "analyze", "begin", "call", "checkpoint", "close", "cluster", "comment",
    "commit", "copy", "create", "deallocate", "declare", "delete", "discard", "do", "drop", "end", "execute",
    "explain", "fetch", "grant", "import", "insert", "listen", "load", "lock", "merge", "move", "notify",
    "prepare", "reassign", "refresh", "reindex", "release", "reset", "revoke", "rollback", "savepoint",
    "security", "select", "set", "show", "start", "table", "truncate", "unlisten", "update", "vacuum",
    "values", "with",
  ]
}
