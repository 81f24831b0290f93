import Server

/// The servers that the configuration names, and which of them a session has reached.
final class Targets {
  /// The named targets, and the settings that a session begins with.
  let configuration: Configuration
  /// The named target that the session was opened by, or `sandbox`; nil for any other, and without a connection.
  private(set) var openedName: String?
  /// What leads to the server again and to which database, as recordings have it; nil while nothing was opened.
  private(set) var way: (target: String?, home: String)?
  /// Where servers of named targets were found, by the target's name.
  private var found: [String: Set<ServerPlace>] = [:]
  /// Where the configuration says that they are, by the target's name; read when first needed.
  private lazy var named = configuration.places

  init(_ configuration: Configuration) { self.configuration = configuration }

  /// What a typed TARGET means.
  func destination(_ text: String) -> Destination { Destination(text, targets: configuration.targets) }

  /// Notes where a session is that was opened.
  ///
  /// - Parameter name: the named target that it was opened by, or `sandbox`; nil for any other.
  func reached(_ place: ServerPlace, openedBy name: String?) {
    openedName = name
    if let name { found[name, default: []].insert(place) }
  }

  /// Notes what leads to the session that was opened.
  ///
  /// - Parameter target: a named target, `sandbox` or a database by its name; empty for libpq's defaults, nil for others.
  func note(wayBy target: String?, to home: String) { way = (target, home) }

  /// Notes that there is no session.
  func left() { openedName = nil }

  /// The targets whose policies count at a place, the strictest first: it follows the server that was reached, not
  /// how it was written.
  func governing(_ place: ServerPlace) -> [Target] {
    let places = named.merging(found.mapValues(Array.init)) { $0 + $1 }
    return configuration.targets(openedBy: openedName, reached: place, places: places)
  }

  /// Whether the session is on the private server.
  var isOnSandbox: Bool {
    openedName == "sandbox" || openedName.flatMap(configuration.target)?.conninfo == "sandbox"
  }
}
