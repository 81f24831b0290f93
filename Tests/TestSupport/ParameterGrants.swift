import Foundation

/// Who may set which parameter is one catalog of a whole server: where two sessions change it at once, one of them
/// fails, even with roles of its own. So tests change it one after the other.
public enum ParameterGrants {
  private static let turn = NSLock()

  /// Runs what grants, revokes or drops such rights while no other test does.
  public static func changing<Value>(_ body: () throws -> Value) rethrows -> Value {
    try turn.withLock(body)
  }

  /// Whether a text of SQL changes them: `DROP OWNED` revokes all that a role has.
  static func areChanged(by sql: String) -> Bool {
    sql.contains("ON PARAMETER") || sql.contains("DROP OWNED")
  }
}
