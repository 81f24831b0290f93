import IndexDesign
import Terminal

/// The box of a step: its words, its size and how it is drawn.
struct PlanPictureBox {
  let step: PlanPictureStep
  /// The width of the box.
  let width: Double
  /// The height of the box.
  let height: Double
  /// What stands beside the arrow to the step above.
  let rows: String
  private let lines: [Line]

  private struct Line {
    var text: String
    var font: PictureFont
    var style: String
    var height: Double
  }

  private static let padding = 12.0
  private static let widest = 270.0
  private static let narrowest = 176.0

  /// Finds the words and their room.
  init(_ step: PlanPictureStep) {
    self.step = step
    var lines: [Line] = []
    func add(_ text: String, _ font: PictureFont, _ style: String, _ height: Double, atMost limit: Int = 1) {
      for part in font.folded(SVG.oneLine(text), to: Self.widest - 2 * Self.padding, atMost: limit) {
        lines.append(Line(text: part, font: font, style: style, height: height))
      }
    }
    if let subplan = step.subplan { add(subplan, .small, "aside", 15) }
    add(step.kind, .name, "name", 17, atMost: 2)
    if let object = step.object { add(object, .body, "body", 16, atMost: 2) }
    if let index = step.index {
      add("using \(index)", .body, Self.isDesign(index) ? "design" : "body", 16, atMost: 2)
    }
    let facts = step.particulars.prefix(3)
    for fact in facts {
      add("\(fact.label): \(fact.text)", .small, "fact", 14.5, atMost: facts.count == 1 ? 2 : 1)
    }
    self.lines = lines
    let figures = PictureFont.small.width(of: Self.cost(step) + "    " + Self.share(step))
    let widest = max(figures, lines.map { $0.font.width(of: $0.text) }.max() ?? 0)
    width = max(Self.narrowest, widest + 2 * Self.padding).rounded(.up)
    height = 9 + lines.reduce(0) { $0 + $1.height } + 36
    rows = Self.rows(step)
  }

  private static func isDesign(_ index: IndexReference) -> Bool {
    if case .design = index { true } else { false }
  }

  private static func cost(_ step: PlanPictureStep) -> String { "cost \(NumberText.cost(step.cost))" }

  private static func share(_ step: PlanPictureStep) -> String {
    let percent = PlanFigures.percent(step.share).drop { $0 == " " }
    return percent.isEmpty ? "" : "own \(percent)"
  }

  private static func rows(_ step: PlanPictureStep) -> String {
    let number = CellText.plain(.rows(step.rows))
    return number + (number == "1" ? " row" : " rows") + (step.isRepeated ? " per loop" : "")
      + (step.isPerWorker ? " per worker" : "")
  }

  /// Everything that is known of the step, for those who point at it.
  var hint: String {
    var lines = [
      [step.subplan, step.kind, step.object, step.index.map { "using \($0)" }].compactMap(\.self)
        .joined(separator: " ")
    ]
    lines.append([Self.cost(step), Self.share(step), rows].filter { !$0.isEmpty }.joined(separator: ", "))
    lines += step.particulars.map { "\($0.label): \($0.text)" }
    return lines.joined(separator: "\n")
  }

  /// The box with its left upper corner at a place. `onlyHere` is the word for a step without a counterpart.
  func svg(_ x: Double, _ y: Double, onlyHere: String) -> Markup {
    var parts: [Markup] = []
    if step.count > 1 {
      for shift in [8.0, 4] { parts.append(SVG.box(x + shift, y + shift, width, height, radius: 6, "box")) }
    }
    let frame = step.mark == .changed ? "box changed" : step.mark == .onlyHere ? "box only" : "box"
    parts.append(SVG.box(x, y, width, height, radius: 6, frame))
    var baseline = y + 7
    for line in lines {
      baseline += line.height
      if line.style == "design" {
        let room = line.font.width(of: line.text)
        parts.append(SVG.box(x + Self.padding - 4, baseline - 12, room + 8, 16, radius: 4, "chip"))
      }
      parts.append(SVG.text(line.text, x + Self.padding, baseline, line.style))
    }
    let bottom = y + height
    parts.append(SVG.text(Self.cost(step), x + Self.padding, bottom - 19, "fact"))
    parts.append(SVG.text(Self.share(step), x + width - Self.padding, bottom - 19, "fact", anchor: "end"))
    let track = width - 2 * Self.padding
    parts.append(SVG.box(x + Self.padding, bottom - 12, track, 5, radius: 2.5, "track"))
    if step.share * track >= 0.5 {
      parts.append(SVG.box(x + Self.padding, bottom - 12, step.share * track, 5, radius: 2.5, "share"))
    }
    if step.isCostliest {
      parts.append(Self.tag("costliest", x + width - 8, y, "costliest", isAtRight: true))
    }
    if let mark = step.mark {
      let word = mark == .changed ? "changed" : onlyHere
      parts.append(Self.tag(word, x + 8, y, mark == .changed ? "changed" : "only", isAtRight: false))
    }
    return SVG.group(parts, hint: hint)
  }

  /// A word on the edge of a box.
  static func tag(_ word: String, _ x: Double, _ y: Double, _ style: String, isAtRight: Bool) -> Markup {
    let room = PictureFont(size: 11, isBold: true).width(of: word) + 12
    let left = isAtRight ? x - room : x
    return SVG.box(left, y - 8, room, 16, radius: 8, "tag \(style)")
      + SVG.text(word, left + room / 2, y + 4, "tagged", anchor: "middle")
  }
}

extension SVG {
  /// A text on one line with visible characters, as it is measured.
  static func oneLine(_ text: String) -> String { VisibleText.of(CellText.oneLine(text)) }
}
