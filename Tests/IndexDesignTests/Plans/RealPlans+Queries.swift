import IndexDesign

extension RealPlans {
  /// A subplan for each customer, with an index on orders(customer_id).
  static let correlatedSubplan = RealPlans(
    statement: """
      select name, (select sum(total) from orders o where o.customer_id = c.id) from customers c \
      where id < 20
      """,
    before: #"""
      [{"Plan": {"Node Type": "Index Scan", "Scan Direction": "Forward", "Index Name":
      "customers_pkey", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.29,
      "Total Cost": 75458.81, "Plan Rows": 19, "Plan Width": 37, "Index Cond": "(id < 20)", "Plans":
      [{"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Simple",
      "Parent Relationship": "SubPlan", "Subplan Name": "SubPlan 1", "Startup Cost": 3971.05,
      "Total Cost": 3971.06, "Plan Rows": 1, "Plan Width": 32, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "orders", "Alias": "o", "Startup Cost": 0.0,
      "Total Cost": 3971.0, "Plan Rows": 20, "Plan Width": 4, "Filter": "(customer_id = c.id)"}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Index Scan", "Scan Direction": "Forward", "Index Name":
      "customers_pkey", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.29,
      "Total Cost": 1481.43, "Plan Rows": 19, "Plan Width": 37, "Index Cond": "(id < 20)", "Plans":
      [{"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Simple",
      "Parent Relationship": "SubPlan", "Subplan Name": "SubPlan 1", "Startup Cost": 77.51,
      "Total Cost": 77.52, "Plan Rows": 1, "Plan Width": 32, "Plans": [{"Node Type":
      "Bitmap Heap Scan", "Parent Relationship": "Outer", "Relation Name": "orders", "Alias": "o",
      "Startup Cost": 4.2, "Total Cost": 77.45, "Plan Rows": 20, "Plan Width": 4, "Recheck Cond":
      "(customer_id = c.id)", "Plans": [{"Node Type": "Bitmap Index Scan", "Parent Relationship":
      "Outer", "Index Name": "<13556>btree_orders_customer_id", "Startup Cost": 0.0, "Total Cost":
      4.2, "Plan Rows": 20, "Plan Width": 0, "Index Cond": "(customer_id = c.id)"}]}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A maximum, with an index on orders(total).
  static let highestTotal = RealPlans(
    statement: """
      select max(total) from orders
      """,
    before: #"""
      [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Simple",
      "Startup Cost": 3971.0, "Total Cost": 3971.01, "Plan Rows": 1, "Plan Width": 32, "Plans":
      [{"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "orders", "Alias":
      "orders", "Startup Cost": 0.0, "Total Cost": 3471.0, "Plan Rows": 200000, "Plan Width": 4}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Result", "Startup Cost": 0.08, "Total Cost": 0.09, "Plan Rows": 1,
      "Plan Width": 32, "Plans": [{"Node Type": "Limit", "Parent Relationship": "InitPlan",
      "Subplan Name": "InitPlan 1 (returns $0)", "Startup Cost": 0.04, "Total Cost": 0.08,
      "Plan Rows": 1, "Plan Width": 4, "Plans": [{"Node Type": "Index Only Scan",
      "Parent Relationship": "Outer", "Scan Direction": "Backward", "Index Name":
      "<13556>btree_orders_total", "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.04,
      "Total Cost": 6048.05, "Plan Rows": 200000, "Plan Width": 4, "Index Cond":
      "(total IS NOT NULL)"}]}]}}]
      """#,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// A grouping in order, with an index on orders(customer_id).
  static let groupedOrders = RealPlans(
    statement: """
      select customer_id, count(*) from orders group by customer_id order by customer_id
      """,
    before: #"""
      [{"Plan": {"Node Type": "Sort", "Startup Cost": 5233.46, "Total Cost": 5258.4, "Plan Rows":
      9977, "Plan Width": 12, "Sort Key": ["customer_id"], "Plans": [{"Node Type": "Aggregate",
      "Strategy": "Hashed", "Partial Mode": "Simple", "Parent Relationship": "Outer", "Startup Cost":
      4471.0, "Total Cost": 4570.77, "Plan Rows": 9977, "Plan Width": 12, "Group Key":
      ["customer_id"], "Planned Partitions": 0, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "orders", "Alias": "orders", "Startup Cost":
      0.0, "Total Cost": 3471.0, "Plan Rows": 200000, "Plan Width": 4}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Aggregate", "Strategy": "Sorted", "Partial Mode": "Simple",
      "Startup Cost": 0.04, "Total Cost": 4227.22, "Plan Rows": 9977, "Plan Width": 12, "Group Key":
      ["customer_id"], "Plans": [{"Node Type": "Index Only Scan", "Parent Relationship": "Outer",
      "Scan Direction": "Forward", "Index Name": "<13556>btree_orders_customer_id", "Relation Name":
      "orders", "Alias": "orders", "Startup Cost": 0.04, "Total Cost": 3127.45, "Plan Rows": 200000,
      "Plan Width": 4}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A sort that becomes incremental, with an index on orders(customer_id).
  static let sortedOrders = RealPlans(
    statement: """
      select * from orders order by customer_id, total limit 1000
      """,
    before: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 14436.78, "Total Cost": 14439.28, "Plan Rows":
      1000, "Plan Width": 25, "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer",
      "Startup Cost": 14436.78, "Total Cost": 14936.78, "Plan Rows": 200000, "Plan Width": 25,
      "Sort Key": ["customer_id", "total"], "Plans": [{"Node Type": "Seq Scan", "Parent Relationship":
      "Outer", "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.0, "Total Cost":
      3471.0, "Plan Rows": 200000, "Plan Width": 25}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 1.93, "Total Cost": 110.65, "Plan Rows": 1000,
      "Plan Width": 25, "Plans": [{"Node Type": "Incremental Sort", "Parent Relationship": "Outer",
      "Startup Cost": 1.93, "Total Cost": 21746.9, "Plan Rows": 200000, "Plan Width": 25, "Sort Key":
      ["customer_id", "total"], "Presorted Key": ["customer_id"], "Plans": [{"Node Type":
      "Index Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward", "Index Name":
      "<13556>btree_orders_customer_id", "Relation Name": "orders", "Alias": "orders", "Startup Cost":
      0.04, "Total Cost": 11432.04, "Plan Rows": 200000, "Plan Width": 25}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A common table expression that is read twice, with an index on orders(total).
  static let recentTwice = RealPlans(
    statement: """
      with dear as materialized (select * from orders where total = 999) select * from dear a \
      join dear b on b.customer_id = a.customer_id where a.id < b.id
      """,
    before: #"""
      [{"Plan": {"Node Type": "Hash Join", "Join Type": "Inner", "Startup Cost": 3977.47,
      "Total Cost": 3984.68, "Plan Rows": 66, "Plan Width": 160, "Hash Cond":
      "(a.customer_id = b.customer_id)", "Join Filter": "(a.id < b.id)", "Plans": [{"Node Type":
      "Seq Scan", "Parent Relationship": "InitPlan", "Subplan Name": "CTE dear", "Relation Name":
      "orders", "Alias": "orders", "Startup Cost": 0.0, "Total Cost": 3971.0, "Plan Rows": 199,
      "Plan Width": 25, "Filter": "(total = '999'::numeric)"}, {"Node Type": "CTE Scan",
      "Parent Relationship": "Outer", "CTE Name": "dear", "Alias": "a", "Startup Cost": 0.0,
      "Total Cost": 3.98, "Plan Rows": 199, "Plan Width": 80}, {"Node Type": "Hash",
      "Parent Relationship": "Inner", "Startup Cost": 3.98, "Total Cost": 3.98, "Plan Rows": 199,
      "Plan Width": 80, "Plans": [{"Node Type": "CTE Scan", "Parent Relationship": "Outer",
      "CTE Name": "dear", "Alias": "b", "Startup Cost": 0.0, "Total Cost": 3.98, "Plan Rows": 199,
      "Plan Width": 80}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Hash Join", "Join Type": "Inner", "Startup Cost": 562.52, "Total Cost":
      569.73, "Plan Rows": 66, "Plan Width": 160, "Hash Cond": "(a.customer_id = b.customer_id)",
      "Join Filter": "(a.id < b.id)", "Plans": [{"Node Type": "Bitmap Heap Scan",
      "Parent Relationship": "InitPlan", "Subplan Name": "CTE dear", "Relation Name": "orders",
      "Alias": "orders", "Startup Cost": 5.59, "Total Cost": 556.05, "Plan Rows": 199, "Plan Width":
      25, "Recheck Cond": "(total = '999'::numeric)", "Plans": [{"Node Type": "Bitmap Index Scan",
      "Parent Relationship": "Outer", "Index Name": "<13556>btree_orders_total", "Startup Cost": 0.0,
      "Total Cost": 5.54, "Plan Rows": 199, "Plan Width": 0, "Index Cond":
      "(total = '999'::numeric)"}]}, {"Node Type": "CTE Scan", "Parent Relationship": "Outer",
      "CTE Name": "dear", "Alias": "a", "Startup Cost": 0.0, "Total Cost": 3.98, "Plan Rows": 199,
      "Plan Width": 80}, {"Node Type": "Hash", "Parent Relationship": "Inner", "Startup Cost": 3.98,
      "Total Cost": 3.98, "Plan Rows": 199, "Plan Width": 80, "Plans": [{"Node Type": "CTE Scan",
      "Parent Relationship": "Outer", "CTE Name": "dear", "Alias": "b", "Startup Cost": 0.0,
      "Total Cost": 3.98, "Plan Rows": 199, "Plan Width": 80}]}]}}]
      """#,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// A window over sorted rows, with an index on orders(customer_id, created_at).
  static let windowOfOrders = RealPlans(
    statement: """
      select *, row_number() over (partition by customer_id order by created_at) from orders \
      where customer_id < 3
      """,
    before: #"""
      [{"Plan": {"Node Type": "WindowAgg", "Startup Cost": 3972.0, "Total Cost": 3972.76, "Plan Rows":
      38, "Plan Width": 33, "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer",
      "Startup Cost": 3972.0, "Total Cost": 3972.09, "Plan Rows": 38, "Plan Width": 25, "Sort Key":
      ["customer_id", "created_at"], "Plans": [{"Node Type": "Seq Scan", "Parent Relationship":
      "Outer", "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.0, "Total Cost":
      3971.0, "Plan Rows": 38, "Plan Width": 25, "Filter": "(customer_id < 3)"}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "WindowAgg", "Startup Cost": 0.04, "Total Cost": 157.37, "Plan Rows":
      38, "Plan Width": 33, "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Outer",
      "Scan Direction": "Forward", "Index Name": "<13556>btree_orders_customer_id_created_at",
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 0.04, "Total Cost": 156.71,
      "Plan Rows": 38, "Plan Width": 25, "Index Cond": "(customer_id < 3)"}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)])

  /// A MERGE, with an index on orders(created_at desc, customer_id).
  static let mergedIntoCustomers = RealPlans(
    statement: """
      merge into customers c using (select distinct customer_id from orders where status = \
      'open') o on o.customer_id = c.id when matched then update set region = 'x'
      """,
    before: #"""
      [{"Plan": {"Node Type": "ModifyTable", "Operation": "Merge", "Relation Name": "customers",
      "Alias": "c", "Startup Cost": 306.22, "Total Cost": 487.48, "Plan Rows": 0, "Plan Width": 0,
      "Plans": [{"Node Type": "Hash Join", "Parent Relationship": "Outer", "Join Type": "Inner",
      "Startup Cost": 306.22, "Total Cost": 487.48, "Plan Rows": 1765, "Plan Width": 34,
      "Inner Unique": true, "Hash Cond": "(c.id = o.customer_id)", "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.0,
      "Total Cost": 155.0, "Plan Rows": 10000, "Plan Width": 10}, {"Node Type": "Hash",
      "Parent Relationship": "Inner", "Startup Cost": 284.15, "Total Cost": 284.15, "Plan Rows": 1765,
      "Plan Width": 32, "Plans": [{"Node Type": "Subquery Scan", "Parent Relationship": "Outer",
      "Alias": "o", "Startup Cost": 248.85, "Total Cost": 284.15, "Plan Rows": 1765, "Plan Width": 32,
      "Plans": [{"Node Type": "Aggregate", "Strategy": "Hashed", "Partial Mode": "Simple",
      "Parent Relationship": "Subquery", "Startup Cost": 248.85, "Total Cost": 266.5, "Plan Rows":
      1765, "Plan Width": 4, "Group Key": ["orders.customer_id"], "Planned Partitions": 0, "Plans":
      [{"Node Type": "Index Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward",
      "Index Name": "orders_status_idx", "Relation Name": "orders", "Alias": "orders", "Startup Cost":
      0.29, "Total Cost": 244.02, "Plan Rows": 1933, "Plan Width": 4, "Index Cond":
      "(status = 'open'::text)"}]}]}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "ModifyTable", "Operation": "Merge", "Relation Name": "customers",
      "Alias": "c", "Startup Cost": 150.42, "Total Cost": 331.68, "Plan Rows": 0, "Plan Width": 0,
      "Plans": [{"Node Type": "Hash Join", "Parent Relationship": "Outer", "Join Type": "Inner",
      "Startup Cost": 150.42, "Total Cost": 331.68, "Plan Rows": 1765, "Plan Width": 34,
      "Inner Unique": true, "Hash Cond": "(c.id = o.customer_id)", "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.0,
      "Total Cost": 155.0, "Plan Rows": 10000, "Plan Width": 10}, {"Node Type": "Hash",
      "Parent Relationship": "Inner", "Startup Cost": 128.35, "Total Cost": 128.35, "Plan Rows": 1765,
      "Plan Width": 32, "Plans": [{"Node Type": "Subquery Scan", "Parent Relationship": "Outer",
      "Alias": "o", "Startup Cost": 0.04, "Total Cost": 128.35, "Plan Rows": 1765, "Plan Width": 32,
      "Plans": [{"Node Type": "Unique", "Parent Relationship": "Subquery", "Startup Cost": 0.04,
      "Total Cost": 110.7, "Plan Rows": 1765, "Plan Width": 4, "Plans": [{"Node Type":
      "Index Only Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward", "Index Name":
      "<13556>btree_orders_status_customer_id_created_at", "Relation Name": "orders", "Alias":
      "orders", "Startup Cost": 0.04, "Total Cost": 105.87, "Plan Rows": 1933, "Plan Width": 4,
      "Index Cond": "(status = 'open'::text)"}]}]}]}]}]}}]
      """#,
    names: ["<13556>btree_orders_status_customer_id_created_at": DesignHandle(1)])
}
