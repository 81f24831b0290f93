extension RealTitles {
  /// One half of the statements.
  static let second = [
    RealTitles(
      "group without aggregate",
      titles: #"""
        Group
        Index Only Scan using orders_status_idx on orders
        """#,
      verboseTitles: #"""
        Group
        Index Only Scan using orders_status_idx on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Group", "Plans": [{"Node Type": "Index Only Scan",
        "Scan Direction": "Forward", "Index Name": "orders_status_idx", "Relation Name": "orders",
        "Schema": "public", "Alias": "orders"}]}}]
        """#,
      names: []),
    RealTitles(
      "window",
      titles: #"""
        WindowAgg
        Sort
        Seq Scan on orders
        """#,
      verboseTitles: #"""
        WindowAgg
        Sort
        Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "WindowAgg", "Plans": [{"Node Type": "Sort", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias": "orders"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "incremental sort",
      titles: #"""
        Limit
        Incremental Sort
        Index Scan using orders_created_idx on orders
        """#,
      verboseTitles: #"""
        Limit
        Incremental Sort
        Index Scan using orders_created_idx on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Limit", "Plans": [{"Node Type": "Incremental Sort", "Plans":
        [{"Node Type": "Index Scan", "Scan Direction": "Forward", "Index Name":
        "orders_created_idx", "Relation Name": "orders", "Schema": "public", "Alias":
        "orders"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "set operations",
      titles: #"""
        HashSetOp Intersect All
        Append
        Subquery Scan on "*SELECT* 2"
        Seq Scan on customers
        Subquery Scan on "*SELECT* 1"
        Seq Scan on orders
        """#,
      verboseTitles: #"""
        HashSetOp Intersect All
        Append
        Subquery Scan on "*SELECT* 2"
        Seq Scan on public.customers
        Subquery Scan on "*SELECT* 1"
        Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "SetOp", "Strategy": "Hashed", "Command": "Intersect All", "Plans":
        [{"Node Type": "Append", "Plans": [{"Node Type": "Subquery Scan", "Alias": "*SELECT* 2",
        "Plans": [{"Node Type": "Seq Scan", "Relation Name": "customers", "Schema": "public",
        "Alias": "customers"}]}, {"Node Type": "Subquery Scan", "Alias": "*SELECT* 1", "Plans":
        [{"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias":
        "orders"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "sorted set operations",
      titles: #"""
        SetOp Except
        Sort
        Append
        Subquery Scan on "*SELECT* 1"
        Seq Scan on orders
        Subquery Scan on "*SELECT* 2"
        Seq Scan on customers
        """#,
      verboseTitles: #"""
        SetOp Except
        Sort
        Append
        Subquery Scan on "*SELECT* 1"
        Seq Scan on public.orders
        Subquery Scan on "*SELECT* 2"
        Seq Scan on public.customers
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "SetOp", "Strategy": "Sorted", "Command": "Except", "Plans":
        [{"Node Type": "Sort", "Plans": [{"Node Type": "Append", "Plans": [{"Node Type":
        "Subquery Scan", "Alias": "*SELECT* 1", "Plans": [{"Node Type": "Seq Scan", "Relation Name":
        "orders", "Schema": "public", "Alias": "orders"}]}, {"Node Type": "Subquery Scan", "Alias":
        "*SELECT* 2", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "customers", "Schema":
        "public", "Alias": "customers"}]}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "union",
      titles: #"""
        Unique
        Sort
        Append
        Seq Scan on orders
        Seq Scan on customers
        Seq Scan on order_lines
        """#,
      verboseTitles: #"""
        Unique
        Sort
        Append
        Seq Scan on public.orders
        Seq Scan on public.customers
        Seq Scan on public.order_lines
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Unique", "Plans": [{"Node Type": "Sort", "Plans": [{"Node Type":
        "Append", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}, {"Node Type": "Seq Scan", "Relation Name": "customers", "Schema":
        "public", "Alias": "customers"}, {"Node Type": "Seq Scan", "Relation Name": "order_lines",
        "Schema": "public", "Alias": "order_lines"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "lock rows",
      titles: #"""
        LockRows
        Index Scan using orders_pkey on orders
        """#,
      verboseTitles: #"""
        LockRows
        Index Scan using orders_pkey on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "LockRows", "Plans": [{"Node Type": "Index Scan", "Scan Direction":
        "Forward", "Index Name": "orders_pkey", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}]}}]
        """#,
      names: []),
    RealTitles(
      "insert on conflict",
      titles: #"""
        Insert on customers
        Result
        """#,
      verboseTitles: #"""
        Insert on public.customers
        Result
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Insert", "Relation Name": "customers",
        "Schema": "public", "Alias": "customers", "Plans": [{"Node Type": "Result"}]}}]
        """#,
      names: []),
    RealTitles(
      "insert from select",
      titles: #"""
        Insert on "Odd Table"
        Seq Scan on customers
        """#,
      verboseTitles: #"""
        Insert on public."Odd Table"
        Seq Scan on public.customers
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Insert", "Relation Name": "Odd Table",
        "Schema": "public", "Alias": "Odd Table", "Plans": [{"Node Type": "Seq Scan",
        "Relation Name": "customers", "Schema": "public", "Alias": "customers"}]}}]
        """#,
      names: []),
    RealTitles(
      "update",
      titles: #"""
        Update on orders o
        Index Scan using orders_pkey on orders o
        """#,
      verboseTitles: #"""
        Update on public.orders o
        Index Scan using orders_pkey on public.orders o
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Update", "Relation Name": "orders",
        "Schema": "public", "Alias": "o", "Plans": [{"Node Type": "Index Scan", "Scan Direction":
        "Forward", "Index Name": "orders_pkey", "Relation Name": "orders", "Schema": "public",
        "Alias": "o"}]}}]
        """#,
      names: []),
    RealTitles(
      "delete with using",
      titles: #"""
        Delete on orders
        Hash Join
        Seq Scan on orders
        Hash
        Seq Scan on customers c
        """#,
      verboseTitles: #"""
        Delete on public.orders
        Hash Join
        Seq Scan on public.orders
        Hash
        Seq Scan on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Delete", "Relation Name": "orders",
        "Schema": "public", "Alias": "orders", "Plans": [{"Node Type": "Hash Join", "Join Type":
        "Inner", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}, {"Node Type": "Hash", "Plans": [{"Node Type": "Seq Scan",
        "Relation Name": "customers", "Schema": "public", "Alias": "c"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "merge",
      titles: #"""
        Merge on customers c
        Hash Left Join
        Seq Scan on orders o
        Hash
        Seq Scan on customers c
        """#,
      verboseTitles: #"""
        Merge on public.customers c
        Hash Left Join
        Seq Scan on public.orders o
        Hash
        Seq Scan on public.customers c
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Merge", "Relation Name": "customers",
        "Schema": "public", "Alias": "c", "Plans": [{"Node Type": "Hash Join", "Join Type": "Left",
        "Plans": [{"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias":
        "o"}, {"Node Type": "Hash", "Plans": [{"Node Type": "Seq Scan", "Relation Name":
        "customers", "Schema": "public", "Alias": "c"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "update of partitions",
      titles: #"""
        Update on events
        Append
        Seq Scan on events_2024 events_1
        Seq Scan on events_2025 events_2
        """#,
      verboseTitles: #"""
        Update on public.events
        Append
        Seq Scan on public.events_2024 events_1
        Seq Scan on public.events_2025 events_2
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Update", "Relation Name": "events",
        "Schema": "public", "Alias": "events", "Plans": [{"Node Type": "Append", "Plans":
        [{"Node Type": "Seq Scan", "Relation Name": "events_2024", "Schema": "public", "Alias":
        "events_1"}, {"Node Type": "Seq Scan", "Relation Name": "events_2025", "Schema": "public",
        "Alias": "events_2"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "merge append",
      titles: #"""
        Limit
        Append
        Index Scan using events_2024_at_idx on events_2024 events_1
        Index Scan using events_2025_at_idx on events_2025 events_2
        """#,
      verboseTitles: #"""
        Limit
        Append
        Index Scan using events_2024_at_idx on public.events_2024 events_1
        Index Scan using events_2025_at_idx on public.events_2025 events_2
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Limit", "Plans": [{"Node Type": "Append", "Plans": [{"Node Type":
        "Index Scan", "Scan Direction": "Forward", "Index Name": "events_2024_at_idx",
        "Relation Name": "events_2024", "Schema": "public", "Alias": "events_1"}, {"Node Type":
        "Index Scan", "Scan Direction": "Forward", "Index Name": "events_2025_at_idx",
        "Relation Name": "events_2025", "Schema": "public", "Alias": "events_2"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "cte and recursion",
      titles: #"""
        CTE Scan on t
        Recursive Union
        Result
        WorkTable Scan on t t_1
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "CTE Scan", "CTE Name": "t", "Alias": "t", "Plans": [{"Node Type":
        "Recursive Union", "Plans": [{"Node Type": "Result"}, {"Node Type": "WorkTable Scan",
        "CTE Name": "t", "Alias": "t_1"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "materialized cte",
      titles: #"""
        Merge Join
        Seq Scan on orders
        Sort
        CTE Scan on recent r
        Sort
        CTE Scan on recent s
        """#,
      verboseTitles: #"""
        Merge Join
        Seq Scan on public.orders
        Sort
        CTE Scan on recent r
        Sort
        CTE Scan on recent s
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Merge Join", "Join Type": "Inner", "Plans": [{"Node Type":
        "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias": "orders"}, {"Node Type":
        "Sort", "Plans": [{"Node Type": "CTE Scan", "CTE Name": "recent", "Alias": "r"}]},
        {"Node Type": "Sort", "Plans": [{"Node Type": "CTE Scan", "CTE Name": "recent", "Alias":
        "s"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "writing cte",
      titles: #"""
        CTE Scan on gone
        Delete on orders
        Index Scan using orders_pkey on orders
        """#,
      verboseTitles: #"""
        CTE Scan on gone
        Delete on public.orders
        Index Scan using orders_pkey on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "CTE Scan", "CTE Name": "gone", "Alias": "gone", "Plans":
        [{"Node Type": "ModifyTable", "Operation": "Delete", "Relation Name": "orders", "Schema":
        "public", "Alias": "orders", "Plans": [{"Node Type": "Index Scan", "Scan Direction":
        "Forward", "Index Name": "orders_pkey", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "init plans and subplans",
      titles: #"""
        Seq Scan on orders o
        Result
        Limit
        Index Only Scan Backward using customers_pkey on customers
        Seq Scan on order_lines
        Aggregate
        Seq Scan on orders i
        """#,
      verboseTitles: #"""
        Seq Scan on public.orders o
        Result
        Limit
        Index Only Scan Backward using customers_pkey on public.customers
        Seq Scan on public.order_lines
        Aggregate
        Seq Scan on public.orders i
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "orders", "Schema": "public", "Alias":
        "o", "Plans": [{"Node Type": "Result", "Plans": [{"Node Type": "Limit", "Plans":
        [{"Node Type": "Index Only Scan", "Scan Direction": "Backward", "Index Name":
        "customers_pkey", "Relation Name": "customers", "Schema": "public", "Alias":
        "customers"}]}]}, {"Node Type": "Seq Scan", "Relation Name": "order_lines", "Schema":
        "public", "Alias": "order_lines"}, {"Node Type": "Aggregate", "Strategy": "Plain",
        "Partial Mode": "Simple", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "orders",
        "Schema": "public", "Alias": "i"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "min and max",
      titles: #"""
        Result
        Limit
        Index Only Scan using orders_created_idx on orders
        Limit
        Index Only Scan Backward using orders_created_idx on orders orders_1
        """#,
      verboseTitles: #"""
        Result
        Limit
        Index Only Scan using orders_created_idx on public.orders
        Limit
        Index Only Scan Backward using orders_created_idx on public.orders orders_1
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Result", "Plans": [{"Node Type": "Limit", "Plans": [{"Node Type":
        "Index Only Scan", "Scan Direction": "Forward", "Index Name": "orders_created_idx",
        "Relation Name": "orders", "Schema": "public", "Alias": "orders"}]}, {"Node Type": "Limit",
        "Plans": [{"Node Type": "Index Only Scan", "Scan Direction": "Backward", "Index Name":
        "orders_created_idx", "Relation Name": "orders", "Schema": "public", "Alias":
        "orders_1"}]}]}}]
        """#,
      names: []),
    RealTitles(
      "functions and values",
      titles: #"""
        Nested Loop
        Function Scan on generate_series g
        Materialize
        Nested Loop
        Function Scan on unnest u
        Values Scan on "*VALUES*"
        """#,
      verboseTitles: #"""
        Nested Loop
        Function Scan on pg_catalog.generate_series g
        Materialize
        Nested Loop
        Function Scan on pg_catalog.unnest u
        Values Scan on "*VALUES*"
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Nested Loop", "Join Type": "Inner", "Plans": [{"Node Type":
        "Function Scan", "Function Name": "generate_series", "Schema": "pg_catalog", "Alias": "g"},
        {"Node Type": "Materialize", "Plans": [{"Node Type": "Nested Loop", "Join Type": "Inner",
        "Plans": [{"Node Type": "Function Scan", "Function Name": "unnest", "Schema": "pg_catalog",
        "Alias": "u"}, {"Node Type": "Values Scan", "Alias": "*VALUES*"}]}]}]}}]
        """#,
      names: []),
    RealTitles(
      "table function",
      titles: #"""
        Table Function Scan on "xmltable" t
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Table Function Scan", "Table Function Name": "xmltable", "Alias":
        "t"}}]
        """#,
      names: []),
    RealTitles(
      "rows from",
      titles: #"""
        Function Scan on r
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Function Scan", "Alias": "r"}}]
        """#,
      names: []),
    RealTitles(
      "tid scans",
      titles: #"""
        Append
        Tid Scan on orders
        Tid Range Scan on orders orders_1
        """#,
      verboseTitles: #"""
        Append
        Tid Scan on public.orders
        Tid Range Scan on public.orders orders_1
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Append", "Plans": [{"Node Type": "Tid Scan", "Relation Name":
        "orders", "Schema": "public", "Alias": "orders"}, {"Node Type": "Tid Range Scan",
        "Relation Name": "orders", "Schema": "public", "Alias": "orders_1"}]}}]
        """#,
      names: []),
    RealTitles(
      "sample",
      titles: #"""
        Sample Scan on orders
        """#,
      verboseTitles: #"""
        Sample Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Sample Scan", "Relation Name": "orders", "Schema": "public",
        "Alias": "orders"}}]
        """#,
      names: []),
    RealTitles(
      "project set and result",
      titles: #"""
        ProjectSet
        Result
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "ProjectSet", "Plans": [{"Node Type": "Result"}]}}]
        """#,
      names: []),
    RealTitles(
      "one-time filter",
      titles: #"""
        Result
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Result"}}]
        """#,
      names: []),
    RealTitles(
      "subquery scan",
      titles: #"""
        Subquery Scan on s
        Limit
        Gather Merge
        Sort
        Parallel Seq Scan on orders
        """#,
      verboseTitles: #"""
        Subquery Scan on s
        Limit
        Gather Merge
        Sort
        Parallel Seq Scan on public.orders
        """#,
      plan: #"""
        [{"Plan": {"Node Type": "Subquery Scan", "Alias": "s", "Plans": [{"Node Type": "Limit",
        "Plans": [{"Node Type": "Gather Merge", "Plans": [{"Node Type": "Sort", "Plans":
        [{"Node Type": "Seq Scan", "Parallel Aware": true, "Relation Name": "orders", "Schema":
        "public", "Alias": "orders"}]}]}]}]}}]
        """#,
      names: []),
  ]
}
