import IndexDesign

/// Steps made by hand, for shapes that the planner will not give.
extension PlanNode {
  static func seqScan(_ relation: String, cost: Double, rows: Double = 100) -> PlanNode {
    var node = PlanNode(nodeType: "Seq Scan")
    node.relation = relation
    node.alias = relation
    node.totalCost = PlannerCost(cost)
    node.planRows = rows
    return node
  }

  static func indexScan(
    _ relation: String, _ index: IndexReference, by condition: String?, cost: Double
  ) -> PlanNode {
    var node = seqScan(relation, cost: cost)
    node.nodeType = "Index Scan"
    node.index = index
    node.scanDirection = "Forward"
    if let condition { node.conditions = [PlanCondition(label: "Index Cond", text: condition)] }
    return node
  }

  static func join(_ method: String, _ outer: PlanNode, _ inner: PlanNode, cost: Double) -> PlanNode {
    var node = PlanNode(nodeType: method)
    node.joinType = "Inner"
    node.totalCost = PlannerCost(cost)
    node.planRows = 1000
    node.children = [outer, inner]
    node.children[0].parentRelationship = "Outer"
    node.children[1].parentRelationship = "Inner"
    return node
  }

  static func over(_ type: String, _ child: PlanNode, cost: Double) -> PlanNode {
    var node = PlanNode(nodeType: type)
    node.totalCost = PlannerCost(cost)
    node.planRows = child.planRows
    node.children = [child]
    node.children[0].parentRelationship = "Outer"
    return node
  }
}
