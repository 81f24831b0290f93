import IndexDesign
import Testing

@Suite struct OrderedWalkTests {
  private static func scan(rows: Double, cond: String? = nil, filter: String? = "(customer_id = 42)")
    -> PlanNode
  {
    var scan = PlanNode.indexScan("orders", .real("orders_created_at_idx"), by: cond, cost: 5000)
    scan.planRows = rows
    if let filter { scan.conditions.append(PlanCondition(label: "Filter", text: filter)) }
    return scan
  }

  private static func found(_ root: PlanNode) -> [String] {
    ExecutionPlan(root: root).scansInOrderUnderLimit.map(\.title)
  }

  private static let title = "Index Scan using orders_created_at_idx on orders"

  @Test func `a whole index in its order with a filter under a limit is found`() {
    #expect(Self.found(.over("Limit", Self.scan(rows: 20), cost: 10)) == [Self.title])
    let joined = PlanNode.join("Nested Loop", Self.scan(rows: 20), .seqScan("c", cost: 1), cost: 900)
    #expect(
      Self.found(
        .over("Limit", .over("Gather Merge", .over("LockRows", joined, cost: 900), cost: 950), cost: 20))
        == [Self.title])
    let highest = Self.scan(rows: 20, cond: "(total IS NOT NULL)")
    #expect(Self.found(.over("Result", .over("Limit", highest, cost: 1), cost: 1)) == [Self.title])
  }

  @Test func `what sorts, enters the index or wants every row is no such scan`() {
    #expect(Self.found(Self.scan(rows: 20)) == [])
    #expect(Self.found(.over("Limit", .over("Sort", Self.scan(rows: 20), cost: 9), cost: 10)) == [])
    #expect(Self.found(.over("Limit", Self.scan(rows: 20, cond: "(created_at > now())"), cost: 10)) == [])
    #expect(
      Self.found(.over("Limit", Self.scan(rows: 20, cond: "((a = 1) AND (total IS NOT NULL))"), cost: 10))
        == [])
    #expect(Self.found(.over("Limit", Self.scan(rows: 20, filter: nil), cost: 10)) == [])
    let inner = PlanNode.join("Nested Loop", .seqScan("c", cost: 1), Self.scan(rows: 20), cost: 900)
    #expect(Self.found(.over("Limit", inner, cost: 10)) == [])
  }

  @Test func `few wanted rows make it a walk that is named`() throws {
    let walk = try #require(OrderedWalk(Self.scan(rows: 20), rowsOfIndex: 200_000))
    #expect(
      walk.sentence
        == "Index Scan using orders_created_at_idx on orders goes through the index in its order until LIMIT has enough "
        + "and throws away what the Filter does not want: one row in 10,000 is wanted, and where those come late it "
        + "reads nearly all; an index on the Filter's columns, then on those of the order, goes straight to them"
    )
    #expect(OrderedWalk(Self.scan(rows: 20_000), rowsOfIndex: 200_000) != nil)
    #expect(OrderedWalk(Self.scan(rows: 20_001), rowsOfIndex: 200_000) == nil)
    #expect(OrderedWalk(Self.scan(rows: 0), rowsOfIndex: 0) == nil)
    // Never analysed: the server has no number.
    #expect(OrderedWalk(Self.scan(rows: 1), rowsOfIndex: -1) == nil)
  }
}
