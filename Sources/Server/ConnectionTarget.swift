internal import Postgres

/// What to connect to, as libpq's keywords and values; what is not said is left to libpq's defaults.
public struct ConnectionTarget: Sendable {
  let parameters: ConnectionParameters

  /// Reads a conninfo string, a URI, or else a plain database name; an empty text means libpq's defaults.
  ///
  /// - Throws: `ServerError` with libpq's own words, without values.
  public init(_ text: String) throws(ServerError) {
    do { parameters = try ConnectionParameters(target: text) } catch { throw ServerError(error) }
  }

  /// Takes keywords and values as they are.
  public init(keywords: [String: String]) { parameters = ConnectionParameters(keywords) }

  /// The connection of a session with some parts changed; nil keeps a part, and so does its present value.
  ///
  /// All else stays, such as what is said of TLS. The password stays only for the same user, host and port.
  /// Source: PostgreSQL manual, psql, `\c`.
  public init(
    like session: Session, database: String? = nil, user: String? = nil, host: String? = nil,
    port: String? = nil
  ) {
    var parameters = session.parameters
    let address = session.address
    let isElsewhere = (host ?? address.host) != address.host || (port ?? address.port) != address.port
    if let database { parameters["dbname"] = database }
    if let user { parameters["user"] = user }
    if let host, host != address.host {
      parameters["host"] = host
      parameters["hostaddr"] = nil
    }
    if let port, port != address.port { parameters["port"] = port }
    if isElsewhere || (user ?? address.user) != address.user { parameters["password"] = nil }
    self.parameters = parameters
  }

  /// Whether a password is among the values.
  public var holdsPassword: Bool {
    ["password", "sslpassword"].contains { !(parameters[$0] ?? "").isEmpty }
  }
}
