public import IndexDesign
internal import Postgres
public import Server

extension Session {
  /// Plans to install the extensions that hypo needs, that the server offers and that this database lacks.
  ///
  /// - Returns: a plan without steps when nothing is missing.
  /// - Throws: `ServerError` with the server's own facts.
  public func planSetup() throws(ServerError) -> ChangePlan {
    let missing = try read(Self.missingExtensionsQuery).rows
    let steps = missing.map { row in
      let name = row[0] ?? ""
      return ChangeStep(
        .install(version: row[1] ?? ""), name: RelationName(name: name),
        statement: "CREATE EXTENSION IF NOT EXISTS \(Identifier.quoted(name))",
        reverse: ChangeStep.dropStatement(ofExtension: name))
    }
    var plan = ChangePlan(kind: .setUp, server: try fingerprint(), steps: steps)
    let allowed = AllowedExtensions(missing.first?[2])
    plan.refusals = steps.map(\.name.name).filter { !allowed.allow($0) }.map { name in
      ChangeFailure(
        message: "\(AllowedExtensions.setting) does not allow \(name)",
        hint: AllowedExtensions.fix(for: name, isAurora: facts.isAurora))
    }
    if facts.isInRecovery {
      plan.refusals = [
        ChangeFailure(
          message: "cannot install extensions on a \(facts.role)",
          hint: "connect to the \(facts.isAurora ? "writer" : "primary") and run setup there")
      ]
    }
    return plan
  }

  /// PostgreSQL 13 or later. Columns: name, version that the server offers, what may be created.
  private static let missingExtensionsQuery = """
    SELECT name, default_version, current_setting('\(AllowedExtensions.setting)', true) FROM pg_available_extensions \
    WHERE name IN ('pg_stat_statements', 'hypopg') AND installed_version IS NULL ORDER BY name DESC
    """
}
