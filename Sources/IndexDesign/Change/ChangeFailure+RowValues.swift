extension ChangeFailure {
  /// What of it may be written down: the server's words about the data can hold values of rows, which nobody asked
  /// to be kept.
  ///
  /// Errors of an object, of rights, of resources or of the connection speak of names and stay whole. Of a violated
  /// constraint the message names it, and the detail holds the row. All others keep their SQLSTATE alone.
  /// Source: PostgreSQL manual, "PostgreSQL Error Codes".
  public var withoutRowValues: ChangeFailure {
    guard let sqlState else { return self }
    let kind = String(sqlState.prefix(2))
    if Self.classesOfNames.contains(kind) { return self }
    var kept = ChangeFailure(message: message, sqlState: sqlState, hint: hint)
    if kind == "23" { return kept }
    kept.message =
      (Self.names[kind] ?? "error") + "; the server's own words may hold values of rows and are not kept"
    kept.hint = nil
    return kept
  }

  private static let classesOfNames: Set<String> = [
    "08", "0A", "25", "26", "28", "2B", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "F0",
    "XX",
  ]

  private static let names = [
    "22": "data exception", "38": "external routine exception", "39": "external routine invocation exception",
    "P0": "PL/pgSQL error",
  ]
}
