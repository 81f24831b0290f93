/// What the shop's application does all day: statements by the extended protocol, with parameters.
///
/// A round is one visit's worth of them. It adds an order and takes one away, so the row counts stay.
/// The sequence of parameters is the same in every run.
struct Workload {
  /// One call: a statement and the values of its parameters.
  struct Call: Equatable {
    let sql: String
    let parameters: [String]
  }

  let scale: SandboxScale
  private var random: SplitMix

  init(scale: SandboxScale, seed: UInt64 = 42) {
    self.scale = scale
    random = SplitMix(state: seed)
  }

  /// The statement that the walkthrough is about.
  static let ordersOfCustomer =
    "SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50"

  /// Puts an order in; it returns the order's id, which the statements after it use.
  static let newOrder = """
    INSERT INTO orders (customer_id, status, total, shipping_country, created_at)
    VALUES ($1, 'new', $2, $3, '2026-01-01 00:00+00') RETURNING id
    """

  /// The reading calls of one round, and the updates that change no row count.
  mutating func calls(round: Int) -> [Call] {
    var calls = [call(Self.ordersOfCustomer, customer())]
    for _ in 0..<6 {
      calls += [
        call(Self.customerByID, customer()), call(Self.orderByID, order()), call(Self.productByID, product()),
      ]
    }
    for _ in 0..<3 {
      calls += [
        call(Self.customerByEmail, "customer\(customer())@example.com"), call(Self.linesOfOrder, order()),
        call(Self.customerSeen, customer(), "2026-01-01 00:00:\(10 + round % 50)+00"),
      ]
    }
    for _ in 0..<2 { calls.append(call(Self.productsOfCategory, category())) }
    calls += [
      call(Self.oldestOpen, ["new", "paid", "packed"][round % 3]), call(Self.lowStock, "\(1 + round % 5)"),
      call(Self.restock, product(), "\(round % 2 == 0 ? 1 : -1)"),
    ]
    if round % 2 == 0 { calls.append(call(Self.salesOfProduct, product())) }
    if round % 5 == 0 { calls.append(call(Self.customersByCountry, "2023-0\(1 + round % 9)-01")) }
    if round % 6 == 0 { calls.append(call(Self.orderCountOfCustomer, customer())) }
    if round % 15 == 0 { calls.append(call(Self.revenueByDay, "2025-\(10 + round % 3)-01")) }
    if round % 30 == 0 { calls.append(call(Self.bestCustomers, "2025-12-\(10 + round % 15)")) }
    return calls
  }

  /// An order that is put in, filled, paid, cancelled and taken out again.
  mutating func newOrderCall() -> Call { call(Self.newOrder, customer(), "49.90", "DE") }

  /// What follows once the new order's id is known.
  mutating func callsForOrder(_ id: String) -> [Call] {
    [
      call(Self.newLine, id, "1", product(), "2", "19.95"),
      call(Self.newLine, id, "2", product(), "1", "10.00"),
      call(Self.newStatus, id, "paid"), call(Self.newStatus, id, "cancelled"),
      call(Self.dropLines, id), call(Self.dropOrder, id),
    ]
  }

  private func call(_ sql: String, _ parameters: String...) -> Call {
    Call(sql: sql, parameters: parameters)
  }

  /// As skewed as the data: whoever has ordered most also comes back most.
  private mutating func customer() -> String {
    let part = random.part()
    return "\(1 + Int(Double(scale.customers) * part * part * part))"
  }
  private mutating func order() -> String { "\(1 + Int(Double(scale.orders) * random.part()))" }
  private mutating func product() -> String {
    let part = random.part()
    return "\(1 + Int(Double(scale.products) * part * part))"
  }
  private mutating func category() -> String {
    ["books", "music", "games", "garden", "kitchen"][Int(5 * random.part())]
  }
}

extension Workload {
  static let customerByID = "SELECT * FROM customers WHERE id = $1"
  static let customerByEmail = "SELECT id, name, country FROM customers WHERE email = $1"
  static let customerSeen = "UPDATE customers SET last_seen_at = $2 WHERE id = $1"
  static let customersByCountry = """
    SELECT country, count(*) FROM customers WHERE created_at >= $1 GROUP BY country ORDER BY count(*) DESC
    """
  static let orderByID = "SELECT * FROM orders WHERE id = $1"
  static let linesOfOrder = """
    SELECT l.line_no, p.name, l.quantity, l.price FROM order_lines l JOIN products p ON p.id = l.product_id
    WHERE l.order_id = $1 ORDER BY l.line_no
    """
  static let productByID = "SELECT * FROM products WHERE id = $1"
  static let productsOfCategory =
    "SELECT id, name, price FROM products WHERE category = $1 ORDER BY name LIMIT 20"
  static let oldestOpen = """
    SELECT id, customer_id, total FROM orders
    WHERE status = $1 AND status IN ('new', 'paid', 'packed') ORDER BY id LIMIT 20
    """
  static let lowStock = "SELECT id, sku, stock FROM products WHERE stock < $1 ORDER BY stock, id"
  static let restock = "UPDATE products SET stock = greatest(stock + $2, 0) WHERE id = $1"
  static let salesOfProduct =
    "SELECT sum(quantity), sum(quantity * price) FROM order_lines WHERE product_id = $1"
  static let orderCountOfCustomer = "SELECT count(*), sum(total) FROM orders WHERE customer_id = $1"
  static let revenueByDay = """
    SELECT date_trunc('day', created_at) AS day, sum(total) FROM orders
    WHERE created_at >= $1::timestamptz AND created_at < $1::timestamptz + interval '1 month'
    GROUP BY day ORDER BY day
    """
  static let bestCustomers = """
    SELECT c.id, c.name, sum(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE o.created_at >= $1 GROUP BY c.id, c.name ORDER BY sum(o.total) DESC LIMIT 10
    """
  static let newLine = """
    INSERT INTO order_lines (order_id, line_no, product_id, quantity, price) VALUES ($1, $2, $3, $4, $5)
    """
  static let newStatus = "UPDATE orders SET status = $2 WHERE id = $1"
  static let dropLines = "DELETE FROM order_lines WHERE order_id = $1"
  static let dropOrder = "DELETE FROM orders WHERE id = $1"
}

/// A small generator with a sequence that never changes; Swift's own has none that may be relied on.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
private struct SplitMix {
  var state: UInt64

  /// The next number from 0 up to, not including, 1.
  mutating func part() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((value ^ (value >> 31)) >> 11) / Double(1 << 53)
  }
}
