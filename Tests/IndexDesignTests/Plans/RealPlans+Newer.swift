import IndexDesign

/// Plans in the form of PostgreSQL 18, made by hand: `Disabled` is told of every step.
extension RealPlans {
  /// Under `enable_seqscan = off`, with an index on orders(total, customer_id) that costs more than what is disabled.
  static let disabledScan = RealPlans(
    "disabledScan", statement: "select * from orders where customer_id = 42 limit 20",
    names: ["<13556>btree_orders_total_customer_id": DesignHandle(1)])
}
