extension RealTitles {
  /// One half of the statements.
  static let first = [
    RealTitles(
      "seq scan with an alias",
      titles: #"""
        Seq Scan on orders o
        """#,
      verboseTitles: #"""
        Seq Scan on public.orders o
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias":
        "o"}}]
        """#,
      names: []),
    RealTitles(
      "names that need quotes",
      titles: #"""
        Seq Scan on "Odd Table" "user"
        """#,
      verboseTitles: #"""
        Seq Scan on public."Odd Table" "user"
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "Odd Table", "Schema": "public",
        "Alias": "user"}}]
        """#,
      names: []),
    RealTitles(
      "a keyword as alias",
      titles: #"""
        Seq Scan on orders "left"
        """#,
      verboseTitles: #"""
        Seq Scan on public.orders "left"
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias":
        "left"}}]
        """#,
      names: []),
    RealTitles(
      "hypothetical index scan backward",
      titles: #"""
        Index Scan Backward using %1 on orders o
        """#,
      verboseTitles: #"""
        Index Scan Backward using %1 on public.orders o
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Index Scan", "Scan Direction": "Backward", "Index Name":
        "<13556>btree_orders_customer_id_created_at", "Relation Name": "orders", "Schema": "public",
        "Alias": "o"}}]
        """#,
      names: ["<13556>btree_orders_customer_id_created_at"]),
    RealTitles(
      "hypothetical index only scan",
      titles: #"""
        Index Only Scan using %1 on orders
        """#,
      verboseTitles: #"""
        Index Only Scan using %1 on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Index Only Scan", "Scan Direction": "Forward", "Index Name":
        "<13556>btree_orders_customer_id_created_at", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}}]
        """#,
      names: ["<13556>btree_orders_customer_id_created_at"]),
    RealTitles(
      "bitmap and",
      titles: #"""
        Bitmap Heap Scan on orders
        BitmapAnd
        Bitmap Index Scan on %2
        Bitmap Index Scan on %1
        """#,
      verboseTitles: #"""
        Bitmap Heap Scan on public.orders
        BitmapAnd
        Bitmap Index Scan on %2
        Bitmap Index Scan on %1
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Bitmap Heap Scan", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders", "Plans": [{"Node Type": "BitmapAnd", "Plans": [{"Node Type":
        "Bitmap Index Scan", "Index Name": "<13557>btree_orders_total"}, {"Node Type":
        "Bitmap Index Scan", "Index Name": "<13556>btree_orders_customer_id"}]}]}}]
        """#,
      names: ["<13556>btree_orders_customer_id", "<13557>btree_orders_total"]),
    RealTitles(
      "bitmap or",
      titles: #"""
        Bitmap Heap Scan on orders
        BitmapOr
        Bitmap Index Scan on %1
        BitmapAnd
        Bitmap Index Scan on %1
        Bitmap Index Scan on orders_status_idx
        Bitmap Index Scan on orders_pkey
        """#,
      verboseTitles: #"""
        Bitmap Heap Scan on public.orders
        BitmapOr
        Bitmap Index Scan on %1
        BitmapAnd
        Bitmap Index Scan on %1
        Bitmap Index Scan on orders_status_idx
        Bitmap Index Scan on orders_pkey
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Bitmap Heap Scan", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders", "Plans": [{"Node Type": "BitmapOr", "Plans": [{"Node Type":
        "Bitmap Index Scan", "Index Name": "<13556>btree_orders_customer_id"}, {"Node Type":
        "BitmapAnd", "Plans": [{"Node Type": "Bitmap Index Scan", "Index Name":
        "<13556>btree_orders_customer_id"}, {"Node Type": "Bitmap Index Scan", "Index Name":
        "orders_status_idx"}]}, {"Node Type": "Bitmap Index Scan", "Index Name":
        "orders_pkey"}]}]}}]
        """#,
      names: ["<13556>btree_orders_customer_id"]),
    RealTitles(
      "brin",
      titles: #"""
        Bitmap Heap Scan on log
        Bitmap Index Scan on %1
        """#,
      verboseTitles: #"""
        Bitmap Heap Scan on public.log
        Bitmap Index Scan on %1
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Bitmap Heap Scan", "Relation Name": "log", "Schema": "public",
        "Alias": "log", "Plans": [{"Node Type": "Bitmap Index Scan", "Index Name":
        "<13556>brin_log_at"}]}}]
        """#,
      names: ["<13556>brin_log_at"]),
    RealTitles(
      "hash index",
      titles: #"""
        Index Scan using %1 on orders
        """#,
      verboseTitles: #"""
        Index Scan using %1 on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Index Scan", "Scan Direction": "NoMovement", "Index Name":
        "<13556>hash_orders_customer_id", "Relation Name": "orders", "Schema": "public", "Alias":
        "orders"}}]
        """#,
      names: ["<13556>hash_orders_customer_id"]),
    RealTitles(
      "hash left join",
      titles: #"""
        Hash Left Join
        Seq Scan on orders o
        Hash
        Seq Scan on customers c
        """#,
      verboseTitles: #"""
        Hash Left Join
        Seq Scan on public.orders o
        Hash
        Seq Scan on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Hash Join", "Join Type": "Left", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias": "o"}, {"Node Type":
        "Hash", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "customers", "Schema":
        "public", "Alias": "c"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "hash right join",
      titles: #"""
        Hash Right Join
        Seq Scan on orders o
        Hash
        Seq Scan on customers c
        """#,
      verboseTitles: #"""
        Hash Right Join
        Seq Scan on public.orders o
        Hash
        Seq Scan on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Hash Join", "Join Type": "Right", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias": "o"}, {"Node Type":
        "Hash", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "customers", "Schema":
        "public", "Alias": "c"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "hash full join",
      titles: #"""
        Hash Full Join
        Seq Scan on orders o
        Hash
        Seq Scan on customers c
        """#,
      verboseTitles: #"""
        Hash Full Join
        Seq Scan on public.orders o
        Hash
        Seq Scan on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Hash Join", "Join Type": "Full", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias": "o"}, {"Node Type":
        "Hash", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "customers", "Schema":
        "public", "Alias": "c"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "semi and anti joins",
      titles: #"""
        Hash Join
        Hash Anti Join
        Seq Scan on customers c
        Hash
        Seq Scan on order_lines l
        Hash
        HashAggregate
        Seq Scan on orders o
        """#,
      verboseTitles: #"""
        Hash Join
        Hash Anti Join
        Seq Scan on public.customers c
        Hash
        Seq Scan on public.order_lines l
        Hash
        HashAggregate
        Seq Scan on public.orders o
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Hash Join", "Join Type": "Inner", "Plans": [{"Node Type":
        "Hash Join", "Join Type": "Anti", "Plans": [{"Node Type": "Seq Scan", "Relation Name":
        "customers", "Schema": "public", "Alias": "c"}, {"Node Type": "Hash", "Plans":
        [{"Node Type": "Seq Scan", "Relation Name": "order_lines", "Schema": "public", "Alias":
        "l"}]}]}, {"Node Type": "Hash", "Plans": [{"Node Type": "Aggregate", "Strategy": "Hashed",
        "Partial Mode": "Simple", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "orders",
        "Schema": "public", "Alias": "o"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "merge joins",
      titles: #"""
        Merge Right Join
        Index Scan using customers_pkey on customers c
        Materialize
        Sort
        Merge Join
        Index Scan using orders_pkey on orders o
        Index Scan using order_lines_pkey on order_lines l
        """#,
      verboseTitles: #"""
        Merge Right Join
        Index Scan using customers_pkey on public.customers c
        Materialize
        Sort
        Merge Join
        Index Scan using orders_pkey on public.orders o
        Index Scan using order_lines_pkey on public.order_lines l
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Merge Join", "Join Type": "Right", "Plans": [{"Node Type":
        "Index Scan", "Scan Direction": "Forward", "Index Name": "customers_pkey", "Relation Name":
        "customers", "Schema": "public", "Alias": "c"}, {"Node Type": "Materialize", "Plans":
        [{"Node Type": "Sort", "Plans": [{"Node Type": "Merge Join", "Join Type": "Inner", "Plans":
        [{"Node Type": "Index Scan", "Scan Direction": "Forward", "Index Name": "orders_pkey",
        "Relation Name": "orders", "Schema": "public", "Alias": "o"}, {"Node Type": "Index Scan",
        "Scan Direction": "Forward", "Index Name": "order_lines_pkey", "Relation Name":
        "order_lines", "Schema": "public", "Alias": "l"}]}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "nested loops",
      titles: #"""
        Nested Loop Left Join
        Index Scan using orders_pkey on orders o
        Index Scan using customers_pkey on customers c
        """#,
      verboseTitles: #"""
        Nested Loop Left Join
        Index Scan using orders_pkey on public.orders o
        Index Scan using customers_pkey on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Left", "Plans": [{"Node Type":
        "Index Scan", "Scan Direction": "Forward", "Index Name": "orders_pkey", "Relation Name":
        "orders", "Schema": "public", "Alias": "o"}, {"Node Type": "Index Scan", "Scan Direction":
        "Forward", "Index Name": "customers_pkey", "Relation Name": "customers", "Schema": "public",
        "Alias": "c"}]}}]
        """#,
      names: []),
    RealTitles(
      "memoize",
      titles: #"""
        Nested Loop
        Seq Scan on orders o
        Memoize
        Index Scan using customers_pkey on customers c
        """#,
      verboseTitles: #"""
        Nested Loop
        Seq Scan on public.orders o
        Memoize
        Index Scan using customers_pkey on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias": "o"}, {"Node Type":
        "Memoize", "Plans": [{"Node Type": "Index Scan", "Scan Direction": "Forward", "Index Name":
        "customers_pkey", "Relation Name": "customers", "Schema": "public", "Alias": "c"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "materialize",
      titles: #"""
        Nested Loop
        Seq Scan on customers a
        Index Scan using customers_pkey on customers b
        """#,
      verboseTitles: #"""
        Nested Loop
        Seq Scan on public.customers a
        Index Scan using customers_pkey on public.customers b
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "customers", "Schema": "public", "Alias": "a"}, {"Node Type":
        "Index Scan", "Scan Direction": "Forward", "Index Name": "customers_pkey", "Relation Name":
        "customers", "Schema": "public", "Alias": "b"}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel aggregate",
      titles: #"""
        Finalize GroupAggregate
        Gather Merge
        Sort
        Partial HashAggregate
        Parallel Seq Scan on orders
        """#,
      verboseTitles: #"""
        Finalize GroupAggregate
        Gather Merge
        Sort
        Partial HashAggregate
        Parallel Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Sorted", "Partial Mode": "Finalize",
        "Plans": [{"Node Type": "Gather Merge", "Plans": [{"Node Type": "Sort", "Plans":
        [{"Node Type": "Aggregate", "Strategy": "Hashed", "Partial Mode": "Partial", "Plans":
        [{"Node Type": "Seq Scan", "Parallel Aware": true, "Relation Name": "orders", "Schema":
        "public", "Alias": "orders"}]}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel group aggregate",
      titles: #"""
        Finalize GroupAggregate
        Gather Merge
        Partial GroupAggregate
        Parallel Index Only Scan using orders_status_idx on orders
        """#,
      verboseTitles: #"""
        Finalize GroupAggregate
        Gather Merge
        Partial GroupAggregate
        Parallel Index Only Scan using orders_status_idx on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Sorted", "Partial Mode": "Finalize",
        "Plans": [{"Node Type": "Gather Merge", "Plans": [{"Node Type": "Aggregate", "Strategy":
        "Sorted", "Partial Mode": "Partial", "Plans": [{"Node Type": "Index Only Scan",
        "Parallel Aware": true, "Scan Direction": "Forward", "Index Name": "orders_status_idx",
        "Relation Name": "orders", "Schema": "public", "Alias": "orders"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel plain aggregate",
      titles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Seq Scan on orders
        """#,
      verboseTitles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Finalize",
        "Plans": [{"Node Type": "Gather", "Plans": [{"Node Type": "Aggregate", "Strategy": "Plain",
        "Partial Mode": "Partial", "Plans": [{"Node Type": "Seq Scan", "Parallel Aware": true,
        "Relation Name": "orders", "Schema": "public", "Alias": "orders"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "gather merge",
      titles: #"""
        Gather Merge
        Sort
        Parallel Seq Scan on orders
        """#,
      verboseTitles: #"""
        Gather Merge
        Sort
        Parallel Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Gather Merge", "Plans": [{"Node Type": "Sort", "Plans":
        [{"Node Type": "Seq Scan", "Parallel Aware": true, "Relation Name": "orders", "Schema":
        "public", "Alias": "orders"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel hash join",
      titles: #"""
        Gather
        Parallel Hash Join
        Parallel Seq Scan on orders o
        Parallel Hash
        Parallel Seq Scan on customers c
        """#,
      verboseTitles: #"""
        Gather
        Parallel Hash Join
        Parallel Seq Scan on public.orders o
        Parallel Hash
        Parallel Seq Scan on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Gather", "Plans": [{"Node Type": "Hash Join", "Parallel Aware":
        true, "Join Type": "Inner", "Plans": [{"Node Type": "Seq Scan", "Parallel Aware": true,
        "Relation Name": "orders", "Schema": "public", "Alias": "o"}, {"Node Type": "Hash",
        "Parallel Aware": true, "Plans": [{"Node Type": "Seq Scan", "Parallel Aware": true,
        "Relation Name": "customers", "Schema": "public", "Alias": "c"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel bitmap scan",
      titles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Bitmap Heap Scan on orders
        Bitmap Index Scan on orders_status_idx
        """#,
      verboseTitles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Bitmap Heap Scan on public.orders
        Bitmap Index Scan on orders_status_idx
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Finalize",
        "Plans": [{"Node Type": "Gather", "Plans": [{"Node Type": "Aggregate", "Strategy": "Plain",
        "Partial Mode": "Partial", "Plans": [{"Node Type": "Bitmap Heap Scan", "Parallel Aware":
        true, "Relation Name": "orders", "Schema": "public", "Alias": "orders", "Plans":
        [{"Node Type": "Bitmap Index Scan", "Index Name": "orders_status_idx"}]}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel index scan",
      titles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Index Scan using orders_status_idx on orders
        """#,
      verboseTitles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Index Scan using orders_status_idx on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Finalize",
        "Plans": [{"Node Type": "Gather", "Plans": [{"Node Type": "Aggregate", "Strategy": "Plain",
        "Partial Mode": "Partial", "Plans": [{"Node Type": "Index Scan", "Parallel Aware": true,
        "Scan Direction": "Forward", "Index Name": "orders_status_idx", "Relation Name": "orders",
        "Schema": "public", "Alias": "orders"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "parallel append",
      titles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Append
        Parallel Seq Scan on events_2024 events_1
        Parallel Seq Scan on events_2025 events_2
        """#,
      verboseTitles: #"""
        Finalize Aggregate
        Gather
        Partial Aggregate
        Parallel Append
        Parallel Seq Scan on public.events_2024 events_1
        Parallel Seq Scan on public.events_2025 events_2
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Plain", "Partial Mode": "Finalize",
        "Plans": [{"Node Type": "Gather", "Plans": [{"Node Type": "Aggregate", "Strategy": "Plain",
        "Partial Mode": "Partial", "Plans": [{"Node Type": "Append", "Parallel Aware": true,
        "Plans": [{"Node Type": "Seq Scan", "Parallel Aware": true, "Relation Name": "events_2024",
        "Schema": "public", "Alias": "events_1"}, {"Node Type": "Seq Scan", "Parallel Aware": true,
        "Relation Name": "events_2025", "Schema": "public", "Alias": "events_2"}]}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "mixed and grouping sets",
      titles: #"""
        MixedAggregate
        Seq Scan on orders
        """#,
      verboseTitles: #"""
        MixedAggregate
        Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Aggregate", "Strategy": "Mixed", "Partial Mode": "Simple", "Plans":
        [{"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias":
        "orders"}]}}]
        """#,
      names: []),
    RealTitles(
      "group",
      titles: #"""
        Unique
        Index Scan using orders_status_idx on orders
        """#,
      verboseTitles: #"""
        Unique
        Index Scan using orders_status_idx on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Unique", "Plans": [{"Node Type": "Index Scan", "Scan Direction":
        "Forward", "Index Name": "orders_status_idx", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}]}}]
        """#,
      names: []),
  ]
}
