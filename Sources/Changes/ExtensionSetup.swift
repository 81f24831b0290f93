public import IndexDesign
internal import Postgres
public import Server

/// Installs an extension that hypo needs: a change like any other, with its reverse written down first.
public final class ExtensionSetup {
  private let missing: MissingExtension
  private let session: Session
  private let journal: any ChangeJournal
  private let context: ChangeContext

  /// Takes an extension whose installing a person has confirmed.
  ///
  /// - Throws: `ServerError` with code `.refused` on a standby.
  public init(
    _ missing: MissingExtension, on session: Session, journal: any ChangeJournal, context: ChangeContext
  ) throws(ServerError) {
    guard !session.facts.isInRecovery else {
      throw ServerError(
        .refused, "cannot install extensions on a \(session.facts.role)",
        hint: "connect to the \(session.facts.isAurora ? "writer" : "primary") and run setup there")
    }
    self.missing = missing
    self.session = session
    self.journal = journal
    self.context = context
  }

  /// Writes the intent, installs, and writes down how it ended.
  ///
  /// - Parameter progress: called ten times a second while the server works.
  /// - Throws: `ServerError` when nothing was run, or with code `.journal` when the ending could not be written.
  public func run(progress: @escaping () -> Void = {}) throws(ServerError) -> FinishedChange {
    let server = try session.fingerprint()
    try session.refuseChange("set up", on: server)
    let change = JournaledChange(intent: intent(server), journal: journal)
    return try change.run { _ in
      do throws(ServerError) {
        let connection = try ChangeConnection(session, name: "hypo setup")
        try connection.run(missing.statement, beat: progress)
        let version = try connection.ask(
          "SELECT extversion FROM pg_extension WHERE extname = $1", [missing.name])
        return ChangeEnding(result: .installed(version: version.first?[0] ?? missing.version), error: nil)
      } catch {
        let result =
          error.code == .cancelled ? ChangeOutcome.Result.cancelled : .failed(error: ChangeFailure(error))
        return ChangeEnding(result: result, error: error)
      }
    } counters: { _ in
      ChangeCounters()
    }
  }

  private func intent(_ server: ServerFingerprint) -> ChangeIntent {
    ChangeIntent(
      kind: .setUp, server: server, operatingSystemUser: context.operatingSystemUser,
      operatingSystemHost: context.operatingSystemHost, tableSchema: "", tableName: "", indexSchema: "",
      indexName: missing.name, statement: missing.statement, reverse: missing.reverse, designShortForm: nil,
      definition: "", ticket: context.ticket, hypoVersion: context.hypoVersion)
  }
}
