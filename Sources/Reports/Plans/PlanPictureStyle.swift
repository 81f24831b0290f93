/// The colours and types of plan pictures, for light and dark surroundings.
public enum PlanPictureStyle {
  /// The style sheet; everything in it applies below the class `hypo-plan` only.
  public static let sheet: Markup = {
    let light = colours.map { "--hp-\($0.name):\($0.light)" }.joined(separator: ";")
    let dark = colours.map { "--hp-\($0.name):\($0.dark)" }.joined(separator: ";")
    return Markup(
      verbatim: ([
        ".hypo-plan{\(light);font-family:\(sans)}",
        "@media screen and (prefers-color-scheme:dark){.hypo-plan{\(dark)}}",
      ] + rules.map(rule)).joined(separator: "\n"))
  }()

  private static let sans =
    #"system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","DejaVu Sans",sans-serif"#
  private static let monospaced =
    #"ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace"#

  private static let colours: [(name: String, light: String, dark: String)] = [
    ("paper", "#ffffff", "#14171c"), ("box", "#f7f8fa", "#20252d"), ("edge", "#8b95a1", "#6c7783"),
    ("ink", "#1a1f26", "#eceff3"), ("dim", "#525c68", "#a9b3bf"), ("track", "#dde2e8", "#39414c"),
    ("share", "#c2530a", "#f28a3c"), ("flow", "#9aa5b1", "#5f6b78"), ("changed", "#7a3fc4", "#c09bf5"),
    ("only", "#0b7285", "#4cc3d6"), ("design", "#0a5cc2", "#7ab8ff"), ("chip", "#dcebff", "#173556"),
    ("tagged", "#ffffff", "#14171c"),
    ("good", "#18752f", "#57c978"), ("bad", "#c1232e", "#ff7b7f"), ("warning", "#8f5d00", "#e3b341"),
  ]

  private struct Rule {
    var selector: String
    var fill: String?
    var stroke: String?
    var rest = ""
  }

  private static let rules = [
    Rule(selector: "paper", fill: "paper"),
    Rule(selector: "title", fill: "ink", rest: font(.title)),
    Rule(selector: "heading", fill: "ink", rest: font(.heading)),
    Rule(selector: "name", fill: "ink", rest: font(.name)),
    Rule(selector: "body", fill: "ink", rest: font(.body)),
    Rule(selector: "aside", fill: "dim", rest: font(.small) + ";font-style:italic"),
    Rule(selector: "fact", fill: "dim", rest: font(.small)),
    Rule(selector: "code", fill: "dim", rest: font(.code) + ";font-family:\(monospaced)"),
    Rule(selector: "design", fill: "design", rest: font(.body) + ";font-weight:bold"),
    Rule(selector: "good", fill: "good", rest: font(.heading)),
    Rule(selector: "bad", fill: "bad", rest: font(.heading)),
    Rule(selector: "warning", fill: "warning", rest: font(.heading)),
    Rule(selector: "information", fill: "ink", rest: font(.heading)),
    Rule(
      selector: "rows", fill: "ink", stroke: "paper",
      rest: font(.small) + ";stroke-width:4px;stroke-linejoin:round;paint-order:stroke"),
    Rule(selector: "box", fill: "box", stroke: "edge", rest: "stroke-width:1px"),
    Rule(selector: "box.changed", stroke: "changed", rest: "stroke-width:2.5px"),
    Rule(selector: "box.only", stroke: "only", rest: "stroke-width:2.5px;stroke-dasharray:7 3"),
    Rule(selector: "chip", fill: "chip"), Rule(selector: "track", fill: "track"),
    Rule(selector: "share", fill: "share"), Rule(selector: "head", fill: "flow"),
    Rule(selector: "flow", stroke: "flow", rest: "fill:none"),
    Rule(selector: "aside-flow", stroke: "flow", rest: "stroke-dasharray:6 4"),
    Rule(selector: "rule", stroke: "track", rest: "fill:none"),
    Rule(selector: "tag.costliest", fill: "share"), Rule(selector: "tag.changed", fill: "changed"),
    Rule(selector: "tag.only", fill: "only"),
    Rule(selector: "tagged", fill: "tagged", rest: font(.small) + ";font-weight:bold"),
  ]

  private static func font(_ font: PictureFont) -> String {
    "font-size:\(SVG.number(font.size))px" + (font.isBold ? ";font-weight:bold" : "")
  }

  /// A colour stands twice: programs that know no variables take the first.
  private static func rule(_ rule: Rule) -> String {
    func colour(_ property: String, _ name: String?) -> [String] {
      guard let name, let colour = colours.first(where: { $0.name == name }) else { return [] }
      return ["\(property):\(colour.light)", "\(property):var(--hp-\(name))"]
    }
    let parts =
      colour("fill", rule.fill) + colour("stroke", rule.stroke) + (rule.rest.isEmpty ? [] : [rule.rest])
    return ".hypo-plan .\(rule.selector){\(parts.joined(separator: ";"))}"
  }
}
