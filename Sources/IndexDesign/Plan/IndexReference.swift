/// An index that a plan names: a real one, or a design that is only hypothetical.
public enum IndexReference: Hashable, Sendable, CustomStringConvertible {
  /// An index of the server, by its unqualified and unquoted name.
  case real(String)
  /// A hypothetical index, by the handle of its design.
  case design(DesignHandle)

  /// The name as a plan shows it: `orders_pkey`, `"Odd Name"` or `%1`.
  public var description: String {
    switch self {
    case .real(let name): PlanIdentifier.quoted(name)
    case .design(let handle): handle.description
    }
  }
}
