import IndexDesign

extension RealPlans {
  /// The newest orders of a customer, with an index on orders(customer_id, created_at desc).
  static let newestOrders = RealPlans(
    statement: """
      select * from orders where customer_id = 42 order by created_at desc limit 5
      """,
    before: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 3971.33, "Total Cost": 3971.34, "Plan Rows": 5,
      "Plan Width": 25, "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer",
      "Startup Cost": 3971.33, "Total Cost": 3971.38, "Plan Rows": 20, "Plan Width": 25, "Sort Key":
      ["created_at DESC"], "Plans": [{"Node Type": "Seq Scan", "Parent Relationship": "Outer",
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.0, "Total Cost": 3971.0,
      "Plan Rows": 20, "Plan Width": 25, "Filter": "(customer_id = 42)"}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 0.04, "Total Cost": 21.13, "Plan Rows": 5,
      "Plan Width": 25, "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Outer",
      "Scan Direction": "Forward", "Index Name": "<13556>btree_orders_customer_id_created_at",
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.04, "Total Cost": 84.39,
      "Plan Rows": 20, "Plan Width": 25, "Index Cond": "(customer_id = 42)"}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)])

  /// The same, where the plan before shares the work among workers.
  static let newestOrdersInParallel = RealPlans(
    statement: """
      select * from orders where customer_id = 42 order by created_at desc limit 5
      """,
    before: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 2951.8, "Total Cost": 2951.85, "Plan Rows": 5,
      "Plan Width": 25, "Plans": [{"Node Type": "Gather Merge", "Parent Relationship": "Outer",
      "Startup Cost": 2951.8, "Total Cost": 2951.93, "Plan Rows": 12, "Plan Width": 25,
      "Workers Planned": 1, "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer",
      "Startup Cost": 2941.79, "Total Cost": 2941.82, "Plan Rows": 12, "Plan Width": 25, "Sort Key":
      ["created_at DESC"], "Plans": [{"Node Type": "Seq Scan", "Parent Relationship": "Outer",
      "Parallel Aware": true, "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.0,
      "Total Cost": 2941.59, "Plan Rows": 12, "Plan Width": 25, "Filter":
      "(customer_id = 42)"}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 0.04, "Total Cost": 21.13, "Plan Rows": 5,
      "Plan Width": 25, "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Outer",
      "Scan Direction": "Forward", "Index Name": "<13556>btree_orders_customer_id_created_at",
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.04, "Total Cost": 84.39,
      "Plan Rows": 20, "Plan Width": 25, "Index Cond": "(customer_id = 42)"}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)])

  /// A parallel aggregate, with an index on orders(customer_id).
  static let countedOrders = RealPlans(
    statement: """
      select count(*) from orders where customer_id = 42
      """,
    before: #"""
      [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Finalize",
      "Startup Cost": 2951.73, "Total Cost": 2951.74, "Plan Rows": 1, "Plan Width": 8, "Plans":
      [{"Node Type": "Gather", "Parent Relationship": "Outer", "Startup Cost": 2951.62, "Total Cost":
      2951.73, "Plan Rows": 1, "Plan Width": 8, "Workers Planned": 1, "Plans": [{"Node Type":
      "Aggregate", "Strategy": "Plain", "Partial Mode": "Partial", "Parent Relationship": "Outer",
      "Startup Cost": 2941.62, "Total Cost": 2941.63, "Plan Rows": 1, "Plan Width": 8, "Plans":
      [{"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Parallel Aware": true,
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.0, "Total Cost": 2941.59,
      "Plan Rows": 12, "Plan Width": 0, "Filter": "(customer_id = 42)"}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Simple",
      "Startup Cost": 4.45, "Total Cost": 4.46, "Plan Rows": 1, "Plan Width": 8, "Plans":
      [{"Node Type": "Index Only Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward",
      "Index Name": "<13556>btree_orders_customer_id", "Relation Name": "orders", "Alias": "orders",
      "Startup Cost": 0.04, "Total Cost": 4.4, "Plan Rows": 20, "Plan Width": 0, "Index Cond":
      "(customer_id = 42)"}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// Two designs under one bitmap scan: orders(customer_id) and orders(total).
  static let bitmapOfTwo = RealPlans(
    statement: """
      select * from orders where customer_id between 40 and 300 and (total = 3 or total = 9)
      """,
    before: #"""
      [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "orders", "Alias": "orders",
      "Startup Cost": 0.0, "Total Cost": 5471.0, "Plan Rows": 11, "Plan Width": 25, "Filter":
      "((customer_id >= 40) AND (customer_id <= 300) AND ((total = '3'::numeric) OR (total = '9'::numeric)))"}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Bitmap Heap Scan", "Relation Name": "orders", "Alias": "orders",
      "Startup Cost": 132.17, "Total Cost": 173.53, "Plan Rows": 11, "Plan Width": 25, "Recheck Cond":
      "(((total = '3'::numeric) OR (total = '9'::numeric)) AND (customer_id >= 40) AND (customer_id <= 300))",
      "Plans": [{"Node Type": "BitmapAnd", "Parent Relationship": "Outer", "Startup Cost": 132.17,
      "Total Cost": 132.17, "Plan Rows": 11, "Plan Width": 0, "Plans": [{"Node Type": "BitmapOr",
      "Parent Relationship": "Member", "Startup Cost": 11.08, "Total Cost": 11.08, "Plan Rows": 398,
      "Plan Width": 0, "Plans": [{"Node Type": "Bitmap Index Scan", "Parent Relationship": "Member",
      "Index Name": "<13557>btree_orders_total", "Startup Cost": 0.0, "Total Cost": 5.54, "Plan Rows":
      199, "Plan Width": 0, "Index Cond": "(total = '3'::numeric)"}, {"Node Type":
      "Bitmap Index Scan", "Parent Relationship": "Member", "Index Name": "<13557>btree_orders_total",
      "Startup Cost": 0.0, "Total Cost": 5.54, "Plan Rows": 199, "Plan Width": 0, "Index Cond":
      "(total = '9'::numeric)"}]}, {"Node Type": "Bitmap Index Scan", "Parent Relationship": "Member",
      "Index Name": "<13556>btree_orders_customer_id", "Startup Cost": 0.0, "Total Cost": 120.83,
      "Plan Rows": 5279, "Plan Width": 0, "Index Cond":
      "((customer_id >= 40) AND (customer_id <= 300))"}]}]}}]
      """#,
    names: [
      "<13556>btree_orders_customer_id": DesignHandle(1),
      "<13557>btree_orders_total": DesignHandle(2),
    ])

  /// An update, with an index on orders(customer_id).
  static let updatedOrders = RealPlans(
    statement: """
      update orders set total = 0 where customer_id = 42
      """,
    before: #"""
      [{"Plan": {"Node Type": "ModifyTable", "Operation": "Update", "Relation Name": "orders",
      "Alias": "orders", "Startup Cost": 0.0, "Total Cost": 3971.0, "Plan Rows": 0, "Plan Width": 0,
      "Plans": [{"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "orders",
      "Alias": "orders", "Startup Cost": 0.0, "Total Cost": 3971.0, "Plan Rows": 20, "Plan Width": 38,
      "Filter": "(customer_id = 42)"}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "ModifyTable", "Operation": "Update", "Relation Name": "orders",
      "Alias": "orders", "Startup Cost": 4.2, "Total Cost": 77.45, "Plan Rows": 0, "Plan Width": 0,
      "Plans": [{"Node Type": "Bitmap Heap Scan", "Parent Relationship": "Outer", "Relation Name":
      "orders", "Alias": "orders", "Startup Cost": 4.2, "Total Cost": 77.45, "Plan Rows": 20,
      "Plan Width": 38, "Recheck Cond": "(customer_id = 42)", "Plans": [{"Node Type":
      "Bitmap Index Scan", "Parent Relationship": "Outer", "Index Name":
      "<13556>btree_orders_customer_id", "Startup Cost": 0.0, "Total Cost": 4.2, "Plan Rows": 20,
      "Plan Width": 0, "Index Cond": "(customer_id = 42)"}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A block range index on log(at).
  static let logOfAnHour = RealPlans(
    statement: """
      select * from log where at between '2024-02-01 10:00' and '2024-02-01 11:00'
      """,
    before: #"""
      [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "log", "Alias": "log", "Startup Cost": 0.0,
      "Total Cost": 6637.0, "Plan Rows": 63, "Plan Width": 113, "Filter":
      "((at >= '2024-02-01 10:00:00+00'::timestamp with time zone) AND (at <= '2024-02-01 11:00:00+00'::timestamp with time zone))"}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Bitmap Heap Scan", "Relation Name": "log", "Alias": "log",
      "Startup Cost": 9.05, "Total Cost": 3794.64, "Plan Rows": 63, "Plan Width": 113, "Recheck Cond":
      "((at >= '2024-02-01 10:00:00+00'::timestamp with time zone) AND (at <= '2024-02-01 11:00:00+00'::timestamp with time zone))",
      "Plans": [{"Node Type": "Bitmap Index Scan", "Parent Relationship": "Outer", "Index Name":
      "<13556>brin_log_at", "Startup Cost": 0.0, "Total Cost": 9.03, "Plan Rows": 6897, "Plan Width":
      0, "Index Cond":
      "((at >= '2024-02-01 10:00:00+00'::timestamp with time zone) AND (at <= '2024-02-01 11:00:00+00'::timestamp with time zone))"}]}}]
      """#,
    names: ["<13556>brin_log_at": DesignHandle(1)])

  /// A statement that does not read the table of the design orders(total).
  static let customersOnly = RealPlans(
    statement: """
      select * from customers where region = 'n'
      """,
    before: #"""
      [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "customers", "Alias": "customers",
      "Startup Cost": 0.0, "Total Cost": 180.0, "Plan Rows": 2500, "Plan Width": 11, "Filter":
      "(region = 'n'::text)"}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "customers", "Alias": "customers",
      "Startup Cost": 0.0, "Total Cost": 180.0, "Plan Rows": 2500, "Plan Width": 11, "Filter":
      "(region = 'n'::text)"}}]
      """#,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// A partitioned table, with an index on events(kind, at).
  static let partitionedEvents = RealPlans(
    statement: """
      select * from events where kind = 3 order by at limit 10
      """,
    before: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 1107.96, "Total Cost": 1107.98, "Plan Rows":
      10, "Plan Width": 12, "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer",
      "Startup Cost": 1107.96, "Total Cost": 1110.96, "Plan Rows": 1201, "Plan Width": 12, "Sort Key":
      ["events.at"], "Plans": [{"Node Type": "Append", "Parent Relationship": "Outer", "Startup Cost":
      0.0, "Total Cost": 1082.01, "Plan Rows": 1201, "Plan Width": 12, "Subplans Removed": 0, "Plans":
      [{"Node Type": "Seq Scan", "Parent Relationship": "Member", "Relation Name": "events_2024",
      "Alias": "events_1", "Startup Cost": 0.0, "Total Cost": 564.44, "Plan Rows": 689, "Plan Width":
      12, "Filter": "(kind = 3)"}, {"Node Type": "Seq Scan", "Parent Relationship": "Member",
      "Relation Name": "events_2025", "Alias": "events_2", "Startup Cost": 0.0, "Total Cost": 511.56,
      "Plan Rows": 512, "Plan Width": 12, "Filter": "(kind = 3)"}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 0.07, "Total Cost": 11.32, "Plan Rows": 10,
      "Plan Width": 12, "Plans": [{"Node Type": "Append", "Parent Relationship": "Outer",
      "Startup Cost": 0.07, "Total Cost": 1350.76, "Plan Rows": 1201, "Plan Width": 12,
      "Subplans Removed": 0, "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Member",
      "Scan Direction": "Forward", "Index Name": "<13556>btree_events_kind_at", "Relation Name":
      "events_2024", "Alias": "events_1", "Startup Cost": 0.04, "Total Cost": 707.91, "Plan Rows":
      689, "Plan Width": 12, "Index Cond": "(kind = 3)"}, {"Node Type": "Index Scan",
      "Parent Relationship": "Member", "Scan Direction": "Forward", "Index Name":
      "<13556>btree_events_kind_at", "Relation Name": "events_2025", "Alias": "events_2",
      "Startup Cost": 0.04, "Total Cost": 636.84, "Plan Rows": 512, "Plan Width": 12, "Index Cond":
      "(kind = 3)"}]}]}}]
      """#,
    names: ["<13556>btree_events_kind_at": DesignHandle(1)])
}
