/// The very server process whose counters were read: pg_stat_statements counts in each by itself, and a name may lead
/// to another one after a failover.
public struct ServerInstance: Hashable, Sendable {
  /// The name that the service gives it, such as Aurora's server id; nil where there is none.
  public var name: String?
  /// The address and port at which the server itself was reached; nil over a socket and from the same machine.
  public var address: String?
  /// When it was started; nil when unknown. Counters outlive an orderly restart.
  public var started: Timestamp?
  /// Whether it replays another one's changes.
  public var isInRecovery: Bool

  /// Makes an instance of its facts.
  public init(name: String? = nil, address: String? = nil, started: Timestamp? = nil, isInRecovery: Bool) {
    (self.name, self.address, self.started, self.isInRecovery) = (name, address, started, isInRecovery)
  }

  /// Why what was counted on the other one does not compare with what this one counts; nil when both are one, as
  /// far as that can be known.
  public func obstacle(toComparingWith other: ServerInstance) -> String? {
    let sentence = "they were counted on \(other.words), and this is \(words)"
    if let name, let others = other.name { return name == others ? nil : sentence }
    if let started, started == other.started { return nil }
    if isInRecovery != other.isInRecovery { return sentence }
    guard let address, let others = other.address, address != others else { return nil }
    return sentence
  }

  private var words: String {
    let role = isInRecovery ? "standby" : "primary"
    if let name { return "instance \"\(name)\"" }
    return "the \(role)" + (address.map { " at \($0)" } ?? "")
  }
}
