import IndexDesign

/// What the signs of a picture mean; only those that are in it.
struct PlanPictureLegend {
  private let entries: [(room: Double, sign: (Double, Double) -> Markup, words: String)]

  /// The legend of some panels.
  init(_ panels: [PlanPicturePanel]) {
    let steps = panels.flatMap(\.boxes).map(\.step)
    var entries: [(room: Double, sign: (Double, Double) -> Markup, words: String)] = [
      (
        40,
        {
          SVG.box($0, $1 - 7, 36, 5, radius: 2.5, "track") + SVG.box($0, $1 - 7, 22, 5, radius: 2.5, "share")
        },
        "the step's own share of the cost"
      )
    ]
    if steps.count > panels.count {
      entries.append(
        (
          40, { SVG.path("M\(SVG.number($0)) \(SVG.number($1 - 4))h34", "flow", strokeWidth: 6) },
          "rows to the step above, thicker for more"
        ))
    }
    if steps.contains(where: { $0.subplan != nil }) {
      entries.append(
        (
          40, { SVG.path("M\(SVG.number($0)) \(SVG.number($1 - 4))h34", "flow aside-flow", strokeWidth: 2) },
          "a subplan's result"
        ))
    }
    if steps.contains(where: { if case .design? = $0.index { true } else { false } }) {
      entries.append(
        (
          40,
          { SVG.box($0, $1 - 12, 34, 16, radius: 4, "chip") + SVG.text("%n", $0 + 8, $1, "design") },
          "a hypothetical index"
        ))
    }
    if steps.contains(where: { $0.mark == .changed }) {
      entries.append(
        (40, { SVG.box($0, $1 - 11, 34, 14, radius: 4, "box changed") }, "done in another way"))
    }
    if steps.contains(where: { $0.mark == .onlyHere }) {
      entries.append(
        (40, { SVG.box($0, $1 - 11, 34, 14, radius: 4, "box only") }, "only in one of the plans"))
    }
    self.entries = entries
  }

  /// The legend in rows of at most `width`, with its left upper corner at a place.
  func svg(_ x: Double, _ y: Double, width: Double) -> (svg: Markup, height: Double) {
    var parts: [Markup] = []
    var left = x
    var baseline = y + 14
    for entry in entries {
      let room = entry.room + PictureFont.small.width(of: entry.words) + 24
      if left > x, left + room - 24 > x + width {
        left = x
        baseline += 22
      }
      parts.append(entry.sign(left, baseline))
      parts.append(SVG.text(entry.words, left + entry.room, baseline, "fact"))
      left += room
    }
    return (parts.joined(separator: .line), baseline - y + 8)
  }
}
