import IndexDesign

extension RealPlans {
  /// A hash join that becomes a nested loop, with an index on orders(customer_id).
  static let ordersOfOneCustomer = RealPlans(
    statement: """
      select * from customers join orders on customer_id = customers.id where customers.name = \
      'c42'
      """,
    before: #"""
      [{"Plan": {"Node Type": "Hash Join", "Join Type": "Inner", "Startup Cost": 180.01, "Total Cost":
      4176.23, "Plan Rows": 20, "Plan Width": 36, "Inner Unique": true, "Hash Cond":
      "(orders.customer_id = customers.id)", "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "orders", "Alias": "orders", "Startup Cost":
      0.0, "Total Cost": 3471.0, "Plan Rows": 200000, "Plan Width": 25}, {"Node Type": "Hash",
      "Parent Relationship": "Inner", "Startup Cost": 180.0, "Total Cost": 180.0, "Plan Rows": 1,
      "Plan Width": 11, "Plans": [{"Node Type": "Seq Scan", "Parent Relationship": "Outer",
      "Relation Name": "customers", "Alias": "customers", "Startup Cost": 0.0, "Total Cost": 180.0,
      "Plan Rows": 1, "Plan Width": 11, "Filter": "(name = 'c42'::text)"}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Startup Cost": 4.2, "Total Cost":
      257.65, "Plan Rows": 20, "Plan Width": 36, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "customers",
      "Startup Cost": 0.0, "Total Cost": 180.0, "Plan Rows": 1, "Plan Width": 11, "Filter":
      "(name = 'c42'::text)"}, {"Node Type": "Bitmap Heap Scan", "Parent Relationship": "Inner",
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 4.2, "Total Cost": 77.45,
      "Plan Rows": 20, "Plan Width": 25, "Recheck Cond": "(customer_id = customers.id)", "Plans":
      [{"Node Type": "Bitmap Index Scan", "Parent Relationship": "Outer", "Index Name":
      "<13556>btree_orders_customer_id", "Startup Cost": 0.0, "Total Cost": 4.2, "Plan Rows": 20,
      "Plan Width": 0, "Index Cond": "(customer_id = customers.id)"}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// The same with workers before.
  static let ordersOfOneCustomerInParallel = RealPlans(
    statement: """
      select * from customers join orders on customer_id = customers.id where customers.name = \
      'c42'
      """,
    before: #"""
      [{"Plan": {"Node Type": "Gather", "Startup Cost": 190.01, "Total Cost": 3148.44, "Plan Rows":
      20, "Plan Width": 36, "Workers Planned": 1, "Plans": [{"Node Type": "Hash Join",
      "Parent Relationship": "Outer", "Join Type": "Inner", "Startup Cost": 180.01, "Total Cost":
      3136.44, "Plan Rows": 12, "Plan Width": 36, "Inner Unique": true, "Hash Cond":
      "(orders.customer_id = customers.id)", "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Parallel Aware": true, "Relation Name": "orders", "Alias":
      "orders", "Startup Cost": 0.0, "Total Cost": 2647.47, "Plan Rows": 117647, "Plan Width": 25},
      {"Node Type": "Hash", "Parent Relationship": "Inner", "Startup Cost": 180.0, "Total Cost":
      180.0, "Plan Rows": 1, "Plan Width": 11, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "customers",
      "Startup Cost": 0.0, "Total Cost": 180.0, "Plan Rows": 1, "Plan Width": 11, "Filter":
      "(name = 'c42'::text)"}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Startup Cost": 4.2, "Total Cost":
      257.65, "Plan Rows": 20, "Plan Width": 36, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "customers",
      "Startup Cost": 0.0, "Total Cost": 180.0, "Plan Rows": 1, "Plan Width": 11, "Filter":
      "(name = 'c42'::text)"}, {"Node Type": "Bitmap Heap Scan", "Parent Relationship": "Inner",
      "Relation Name": "orders", "Alias": "orders", "Startup Cost": 4.2, "Total Cost": 77.45,
      "Plan Rows": 20, "Plan Width": 25, "Recheck Cond": "(customer_id = customers.id)", "Plans":
      [{"Node Type": "Bitmap Index Scan", "Parent Relationship": "Outer", "Index Name":
      "<13556>btree_orders_customer_id", "Startup Cost": 0.0, "Total Cost": 4.2, "Plan Rows": 20,
      "Plan Width": 0, "Index Cond": "(customer_id = customers.id)"}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A merge join that needs no sort any more, with an index on orders(customer_id).
  static let mergedOrders = RealPlans(
    statement: """
      select * from customers c join orders o on o.customer_id = c.id
      """,
    before: #"""
      [{"Plan": {"Node Type": "Merge Join", "Join Type": "Inner", "Startup Cost": 20030.73,
      "Total Cost": 23713.98, "Plan Rows": 200000, "Plan Width": 36, "Merge Cond":
      "(c.id = o.customer_id)", "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Outer",
      "Scan Direction": "Forward", "Index Name": "customers_pkey", "Relation Name": "customers",
      "Alias": "c", "Startup Cost": 0.29, "Total Cost": 158.78, "Plan Rows": 10000, "Plan Width": 11},
      {"Node Type": "Materialize", "Parent Relationship": "Inner", "Startup Cost": 20030.34,
      "Total Cost": 21030.34, "Plan Rows": 200000, "Plan Width": 25, "Plans": [{"Node Type": "Sort",
      "Parent Relationship": "Outer", "Startup Cost": 20030.34, "Total Cost": 20530.34, "Plan Rows":
      200000, "Plan Width": 25, "Sort Key": ["o.customer_id"], "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "orders", "Alias": "o", "Startup Cost": 0.0,
      "Total Cost": 2147.1, "Plan Rows": 200000, "Plan Width": 25}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Merge Join", "Join Type": "Inner", "Startup Cost": 0.7, "Total Cost":
      5894.26, "Plan Rows": 200000, "Plan Width": 36, "Inner Unique": true, "Merge Cond":
      "(o.customer_id = c.id)", "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Outer",
      "Scan Direction": "Forward", "Index Name": "<13556>btree_orders_customer_id", "Relation Name":
      "orders", "Alias": "o", "Startup Cost": 0.04, "Total Cost": 3210.85, "Plan Rows": 200000,
      "Plan Width": 25}, {"Node Type": "Index Scan", "Parent Relationship": "Inner", "Scan Direction":
      "Forward", "Index Name": "customers_pkey", "Relation Name": "customers", "Alias": "c",
      "Startup Cost": 0.29, "Total Cost": 158.78, "Plan Rows": 10000, "Plan Width": 11}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A self join, with an index on orders(customer_id).
  static let neighbours = RealPlans(
    statement: """
      select * from orders a join orders b on b.customer_id = a.customer_id where a.id = 5
      """,
    before: #"""
      [{"Plan": {"Node Type": "Hash Join", "Join Type": "Inner", "Startup Cost": 8.45, "Total Cost":
      4004.67, "Plan Rows": 20, "Plan Width": 50, "Inner Unique": true, "Hash Cond":
      "(b.customer_id = a.customer_id)", "Plans": [{"Node Type": "Seq Scan", "Parent Relationship":
      "Outer", "Relation Name": "orders", "Alias": "b", "Startup Cost": 0.0, "Total Cost": 3471.0,
      "Plan Rows": 200000, "Plan Width": 25}, {"Node Type": "Hash", "Parent Relationship": "Inner",
      "Startup Cost": 8.44, "Total Cost": 8.44, "Plan Rows": 1, "Plan Width": 25, "Plans":
      [{"Node Type": "Index Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward",
      "Index Name": "orders_pkey", "Relation Name": "orders", "Alias": "a", "Startup Cost": 0.42,
      "Total Cost": 8.44, "Plan Rows": 1, "Plan Width": 25, "Index Cond": "(id = 5)"}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Startup Cost": 4.62, "Total Cost":
      86.09, "Plan Rows": 20, "Plan Width": 50, "Plans": [{"Node Type": "Index Scan",
      "Parent Relationship": "Outer", "Scan Direction": "Forward", "Index Name": "orders_pkey",
      "Relation Name": "orders", "Alias": "a", "Startup Cost": 0.42, "Total Cost": 8.44, "Plan Rows":
      1, "Plan Width": 25, "Index Cond": "(id = 5)"}, {"Node Type": "Bitmap Heap Scan",
      "Parent Relationship": "Inner", "Relation Name": "orders", "Alias": "b", "Startup Cost": 4.2,
      "Total Cost": 77.45, "Plan Rows": 20, "Plan Width": 25, "Recheck Cond":
      "(customer_id = a.customer_id)", "Plans": [{"Node Type": "Bitmap Index Scan",
      "Parent Relationship": "Outer", "Index Name": "<13556>btree_orders_customer_id", "Startup Cost":
      0.0, "Total Cost": 4.2, "Plan Rows": 20, "Plan Width": 0, "Index Cond":
      "(customer_id = a.customer_id)"}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// The same table twice without aliases, with an index on orders(customer_id).
  static let twoSubqueries = RealPlans(
    statement: """
      select * from (select * from orders where customer_id = 7 offset 0) x join (select * from \
      orders where id < 100 offset 0) y using (status)
      """,
    before: #"""
      [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Startup Cost": 0.42, "Total Cost":
      4012.42, "Plan Rows": 1962, "Plan Width": 45, "Join Filter": "(x.status = orders.status)",
      "Plans": [{"Node Type": "Index Scan", "Parent Relationship": "Outer", "Scan Direction":
      "Forward", "Index Name": "orders_pkey", "Relation Name": "orders", "Alias": "orders",
      "Startup Cost": 0.42, "Total Cost": 10.17, "Plan Rows": 100, "Plan Width": 25, "Index Cond":
      "(id < 100)"}, {"Node Type": "Materialize", "Parent Relationship": "Inner", "Startup Cost": 0.0,
      "Total Cost": 3971.3, "Plan Rows": 20, "Plan Width": 25, "Plans": [{"Node Type":
      "Subquery Scan", "Parent Relationship": "Outer", "Alias": "x", "Startup Cost": 0.0,
      "Total Cost": 3971.2, "Plan Rows": 20, "Plan Width": 25, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Subquery", "Relation Name": "orders", "Alias": "orders_1",
      "Startup Cost": 0.0, "Total Cost": 3971.0, "Plan Rows": 20, "Plan Width": 25, "Filter":
      "(customer_id = 7)"}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Hash Join", "Join Type": "Inner", "Startup Cost": 16.62, "Total Cost":
      112.22, "Plan Rows": 1962, "Plan Width": 45, "Hash Cond": "(orders.status = y.status)", "Plans":
      [{"Node Type": "Bitmap Heap Scan", "Parent Relationship": "Outer", "Relation Name": "orders",
      "Alias": "orders", "Startup Cost": 4.2, "Total Cost": 77.45, "Plan Rows": 20, "Plan Width": 25,
      "Recheck Cond": "(customer_id = 7)", "Plans": [{"Node Type": "Bitmap Index Scan",
      "Parent Relationship": "Outer", "Index Name": "<13556>btree_orders_customer_id", "Startup Cost":
      0.0, "Total Cost": 4.2, "Plan Rows": 20, "Plan Width": 0, "Index Cond": "(customer_id = 7)"}]},
      {"Node Type": "Hash", "Parent Relationship": "Inner", "Startup Cost": 11.17, "Total Cost":
      11.17, "Plan Rows": 100, "Plan Width": 25, "Plans": [{"Node Type": "Subquery Scan",
      "Parent Relationship": "Outer", "Alias": "y", "Startup Cost": 0.42, "Total Cost": 11.17,
      "Plan Rows": 100, "Plan Width": 25, "Plans": [{"Node Type": "Index Scan", "Parent Relationship":
      "Subquery", "Scan Direction": "Forward", "Index Name": "orders_pkey", "Relation Name": "orders",
      "Alias": "orders_1", "Startup Cost": 0.42, "Total Cost": 10.17, "Plan Rows": 100, "Plan Width":
      25, "Index Cond": "(id < 100)"}]}]}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A join under a limit, with an index on orders(total).
  static let dearestOrders = RealPlans(
    statement: """
      select * from orders o join customers c on c.id = o.customer_id order by o.total desc \
      limit 10
      """,
    before: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 8598.15, "Total Cost": 8598.18, "Plan Rows":
      10, "Plan Width": 36, "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer",
      "Startup Cost": 8598.15, "Total Cost": 9098.15, "Plan Rows": 200000, "Plan Width": 36,
      "Sort Key": ["o.total DESC"], "Plans": [{"Node Type": "Hash Join", "Parent Relationship":
      "Outer", "Join Type": "Inner", "Startup Cost": 280.0, "Total Cost": 4276.22, "Plan Rows":
      200000, "Plan Width": 36, "Inner Unique": true, "Hash Cond": "(o.customer_id = c.id)", "Plans":
      [{"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "orders", "Alias":
      "o", "Startup Cost": 0.0, "Total Cost": 3471.0, "Plan Rows": 200000, "Plan Width": 25},
      {"Node Type": "Hash", "Parent Relationship": "Inner", "Startup Cost": 155.0, "Total Cost":
      155.0, "Plan Rows": 10000, "Plan Width": 11, "Plans": [{"Node Type": "Seq Scan",
      "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.0,
      "Total Cost": 155.0, "Plan Rows": 10000, "Plan Width": 11}]}]}]}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Limit", "Startup Cost": 0.34, "Total Cost": 1.31, "Plan Rows": 10,
      "Plan Width": 36, "Plans": [{"Node Type": "Nested Loop", "Parent Relationship": "Outer",
      "Join Type": "Inner", "Startup Cost": 0.34, "Total Cost": 19466.95, "Plan Rows": 200000,
      "Plan Width": 36, "Inner Unique": true, "Plans": [{"Node Type": "Index Scan",
      "Parent Relationship": "Outer", "Scan Direction": "Backward", "Index Name":
      "<13556>btree_orders_total", "Relation Name": "orders", "Alias": "o", "Startup Cost": 0.04,
      "Total Cost": 11431.99, "Plan Rows": 200000, "Plan Width": 25}, {"Node Type": "Memoize",
      "Parent Relationship": "Inner", "Startup Cost": 0.3, "Total Cost": 0.31, "Plan Rows": 1,
      "Plan Width": 11, "Cache Key": "o.customer_id", "Cache Mode": "logical", "Plans": [{"Node Type":
      "Index Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward", "Index Name":
      "customers_pkey", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.29,
      "Total Cost": 0.3, "Plan Rows": 1, "Plan Width": 11, "Index Cond":
      "(id = o.customer_id)"}]}]}]}}]
      """#,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// Three relations whose join order changes, with an index on orders(customer_id).
  static let linesOfACustomer = RealPlans(
    statement: """
      select * from order_lines l join orders o on o.id = l.order_id join customers c on c.id = \
      o.customer_id where c.region = 'n' and c.name < 'c1002' and l.quantity = 1
      """,
    before: #"""
      [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Startup Cost": 205.43,
      "Total Cost": 4211.4, "Plan Rows": 10, "Plan Width": 52, "Plans": [{"Node Type": "Hash Join",
      "Parent Relationship": "Outer", "Join Type": "Inner", "Startup Cost": 205.01, "Total Cost":
      4201.23, "Plan Rows": 20, "Plan Width": 36, "Inner Unique": true, "Hash Cond":
      "(o.customer_id = c.id)", "Plans": [{"Node Type": "Seq Scan", "Parent Relationship": "Outer",
      "Relation Name": "orders", "Alias": "o", "Startup Cost": 0.0, "Total Cost": 3471.0, "Plan Rows":
      200000, "Plan Width": 25}, {"Node Type": "Hash", "Parent Relationship": "Inner", "Startup Cost":
      205.0, "Total Cost": 205.0, "Plan Rows": 1, "Plan Width": 11, "Plans": [{"Node Type":
      "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "customers", "Alias": "c",
      "Startup Cost": 0.0, "Total Cost": 205.0, "Plan Rows": 1, "Plan Width": 11, "Filter":
      "((name < 'c1002'::text) AND (region = 'n'::text))"}]}]}, {"Node Type": "Index Scan",
      "Parent Relationship": "Inner", "Scan Direction": "Forward", "Index Name": "order_lines_pkey",
      "Relation Name": "order_lines", "Alias": "l", "Startup Cost": 0.42, "Total Cost": 0.5,
      "Plan Rows": 1, "Plan Width": 16, "Index Cond": "(order_id = o.id)", "Filter":
      "(quantity = 1)"}]}}]
      """#,
    after: #"""
      [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Startup Cost": 4.62, "Total Cost":
      292.82, "Plan Rows": 10, "Plan Width": 52, "Plans": [{"Node Type": "Nested Loop",
      "Parent Relationship": "Outer", "Join Type": "Inner", "Startup Cost": 4.2, "Total Cost": 282.65,
      "Plan Rows": 20, "Plan Width": 36, "Plans": [{"Node Type": "Seq Scan", "Parent Relationship":
      "Outer", "Relation Name": "customers", "Alias": "c", "Startup Cost": 0.0, "Total Cost": 205.0,
      "Plan Rows": 1, "Plan Width": 11, "Filter":
      "((name < 'c1002'::text) AND (region = 'n'::text))"}, {"Node Type": "Bitmap Heap Scan",
      "Parent Relationship": "Inner", "Relation Name": "orders", "Alias": "o", "Startup Cost": 4.2,
      "Total Cost": 77.45, "Plan Rows": 20, "Plan Width": 25, "Recheck Cond": "(customer_id = c.id)",
      "Plans": [{"Node Type": "Bitmap Index Scan", "Parent Relationship": "Outer", "Index Name":
      "<13556>btree_orders_customer_id", "Startup Cost": 0.0, "Total Cost": 4.2, "Plan Rows": 20,
      "Plan Width": 0, "Index Cond": "(customer_id = c.id)"}]}]}, {"Node Type": "Index Scan",
      "Parent Relationship": "Inner", "Scan Direction": "Forward", "Index Name": "order_lines_pkey",
      "Relation Name": "order_lines", "Alias": "l", "Startup Cost": 0.42, "Total Cost": 0.5,
      "Plan Rows": 1, "Plan Width": 16, "Index Cond": "(order_id = o.id)", "Filter":
      "(quantity = 1)"}]}}]
      """#,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])
}
