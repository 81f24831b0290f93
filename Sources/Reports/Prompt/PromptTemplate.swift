public import IndexDesign

/// The pattern that a prompt is made from: text with placeholders such as `{database}`.
///
/// Signs inside of the braces, as in `{@target}` and `{(role)}`, belong to the placeholder: when it is empty they are
/// left out with it, and so is the blank before it.
public struct PromptTemplate: Equatable, Sendable {
  /// What can stand in braces.
  enum Placeholder: String, CaseIterable, Sendable {
    case production, database, target, user, host, port, role, transaction, designs, recording
  }

  /// A piece of the pattern.
  enum Part: Equatable, Sendable {
    case literal(String)
    /// A placeholder and the signs around its name.
    case placeholder(Placeholder, before: String, after: String)
  }

  /// The pattern as it was typed.
  public let text: String
  /// Its pieces in reading order.
  let parts: [Part]

  /// The prompt that hypo has unless it is told otherwise.
  public static let standard = PromptTemplate(
    text: "hypo {production} {database}{@target} {(role)} {transaction} {designs} {recording}>",
    parts: [
      .literal("hypo "), .placeholder(.production, before: "", after: ""), .literal(" "),
      .placeholder(.database, before: "", after: ""), .placeholder(.target, before: "@", after: ""),
      .literal(" "), .placeholder(.role, before: "(", after: ")"), .literal(" "),
      .placeholder(.transaction, before: "", after: ""), .literal(" "),
      .placeholder(.designs, before: "", after: ""), .literal(" "),
      .placeholder(.recording, before: "", after: ""), .literal(">"),
    ])

  private init(text: String, parts: [Part]) { (self.text, self.parts) = (text, parts) }

  /// Reads a pattern.
  ///
  /// - Throws: `SettingProblem` for an unknown placeholder, a brace that is left open, or a line break.
  public init(_ text: String) throws(SettingProblem) {
    var parts: [Part] = []
    var rest = Substring(text)
    if let lineBreak = text.firstIndex(where: \.isNewline) {
      let at = text[..<lineBreak].utf8.count
      throw SettingProblem(
        message: "a prompt is one line", hint: "leave the line break out", range: at..<at + 1)
    }
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else {
        let at = text[..<open].utf8.count
        throw SettingProblem(
          message: "the brace is not closed", hint: "placeholders: \(Self.names)", range: at..<at + 1)
      }
      parts.append(try Self.part(rest[rest.index(after: open)..<close], in: text))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    (self.text, self.parts) = (text, parts)
  }

  /// What is wrong with a pattern; nil when nothing is.
  @Sendable public static func problem(_ text: String) -> SettingProblem? {
    do throws(SettingProblem) {
      _ = try PromptTemplate(text)
      return nil
    } catch { return error }
  }

  private static func part(_ inside: Substring, in text: String) throws(SettingProblem) -> Part {
    let before = inside.prefix { !$0.isLetter }
    let name = inside.dropFirst(before.count).prefix { $0.isLetter || $0 == "_" || $0 == "-" }
    let after = inside.dropFirst(before.count + name.count)
    guard let placeholder = Placeholder(rawValue: name.lowercased()), !after.contains(where: \.isLetter)
    else {
      let near = NearName.closest(to: name.lowercased(), among: Placeholder.allCases.map(\.rawValue))
      let at = text[..<inside.startIndex].utf8.count
      throw SettingProblem(
        message: "unknown placeholder \"{\(inside)}\"",
        hint: (near.map { "did you mean \"{\($0)}\"? " } ?? "") + "placeholders: \(names)",
        range: at..<at + inside.utf8.count)
    }
    return .placeholder(placeholder, before: String(before), after: String(after))
  }

  private static var names: String { Placeholder.allCases.map(\.rawValue).joined(separator: ", ") }
}
