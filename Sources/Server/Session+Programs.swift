internal import IndexDesign
internal import Postgres

/// What another program needs to look at the server as a session does.
public struct ReadingProgram: Equatable, Sendable {
  /// The variables to connect by, without a password: whatever the program starts, such as a pager, gets them, too.
  public var environment: [String: String]
  /// What the file that `PGPASSFILE` is to name has to hold; nil when the connection has no password.
  ///
  /// Source: PostgreSQL manual, "The Password File".
  public var passwordFile: String?
  /// SQL to send first: it begins a read-only transaction with the session's time-outs, search path and
  /// forms of dates, and gives a row that means nothing.
  public var beginning: String
}

extension Session {
  /// What psql needs to describe things as this session sees them, on a connection of its own.
  ///
  /// A transaction holds the settings, and not the connection: behind a pooler they would stay for whoever
  /// gets the backend next, and poolers refuse settings that are sent with the connection.
  ///
  /// - Parameter environment: what the other program would otherwise get.
  /// - Throws: `ServerError`; with code `.refused` when the key of the connection has a pass phrase, which a
  ///   program could only be given in its arguments.
  public func readingProgram(over environment: [String: String]) throws(ServerError) -> ReadingProgram {
    do { try ensureConnected() } catch { throw ServerError(error) }
    guard !connection.hasKeyPassphrase else {
      throw ServerError(
        .refused, "cannot hand the pass phrase of the client's key on to another program",
        hint: "use a key without a pass phrase, or psql itself")
    }
    var environment = connection.environment(over: environment)
    environment["PGAPPNAME"] = options.applicationName
    let passwordFile = environment.removeValue(forKey: "PGPASSWORD").map { password in
      "*:*:*:*:" + password.replacing("\\", with: "\\\\").replacing(":", with: "\\:") + "\n"
    }
    let settings =
      [
        ("statement_timeout", options.statementTimeout), ("lock_timeout", options.lockTimeout),
        ("idle_in_transaction_session_timeout", options.idleInTransactionTimeout),
      ] + (try namingSettings()).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let calls = settings.map {
      "pg_catalog.set_config(\(Literal.quoted($0.0)), \(Literal.quoted($0.1)), true)"
    }
    return ReadingProgram(
      environment: environment, passwordFile: passwordFile,
      beginning: "BEGIN READ ONLY; " + (Self.mark + "SELECT " + calls.joined(separator: ", ")))
  }

  /// In a failed transaction the server answers nothing; then what was set before counts.
  private func namingSettings() throws(ServerError) -> [String: String] {
    guard connection.transactionStatus == .failed else { return try textSettings() }
    return changedSettings.filter {
      ["search_path", "DateStyle", "IntervalStyle", "TimeZone"].contains($0.key)
    }
  }
}
