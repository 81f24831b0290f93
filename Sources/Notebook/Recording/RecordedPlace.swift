import IndexDesign

/// The database that a session is connected to, and what leads there again.
public struct RecordedPlace: Equatable, Sendable {
  /// What `connect` takes for the server: a named target, `sandbox`, or a database by its name; empty for libpq's
  /// defaults, nil where the server was named by its host.
  public var target: String?
  /// The database that this leads to.
  public var home: String
  /// The database of the session.
  public var database: String
  /// Whether `connect` takes the name of that database for something else.
  public var isNameTaken: Bool
  /// Host, port and user of the session.
  public var server: Server

  /// A server and who is connected to it.
  public struct Server: Equatable, Sendable {
    /// Name, address or socket folder.
    public var host: String
    /// The port, as digits.
    public var port: String
    /// The role that logged in.
    public var user: String
    /// What else was said of the connection, such as `sslmode`, by libpq's keywords; no secret.
    public var options: [String: String]

    /// A server by its host and port, and a role.
    public init(host: String, port: String, user: String, options: [String: String] = [:]) {
      (self.host, self.port, self.user, self.options) = (host, port, user, options)
    }
  }

  /// A database of a server.
  public init(target: String?, home: String, database: String, isNameTaken: Bool = false, server: Server) {
    (self.target, self.home, self.database) = (target, home, database)
    (self.isNameTaken, self.server) = (isNameTaken, server)
  }

  /// Whether the session is where its target leads.
  public var isHome: Bool { database == home }

  /// What the header `connect` of a recording says that begins here; nil where libpq's defaults lead here.
  ///
  /// A server without a name is written by its host, and the header is a line.
  public var header: String? {
    let header = target ?? atHome.conninfo
    return header.isEmpty || header.contains(where: \.isNewline) || Secrets.isHeld(in: header) ? nil : header
  }

  /// Whether a replay begins where the target leads: its header says so, or libpq's defaults do.
  public var isReached: Bool { target == "" || header != nil }

  /// Where the target alone leads to.
  var atHome: RecordedPlace {
    var place = self
    place.database = home
    return place
  }

  /// Whether both are one database.
  public func isSame(as other: RecordedPlace) -> Bool {
    database == other.database && server.host == other.server.host && server.port == other.server.port
  }

  /// The commands that lead here.
  ///
  /// - Parameter place: where a replay is; nil while it has no connection.
  public func commands(from place: RecordedPlace?) -> [String] {
    if let place, place.isSame(as: self) { return [] }
    if place?.server == server, !isNameTaken { return [Self.connect(database)] }
    guard let target, isHome || !isNameTaken else { return [Self.connect(conninfo)] }
    // Without a connection the first command that needs one takes libpq's defaults.
    let first = target.isEmpty ? (place == nil ? [] : ["connect"]) : [Self.connect(target)]
    return isHome ? first : first + [Self.connect(database)]
  }

  private var conninfo: String {
    let place = [("host", server.host), ("port", server.port), ("user", server.user), ("dbname", database)]
    let options = server.options.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return (place + options).map { "\($0)=\(Self.quoted($1))" }.joined(separator: " ")
  }

  private static func quoted(_ value: String) -> String {
    if value.wholeMatch(of: /[A-Za-z0-9_.,:\/@-]+/) != nil { return value }
    return "'" + value.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  private static func connect(_ text: String) -> String {
    let isOneWord = text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil
    return "connect " + (isOneWord ? text : "'\(text.replacing("'", with: "''"))'")
  }
}
