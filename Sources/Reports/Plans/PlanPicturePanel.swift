import Foundation
import IndexDesign

/// One plan of a picture: its heading, its boxes and the arrows between them.
struct PlanPicturePanel {
  /// The steps, each before the ones below it.
  let boxes: [PlanPictureBox]
  /// The width of all.
  let width: Double
  /// The height of all.
  let height: Double
  private let heading: String
  private let remark: String
  private let onlyHere: String
  private let root: PlanPictureStep
  private let layout: PlanPictureLayout

  private static let headingHeight = 52.0
  private static let rise = 58.0

  /// Lays a plan out.
  ///
  /// - Parameters:
  ///   - remark: what stands below the heading: the totals.
  ///   - onlyHere: the word for a step that the other plan has not: `gone` or `new`.
  init(_ plan: ExecutionPlan, heading: String, remark: String, marks: [Int: PlanDiff.Mark], onlyHere: String)
  {
    root = PlanPictureStep(plan, marks: marks)
    boxes = root.subtree.map(PlanPictureBox.init)
    self.heading = SVG.oneLine(heading)
    self.remark = SVG.oneLine(remark)
    self.onlyHere = onlyHere
    var number = 0
    layout = PlanPictureLayout(Self.tree(root, boxes, &number), gap: 26, rise: Self.rise)
    width = max(
      layout.width, PictureFont.heading.width(of: self.heading), PictureFont.body.width(of: self.remark))
    height = layout.height + Self.headingHeight + 10
  }

  /// A box needs room for its words and for those beside its arrow, on whichever side they come to stand.
  private static func tree(
    _ step: PlanPictureStep, _ boxes: [PlanPictureBox], _ number: inout Int
  ) -> PlanPictureLayout.Tree {
    let box = boxes[number]
    number += 1
    let label = 2 * (PictureFont.small.width(of: box.rows) + 12)
    return .init(
      width: max(box.width + (box.step.count > 1 ? 16 : 0), label), height: box.height,
      children: step.children.map { tree($0, boxes, &number) })
  }

  /// The panel with its left upper corner at a place.
  func svg(_ x: Double, _ y: Double) -> Markup {
    var parts = [
      SVG.text(heading, x, y + 16, "heading"), SVG.text(remark, x, y + 36, "body"),
    ]
    let shift = x + (width - layout.width) / 2
    let top = y + Self.headingHeight
    var number = 0
    var arrows: [Markup] = []
    connect(root, shift, top, &number, &arrows)
    parts += arrows
    for (box, place) in zip(boxes, layout.places) {
      parts.append(box.svg(shift + place.middle - box.width / 2, top + place.top, onlyHere: onlyHere))
    }
    return parts.joined(separator: .line)
  }

  private func connect(
    _ step: PlanPictureStep, _ x: Double, _ y: Double, _ number: inout Int, _ arrows: inout [Markup]
  ) {
    let above = number
    for (place, child) in step.children.enumerated() {
      number += 1
      let part = Double(place + 1) / Double(step.children.count + 1) - 0.5
      arrows.append(
        arrow(
          from: number, to: above, entry: part * min(boxes[above].width, 60 * Double(step.children.count)), x,
          y))
      connect(child, x, y, &number, &arrows)
    }
  }

  /// An arrow from a box to the one above it, as thick as there are rows.
  private func arrow(from child: Int, to parent: Int, entry: Double, _ x: Double, _ y: Double) -> Markup {
    let box = boxes[child]
    let thickness = Self.thickness(rows: box.step.rows)
    let start = (x: x + layout.places[child].middle, y: y + layout.places[child].top)
    let head = thickness / 2 + 4
    let end = (
      x: x + layout.places[parent].middle + entry,
      y: y + layout.places[parent].top + boxes[parent].height + (boxes[parent].step.count > 1 ? 9 : 1)
    )
    let low = end.y + head + 3
    let bend = (start.y + low) / 2
    let n = SVG.number
    let isAside = box.step.subplan != nil
    let isLeft = end.x > start.x + 1
    return [
      SVG.path(
        "M\(n(start.x)) \(n(start.y))C\(n(start.x)) \(n(bend)) \(n(end.x)) \(n(bend)) \(n(end.x)) \(n(low))",
        isAside ? "flow aside-flow" : "flow", strokeWidth: thickness),
      SVG.path(
        "M\(n(end.x)) \(n(end.y))L\(n(end.x - head)) \(n(low + 1))L\(n(end.x + head)) \(n(low + 1))Z", "head"),
      SVG.text(
        box.rows, start.x + (isLeft ? -1 : 1) * (thickness / 2 + 5), start.y - 13, "rows",
        anchor: isLeft ? "end" : "start"),
    ].joined(separator: .line)
  }

  /// The thickness of an arrow in pixels: one row 1.5, a thousand 5, a million and more 9.
  static func thickness(rows: Double) -> Double {
    guard rows.isFinite, rows > 1 else { return 1.5 }
    return min(9, 1.5 + 1.2 * log10(rows))
  }
}
