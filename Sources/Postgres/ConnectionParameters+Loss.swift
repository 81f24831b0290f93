extension ConnectionParameters {
  /// These parameters with what lets a lost server be noticed within two minutes, where nothing else is said.
  ///
  /// A statement can be silent for hours, and routers forget silent connections; a question that nobody acknowledges
  /// would otherwise be repeated for a quarter of an hour.
  /// Source: PostgreSQL manual, "Parameter Key Words"; tcp(7), `TCP_USER_TIMEOUT`.
  public var noticingLoss: ConnectionParameters {
    ConnectionParameters(Self.noticing.merging(values) { $1 })
  }

  private static let noticing = [
    "keepalives_idle": "60", "keepalives_interval": "10", "keepalives_count": "6",
    "tcp_user_timeout": "60000",
  ]
}
