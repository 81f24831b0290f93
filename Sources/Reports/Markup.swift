import Terminal

/// A part of an HTML page, an SVG picture or an XML document, in which every text is escaped.
///
/// Text comes in through `init(_:)`, a literal or an attribute, and is escaped there; elements close what they open. So a
/// page cannot hold a text as markup by mistake: whoever writes the wrong thing sees `&lt;`, not a hole.
///
///     Markup.element("td", ["class": "sql"], Markup("a < b")).source    // <td class="sql">a &lt; b</td>
public struct Markup: Equatable, Sendable, ExpressibleByStringLiteral {
  /// Attributes in the order in which they are written; those with nil are left out.
  public typealias Attributes = KeyValuePairs<StaticString, String?>

  /// As it is written into a file.
  public private(set) var source: String

  /// A text between tags, its control characters visible.
  public init(_ text: String) { source = Self.escaped(text, "<>&\"'") }

  /// A text between tags.
  public init(stringLiteral text: String) { self.init(text) }

  /// What is markup already: a style sheet of ours, or what another writer has made safe.
  ///
  /// A test knows every file that uses it.
  public init(verbatim source: String) { self.source = source }

  /// The end of a line.
  public static let line: Markup = "\n"

  /// What an HTML page begins with.
  public static let doctype = Markup(verbatim: "<!DOCTYPE html>\n")

  /// What an XML document begins with.
  public static let xmlDeclaration = Markup(verbatim: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")

  /// An element with what is in it.
  public static func element(_ name: StaticString, _ attributes: Attributes, _ content: Markup...) -> Markup {
    open(name, attributes) + content.joined() + close(name)
  }

  /// An element without attributes.
  public static func element(_ name: StaticString, _ content: Markup...) -> Markup {
    open(name) + content.joined() + close(name)
  }

  /// An element of SVG or XML with nothing in it.
  public static func empty(_ name: StaticString, _ attributes: Attributes) -> Markup {
    Markup(verbatim: "<\(name)\(written(attributes))/>")
  }

  /// The beginning of an element whose content comes piece by piece, or of one of HTML's that never end.
  public static func open(_ name: StaticString, _ attributes: Attributes = [:]) -> Markup {
    Markup(verbatim: "<\(name)\(written(attributes))>")
  }

  /// The end of an element that `open` began.
  public static func close(_ name: StaticString) -> Markup { Markup(verbatim: "</\(name)>") }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { source.isEmpty }

  /// One part behind the other.
  public static func + (first: Markup, second: Markup) -> Markup {
    Markup(verbatim: first.source + second.source)
  }

  /// Puts a part behind this one.
  public static func += (first: inout Markup, second: Markup) { first.source += second.source }

  /// In double quotes an apostrophe ends nothing.
  private static func written(_ attributes: Attributes) -> String {
    attributes.map { name, value in
      value.map { " \(name)=\"\(escaped($0, "<>&\""))\"" } ?? ""
    }.joined()
  }

  /// It goes by scalars: with a mark behind it, or U+0600 before it, `<` is no character of its own.
  private static func escaped(_ text: String, _ signs: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in VisibleText.of(text, keepingNewlines: true).unicodeScalars {
      // XML has no way to write these two.
      if scalar == "\u{FFFE}" || scalar == "\u{FFFF}" {
        result.append("\u{FFFD}")
      } else if scalar.isASCII, signs.unicodeScalars.contains(scalar) {
        result.append(contentsOf: entity(of: scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func entity(of sign: Unicode.Scalar) -> String {
    switch sign {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    default: "&#\(sign.value);"
    }
  }
}

extension Sequence<Markup> {
  /// All parts, one behind the other.
  public func joined(separator: Markup = "") -> Markup {
    Markup(verbatim: map(\.source).joined(separator: separator.source))
  }
}
