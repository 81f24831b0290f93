/// Where the boxes of a tree stand: each row one step below the other, parents over the middle of what is
/// below them, and nothing over anything else.
struct PlanPictureLayout {
  /// A box with its room and what stands below it, from left to right.
  struct Tree {
    var width: Double
    var height: Double
    var children: [Tree] = []
  }

  /// The top of a box and the middle of its width.
  struct Place: Equatable {
    var middle: Double
    var top: Double
  }

  /// The place of each box, each before the ones below it.
  private(set) var places: [Place] = []
  /// The whole width.
  private(set) var width = 0.0
  /// The whole height.
  private(set) var height = 0.0

  private let gap: Double

  /// Lays a tree out.
  ///
  /// - Parameters:
  ///   - gap: the least room between neighbours.
  ///   - rise: the room between two rows.
  init(_ tree: Tree, gap: Double, rise: Double) {
    self.gap = gap
    var rows: [Double] = []
    Self.measure(tree, depth: 0, into: &rows)
    var tops: [Double] = []
    for row in rows {
      tops.append(height)
      height += row + rise
    }
    height -= rise
    let outline = place(tree)
    let left = outline.map(\.left).min() ?? 0
    width = (outline.map(\.right).max() ?? 0) - left
    var number = 0
    settle(tree, middle: -left, depth: 0, tops, &number)
  }

  /// How far a subtree reaches in each of its rows, seen from the middle of its topmost box.
  private struct Reach {
    var left: Double
    var right: Double
  }

  private static func measure(_ tree: Tree, depth: Int, into rows: inout [Double]) {
    if depth == rows.count { rows.append(0) }
    rows[depth] = max(rows[depth], tree.height)
    for child in tree.children { measure(child, depth: depth + 1, into: &rows) }
  }

  /// Places the boxes of a subtree by their distance from the box above, and tells how far it reaches.
  private mutating func place(_ tree: Tree) -> [Reach] {
    let own = places.count
    places.append(Place(middle: 0, top: 0))
    var below: [Reach] = []
    var children: [(number: Int, middle: Double)] = []
    for child in tree.children {
      let number = places.count
      let reach = place(child)
      let middle = zip(below, reach).map { $0.right - $1.left + gap }.max() ?? 0
      for (row, part) in reach.enumerated() {
        let moved = Reach(left: part.left + middle, right: part.right + middle)
        if row < below.count { below[row].right = moved.right } else { below.append(moved) }
      }
      children.append((number, middle))
    }
    let centre = ((children.first?.middle ?? 0) + (children.last?.middle ?? 0)) / 2
    for child in children { places[child.number].middle = child.middle - centre }
    places[own].middle = 0
    return [Reach(left: -tree.width / 2, right: tree.width / 2)]
      + below.map { Reach(left: $0.left - centre, right: $0.right - centre) }
  }

  /// Turns distances from the box above into places.
  private mutating func settle(
    _ tree: Tree, middle: Double, depth: Int, _ tops: [Double], _ number: inout Int
  ) {
    let here = places[number].middle + middle
    places[number] = Place(middle: here, top: tops[depth])
    for child in tree.children {
      number += 1
      settle(child, middle: here, depth: depth + 1, tops, &number)
    }
  }
}
