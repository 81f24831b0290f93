internal import IndexDesign
internal import Postgres

extension Session {
  /// HypoPG, when hypothetical indexes can be used here.
  ///
  /// - Throws: `ServerError` with code `.missingPrerequisite` when it is not there or not to be used, `.refused`
  ///   behind a pooler and beside a library that it cannot work with.
  func requireHypoPG() throws(ServerError) -> ServerFacts.Extension {
    guard let hypopg = facts.hypopg else {
      throw ServerError(
        .missingPrerequisite, "HypoPG is not installed in database \"\(facts.database)\"",
        hint: "doctor says what is missing, setup installs it")
    }
    if let refusal = facts.refusal("HypoPG", hypopg) { throw refusal }
    if facts.isBehindPooler {
      throw ServerError(
        .refused, "hypothetical indexes need a backend of their own, and a connection pooler is in between",
        detail:
          "The backend that answers (\(facts.backendPID)) is not the one that the connection was made to "
          + "(\(connection.backendPID)). Behind a pooler the designs get lost and leak into other people's "
          + "sessions.",
        hint: "connect to the server itself, not to the pooler")
    }
    if let refusal = facts.libraryRefusal { throw refusal }
    return hypopg
  }
}
