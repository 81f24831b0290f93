import IndexDesign

/// A step of a plan as a picture shows it, or several alike below an Append in one.
struct PlanPictureStep {
  /// What it does: `Index Scan`.
  var kind: String
  /// What it does it to: `orders o`, `50 partitions`; nil for steps that read nothing themselves.
  var object: String?
  /// How a subplan is called: `CTE recent`; nil for all others.
  var subplan: String?
  /// The index that it reads; of several alike only one that all of them read.
  var index: IndexReference?
  /// Keys and conditions, those of the first of several alike.
  var particulars: [PlanCondition]
  /// The estimated cost of the step with all below it, added up over those alike.
  var cost: PlannerCost
  /// The step's own share of the cost, 0 to 1.
  var share: Double
  /// The estimated number of rows.
  var rows: Double
  /// Whether these are the rows of one of many executions: it is the inner side of a nested loop.
  var isRepeated: Bool
  /// Whether these are the rows of one worker: it is below a Gather.
  var isPerWorker: Bool
  /// How many steps this one stands for, 1 as a rule.
  var count: Int
  /// What a comparison with another plan has found of it; nil for nothing.
  var mark: PlanDiff.Mark?
  /// Whether no other step spends as much; never when it is the only one.
  var isCostliest = false
  /// The steps below, from left to right.
  var children: [PlanPictureStep]

  /// This step and all below it, each before the ones below.
  var subtree: [PlanPictureStep] { [self] + children.flatMap(\.subtree) }

  /// The picture's tree of a plan.
  ///
  /// - Parameter marks: what a comparison has found, by the place in the plan's `nodes`.
  init(_ plan: ExecutionPlan, marks: [Int: PlanDiff.Mark] = [:]) {
    let lines = plan.outline.lines
    var place = 0
    self.init([Branch(lines, &place)], above: nil, marks)
    let steps = subtree
    guard steps.count > 1, let most = steps.map(\.share).max(), most > 0 else { return }
    var isFound = false
    setCostliest(most, &isFound)
  }

  private mutating func setCostliest(_ share: Double, _ isFound: inout Bool) {
    isCostliest = !isFound && self.share == share
    isFound = isFound || isCostliest
    for index in children.indices { children[index].setCostliest(share, &isFound) }
  }

  /// A step of the plan with its place, and those below.
  private struct Branch {
    var place: Int
    var line: PlanOutline.Line
    var children: [Branch] = []

    init(_ lines: [PlanOutline.Line], _ place: inout Int) {
      self.place = place
      line = lines[place]
      place += 1
      for _ in line.node.children { children.append(Branch(lines, &place)) }
    }

    /// What two branches have in common that differ only in what they read.
    var shape: String {
      let node = line.node
      return "\(node.kind)\u{0}\(node.relation != nil)(" + children.map(\.shape).joined(separator: ",") + ")"
    }
  }

  private init(_ alike: [Branch], above: PlanNode?, _ marks: [Int: PlanDiff.Mark]) {
    let lines = alike.map(\.line)
    let node = lines[0].node
    let isGroup = alike.count > 1
    kind = node.kind
    object = isGroup ? Self.names(lines.map(\.node)) : node.object
    subplan = isGroup ? nil : node.subplanName
    index = lines.allSatisfy { $0.node.index == node.index } ? node.index : nil
    particulars = node.particulars
    cost = lines.reduce(.zero) { $0 + $1.node.totalCost }
    share = min(1, lines.reduce(0) { $0 + $1.shareOfTotal })
    rows = lines.reduce(0) { $0 + $1.node.planRows }
    isRepeated = above?.nodeType == "Nested Loop" && node.parentRelationship == "Inner"
    isPerWorker = lines[0].isPerWorker
    count = alike.count
    let found = alike.compactMap { marks[$0.place] }
    mark = found.contains(.changed) ? .changed : found.first
    children = []
    let below = isGroup ? [] : Self.gathered(alike[0].children, below: node)
    children =
      isGroup
      ? alike[0].children.indices.map { place in
        PlanPictureStep(alike.map { $0.children[place] }, above: node, marks)
      } : below.map { PlanPictureStep($0, above: node, marks) }
  }

  /// The steps below an Append, those of one shape together from three on; all others one by one.
  private static func gathered(_ branches: [Branch], below node: PlanNode) -> [[Branch]] {
    guard ["Append", "Merge Append"].contains(node.nodeType) else { return branches.map { [$0] } }
    var groups: [(shape: String, members: [Branch])] = []
    for branch in branches {
      let shape = branch.shape
      if let place = groups.firstIndex(where: { $0.shape == shape }), !branch.line.node.isSubplan {
        groups[place].members.append(branch)
      } else {
        groups.append((shape, [branch]))
      }
    }
    return groups.flatMap { $0.members.count > 2 ? [$0.members] : $0.members.map { [$0] } }
  }

  /// `50 partitions`: the plan numbers their aliases after one name; other relations go by themselves.
  private static func names(_ nodes: [PlanNode]) -> String? {
    let relations = nodes.compactMap(\.relation)
    guard relations.count == nodes.count, let first = relations.first, let last = relations.last else {
      return "\(nodes.count) alike"
    }
    let stems = Set(nodes.map { node in node.alias.map { $0.prefix { $0 != "_" } } })
    let arePartitions = stems.count == 1 && zip(nodes, relations).allSatisfy { $0.alias != $1 }
    return "\(nodes.count) \(arePartitions ? "partitions" : "relations"), \(first) … \(last)"
  }
}
