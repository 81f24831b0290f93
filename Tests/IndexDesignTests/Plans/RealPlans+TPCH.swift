import IndexDesign

/// Queries of TPC-H at scale 0.5 on PostgreSQL 15.18, each with one helpful design.
extension RealPlans {
  /// Parts that are read by the join and again by a subplan, with an index on partsupp(ps_partkey, ps_supplycost).
  static let cheapestSuppliers = RealPlans(
    "cheapestSuppliers", statement: "TPC-H query 2",
    names: ["<13556>btree_partsupp_ps_partkey_ps_supplycost": DesignHandle(1)])

  /// A small join that becomes a loop over what is kept, with an index on customer(c_nationkey).
  static let localSuppliers = RealPlans(
    "localSuppliers", statement: "TPC-H query 5",
    names: ["<13556>btree_customer_c_nationkey": DesignHandle(1)])

  /// A Gather that moves down and a Sort for the join above it, with an index on lineitem(l_orderkey, l_suppkey).
  static let largeOrders = RealPlans(
    "largeOrders", statement: "TPC-H query 18",
    names: ["<13556>btree_lineitem_l_orderkey_l_suppkey": DesignHandle(1)])

  /// A subplan for each part, with an index on lineitem(l_partkey).
  static let promotedParts = RealPlans(
    "promotedParts", statement: "TPC-H query 20",
    names: ["<13556>btree_lineitem_l_partkey": DesignHandle(1)])

  /// One table three times and another order of its joins, with an index on lineitem(l_suppkey, l_partkey).
  static let waitingSuppliers = RealPlans(
    "waitingSuppliers", statement: "TPC-H query 21",
    names: ["<13556>btree_lineitem_l_suppkey_l_partkey": DesignHandle(1)])

  /// A loop that only pays while no descent is charged, with an index on lineitem(l_orderkey) include (l_quantity); the
  /// real one is not used.
  static let shippedVolumes = RealPlans(
    "shippedVolumes", statement: "TPC-H query 7",
    names: ["<13556>btree_lineitem_l_orderkey_l_quantity": DesignHandle(1)])

  /// The same with an index on partsupp(ps_partkey) include (ps_supplycost).
  static let profitOfParts = RealPlans(
    "profitOfParts", statement: "TPC-H query 9",
    names: ["<13556>btree_partsupp_ps_partkey_ps_supplycost": DesignHandle(1)])
}
