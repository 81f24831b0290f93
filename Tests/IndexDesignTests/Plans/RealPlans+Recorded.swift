import IndexDesign

extension RealPlans {
  /// The newest orders of a customer, with an index on orders(customer_id, created_at desc).
  static let newestOrders = RealPlans(
    "newestOrders",
    statement: """
      select * from orders where customer_id = 42 order by created_at desc limit 5
      """,
    names: ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)])

  /// The same, where the plan before shares the work among workers.
  static let newestOrdersInParallel = RealPlans(
    "newestOrdersInParallel",
    statement: """
      select * from orders where customer_id = 42 order by created_at desc limit 5
      """,
    names: ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)])

  /// A parallel aggregate, with an index on orders(customer_id).
  static let countedOrders = RealPlans(
    "countedOrders",
    statement: """
      select count(*) from orders where customer_id = 42
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// Two designs under one bitmap scan: orders(customer_id) and orders(total).
  static let bitmapOfTwo = RealPlans(
    "bitmapOfTwo",
    statement: """
      select * from orders where customer_id between 40 and 300 and (total = 3 or total = 9)
      """,
    names: [
      "<13556>btree_orders_customer_id": DesignHandle(1),
      "<13557>btree_orders_total": DesignHandle(2),
    ])

  /// An update, with an index on orders(customer_id).
  static let updatedOrders = RealPlans(
    "updatedOrders",
    statement: """
      update orders set total = 0 where customer_id = 42
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A block range index on log(at).
  static let logOfAnHour = RealPlans(
    "logOfAnHour",
    statement: """
      select * from log where at between '2024-02-01 10:00' and '2024-02-01 11:00'
      """,
    names: ["<13556>brin_log_at": DesignHandle(1)])

  /// A statement that does not read the table of the design orders(total).
  static let customersOnly = RealPlans(
    "customersOnly",
    statement: """
      select * from customers where region = 'n'
      """,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// A partitioned table, with an index on events(kind, at).
  static let partitionedEvents = RealPlans(
    "partitionedEvents",
    statement: """
      select * from events where kind = 3 order by at limit 10
      """,
    names: ["<13556>btree_events_kind_at": DesignHandle(1)])

  /// A subplan for each customer, with an index on orders(customer_id).
  static let correlatedSubplan = RealPlans(
    "correlatedSubplan",
    statement: """
      select name, (select sum(total) from orders o where o.customer_id = c.id) from customers c \
      where id < 20
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A maximum, with an index on orders(total).
  static let highestTotal = RealPlans(
    "highestTotal",
    statement: """
      select max(total) from orders
      """,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// A grouping in order, with an index on orders(customer_id).
  static let groupedOrders = RealPlans(
    "groupedOrders",
    statement: """
      select customer_id, count(*) from orders group by customer_id order by customer_id
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A sort that becomes incremental, with an index on orders(customer_id).
  static let sortedOrders = RealPlans(
    "sortedOrders",
    statement: """
      select * from orders order by customer_id, total limit 1000
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A common table expression that is read twice, with an index on orders(total).
  static let recentTwice = RealPlans(
    "recentTwice",
    statement: """
      with dear as materialized (select * from orders where total = 999) select * from dear a \
      join dear b on b.customer_id = a.customer_id where a.id < b.id
      """,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// A window over sorted rows, with an index on orders(customer_id, created_at).
  static let windowOfOrders = RealPlans(
    "windowOfOrders",
    statement: """
      select *, row_number() over (partition by customer_id order by created_at) from orders \
      where customer_id < 3
      """,
    names: ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)])

  /// A MERGE, with an index on orders(created_at desc, customer_id).
  static let mergedIntoCustomers = RealPlans(
    "mergedIntoCustomers",
    statement: """
      merge into customers c using (select distinct customer_id from orders where status = \
      'open') o on o.customer_id = c.id when matched then update set region = 'x'
      """,
    names: ["<13556>btree_orders_status_customer_id_created_at": DesignHandle(1)])

  /// A hash join that becomes a nested loop, with an index on orders(customer_id).
  static let ordersOfOneCustomer = RealPlans(
    "ordersOfOneCustomer",
    statement: """
      select * from customers join orders on customer_id = customers.id where customers.name = \
      'c42'
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// The same with workers before.
  static let ordersOfOneCustomerInParallel = RealPlans(
    "ordersOfOneCustomerInParallel",
    statement: """
      select * from customers join orders on customer_id = customers.id where customers.name = \
      'c42'
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A merge join that needs no sort any more, with an index on orders(customer_id).
  static let mergedOrders = RealPlans(
    "mergedOrders",
    statement: """
      select * from customers c join orders o on o.customer_id = c.id
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A self join, with an index on orders(customer_id).
  static let neighbours = RealPlans(
    "neighbours",
    statement: """
      select * from orders a join orders b on b.customer_id = a.customer_id where a.id = 5
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// The same table twice without aliases, with an index on orders(customer_id).
  static let twoSubqueries = RealPlans(
    "twoSubqueries",
    statement: """
      select * from (select * from orders where customer_id = 7 offset 0) x join (select * from \
      orders where id < 100 offset 0) y using (status)
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])

  /// A join under a limit, with an index on orders(total).
  static let dearestOrders = RealPlans(
    "dearestOrders",
    statement: """
      select * from orders o join customers c on c.id = o.customer_id order by o.total desc \
      limit 10
      """,
    names: ["<13556>btree_orders_total": DesignHandle(1)])

  /// Three relations whose join order changes, with an index on orders(customer_id).
  static let linesOfACustomer = RealPlans(
    "linesOfACustomer",
    statement: """
      select * from order_lines l join orders o on o.id = l.order_id join customers c on c.id = \
      o.customer_id where c.region = 'n' and c.name < 'c1002' and l.quantity = 1
      """,
    names: ["<13556>btree_orders_customer_id": DesignHandle(1)])
}
