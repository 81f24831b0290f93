import IndexDesign
import Testing

@testable import Server
@testable import Shell

@Suite struct SeenPlansTests {
  private static let orders = QueryHandle.name("orders")
  private static let lines = QueryHandle.name("lines")

  /// A plan of a cost that uses a design.
  private func plan(_ cost: Double, using design: Int? = nil) throws -> ExecutionPlan {
    let scan =
      design == nil ? #""Node Type": "Seq Scan""# : #""Node Type": "Index Scan", "Index Name": "made""#
    return try ExecutionPlan(
      explainJSON: """
        [{"Plan": {\(scan), "Relation Name": "orders", "Startup Cost": 0.0, "Total Cost": \(cost), "Plan Rows": 1,
        "Plan Width": 4}}]
        """, designs: design.map { ["made": DesignHandle($0)] } ?? [:])
  }

  private func explanation(
    _ plan: ExecutionPlan, baseline: ExecutionPlan? = nil, values: PlanQuestion.Values = .none
  ) -> Explanation {
    Explanation(
      statement: "SELECT 1", values: values, plan: plan, baseline: baseline, document: PlanDocument(text: ""))
  }

  @Test func `the newest plan of a query counts, and the cost of the first one stays`() throws {
    var plans = SeenPlans()
    #expect(plans[Self.orders] == nil && plans.firstCost(of: Self.orders) == nil)
    plans.remember(explanation(try plan(10), baseline: try plan(100)), of: Self.orders)
    plans.remember(explanation(try plan(50)), of: Self.orders)
    #expect(plans[Self.orders]?.plan == (try plan(50)))
    #expect(plans.firstCost(of: Self.orders) == (try plan(100)).totalCost)
  }

  @Test func `values are remembered while the statement has as many parameters`() throws {
    var plans = SeenPlans()
    plans.remember(explanation(try plan(10), values: .given(["42", "'x'"])), of: Self.orders)
    #expect(plans.values(of: Query(handle: Self.orders, text: "SELECT $1, $2")) == ["42", "'x'"])
    #expect(plans.values(of: Query(handle: Self.orders, text: "SELECT $1")) == nil)
    #expect(plans.values(of: Query(handle: Self.lines, text: "SELECT $1, $2")) == nil)
    plans.remember(explanation(try plan(10), values: .generic(highest: 2)), of: Self.orders)
    #expect(plans.values(of: Query(handle: Self.orders, text: "SELECT $1, $2")) == nil)
  }

  @Test func `a design's plan is the last query's, else the newest one that uses it`() throws {
    var plans = SeenPlans()
    let design = DesignHandle(1)
    #expect(plans.explanation(using: design, last: nil) == nil)
    plans.remember(explanation(try plan(1, using: 1)), of: Self.orders)
    plans.remember(explanation(try plan(2, using: 1)), of: Self.lines)
    #expect(plans.explanation(using: design, last: nil)?.plan.totalCost == (try plan(2)).totalCost)
    #expect(plans.explanation(using: design, last: Self.orders)?.plan.totalCost == (try plan(1)).totalCost)
    plans.remember(explanation(try plan(3)), of: Self.lines)
    #expect(plans.explanation(using: design, last: Self.lines)?.plan.totalCost == (try plan(1)).totalCost)
    #expect(plans.explanation(using: DesignHandle(2), last: Self.orders) == nil)
  }
}
