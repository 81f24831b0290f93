/// What a typed TARGET means.
enum Destination: Equatable, Sendable {
  /// A server that the configuration names.
  case named(Target)
  /// The private server.
  case sandbox
  /// A conninfo string or a URI; empty for libpq's defaults.
  case conninfo(String)
  /// A database by its name, and what else is another one than now; nil keeps it.
  case database(String?, user: String? = nil, host: String? = nil, port: String? = nil)

  /// Reads a text as one TARGET: a named target wins over a database of that name.
  init(_ text: String, targets: [Target]) {
    if let target = targets.first(where: { $0.name == text }) {
      self = .named(target)
    } else if text == "sandbox" {
      self = .sandbox
    } else if text.isEmpty || Self.isConninfo(text) {
      self = .conninfo(text)
    } else {
      self = .database(text)
    }
  }

  /// Whether libpq reads a text as keywords and values, and not as the name of a database.
  static func isConninfo(_ text: String) -> Bool {
    text.contains("=") || text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }
}
