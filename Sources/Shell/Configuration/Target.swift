import IndexDesign

/// A server that the configuration gives a name.
struct Target: Equatable, Sendable {
  /// The name, as `connect` takes it.
  var name: String
  /// A conninfo string, a URI, a database's name, or `sandbox`; may hold a password.
  var conninfo: String
  /// What may be done there, and when.
  var policy = TargetPolicy()

  /// Whether the configuration marks it as production.
  var isProduction: Bool { policy.isProduction }
}
