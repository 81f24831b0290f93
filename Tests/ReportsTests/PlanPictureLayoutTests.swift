import Testing

@testable import Reports

@Suite struct PlanPictureLayoutTests {
  typealias Tree = PlanPictureLayout.Tree

  private static func boxes(_ tree: Tree) -> [Tree] { [tree] + tree.children.flatMap(boxes) }

  private static func depths(_ tree: Tree, _ depth: Int = 0) -> [Int] {
    [depth] + tree.children.flatMap { depths($0, depth + 1) }
  }

  @Test func `parents stand over the middle of their children`() {
    let leaf = Tree(width: 100, height: 40)
    let layout = PlanPictureLayout(
      Tree(width: 60, height: 50, children: [leaf, Tree(width: 20, height: 60), leaf]), gap: 10, rise: 30)
    #expect(
      layout.places == [
        .init(middle: 120, top: 0), .init(middle: 50, top: 80), .init(middle: 120, top: 80),
        .init(middle: 190, top: 80),
      ])
    #expect(layout.width == 240)
    #expect(layout.height == 140)
  }

  @Test func `a box alone has its own size`() {
    let layout = PlanPictureLayout(Tree(width: 60, height: 50), gap: 10, rise: 30)
    #expect(layout.places == [.init(middle: 30, top: 0)])
    #expect(layout.width == 60)
    #expect(layout.height == 50)
  }

  /// Trees of any shape, the same in each run.
  private static func tree(_ seed: inout UInt64, depth: Int) -> Tree {
    func next(_ bound: UInt64) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % bound)
    }
    let count = depth > 5 ? 0 : next(4)
    return Tree(
      width: Double(20 + next(200)), height: Double(20 + next(90)),
      children: (0..<count).map { _ in tree(&seed, depth: depth + 1) })
  }

  @Test(arguments: 1...40)
  func `no box touches another or leaves the picture`(number: Int) {
    var seed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    let tree = Self.tree(&seed, depth: 0)
    let layout = PlanPictureLayout(tree, gap: 10, rise: 30)
    let boxes = Self.boxes(tree)
    let depths = Self.depths(tree)
    #expect(layout.places.count == boxes.count)
    for (place, box) in zip(layout.places, boxes) {
      #expect(place.middle - box.width / 2 > -0.001)
      #expect(place.middle + box.width / 2 < layout.width + 0.001)
      #expect(place.top + box.height < layout.height + 0.001)
    }
    for first in boxes.indices {
      for second in boxes.indices where second > first && depths[first] == depths[second] {
        let distance = layout.places[second].middle - layout.places[first].middle
        #expect(distance - (boxes[first].width + boxes[second].width) / 2 > 9.999)
      }
    }
  }
}
