/// How much data the sandbox holds and how often its first workload runs.
public struct SandboxScale: Equatable, Sendable {
  /// Rows of `customers`.
  public var customers: Int
  /// Rows of `products`.
  public var products: Int
  /// Rows of `orders`; `order_lines` has twice as many.
  public var orders: Int
  /// Rounds of the workload that run before the sandbox is handed over.
  public var rounds: Int

  /// Makes a scale from its numbers.
  public init(customers: Int, products: Int, orders: Int, rounds: Int) {
    self.customers = customers
    self.products = products
    self.orders = orders
    self.rounds = rounds
  }

  /// What a person gets: a million orders of fifty thousand customers.
  public static let full = SandboxScale(customers: 50_000, products: 2_000, orders: 1_000_000, rounds: 120)

  /// The same shape in seconds, for tests.
  public static let small = SandboxScale(customers: 2_000, products: 200, orders: 60_000, rounds: 60)
}
