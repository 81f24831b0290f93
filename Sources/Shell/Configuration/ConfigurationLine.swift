import IndexDesign
import Reports

/// One line of a configuration, cut into its parts.
struct ConfigurationLine {
  /// What a line is.
  enum Content: Equatable {
    /// Blank, or a comment.
    case nothing
    /// `[target NAME]`, and where the name stands.
    case section(String, Range<Int>)
    /// `name = value`, the name in lower case, the value without blanks around it.
    case value(name: String, value: String)
  }

  /// The line as it stands, without its end.
  let text: String
  /// Its number, from 1.
  let number: Int
  /// Everything but the blanks around it, in UTF-8 code units; so are the others.
  let contentRange: Range<Int>
  /// What is before the first `=`; the whole content when there is none.
  let nameRange: Range<Int>
  /// What is behind the first `=`; nil when there is none.
  let valueRange: Range<Int>?
  private let bytes: [UInt8]

  /// Cuts a line.
  init(_ line: String, number: Int) {
    text = line.hasSuffix("\r") ? String(line.dropLast()) : line
    self.number = number
    let bytes = Array(text.utf8)
    self.bytes = bytes
    contentRange = Self.trimmed(0..<bytes.count, in: bytes)
    if let sign = bytes.firstIndex(of: UInt8(ascii: "=")) {
      nameRange = Self.trimmed(0..<sign, in: bytes)
      valueRange = Self.trimmed(sign + 1..<bytes.count, in: bytes)
    } else {
      (nameRange, valueRange) = (contentRange, nil)
    }
  }

  /// Says what the line is.
  func content() throws(LineProblem) -> Content {
    guard let first = bytes[contentRange].first, first != UInt8(ascii: "#") else { return .nothing }
    if first == UInt8(ascii: "[") { return try section() }
    guard let valueRange else {
      throw problem(
        "expected name = value", hint: "a comment begins with #, a target with [target NAME]",
        at: contentRange)
    }
    guard !nameRange.isEmpty else {
      throw problem("a name is missing before =", hint: "name = value", at: contentRange)
    }
    return .value(name: string(nameRange).lowercased(), value: string(valueRange))
  }

  private func section() throws(LineProblem) -> Content {
    let usage = "a section begins with [target NAME]"
    guard bytes[contentRange].last == UInt8(ascii: "]") else {
      throw problem("the bracket is not closed", hint: usage, at: contentRange)
    }
    let inside = Self.trimmed(contentRange.lowerBound + 1..<contentRange.upperBound - 1, in: bytes)
    let keyword = inside.lowerBound..<(bytes[inside].firstIndex(where: Self.isBlank) ?? inside.upperBound)
    let name = Self.trimmed(keyword.upperBound..<inside.upperBound, in: bytes)
    guard string(keyword).lowercased() == "target" else {
      throw problem("unknown section \"\(string(contentRange))\"", hint: usage, at: contentRange)
    }
    guard !name.isEmpty else { throw problem("the target has no name", hint: usage, at: contentRange) }
    guard string(name) != "sandbox" else {
      throw problem("\"sandbox\" is hypo's own", hint: "give the target another name", at: name)
    }
    // A name must not be mistaken for a conninfo, a URI, an option or two words.
    guard bytes[name.lowerBound] != UInt8(ascii: "-"),
      string(name).allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) })
    else {
      throw problem(
        "a target cannot be called \"\(string(name))\"",
        hint: "a name has letters, digits, and, after the first one, _ - .", at: name)
    }
    return .section(string(name), name)
  }

  // MARK: Problems

  /// A problem with the line outside of its value. The value is not shown: it may be a conninfo under a wrong name.
  func problem(_ message: String, hint: String, at range: Range<Int>) -> LineProblem {
    guard let valueRange, !valueRange.isEmpty else {
      let isShown = !Secrets.isHeld(in: text)
      return LineProblem(message, hint: hint, place: isShown ? .init(text: text, range: range) : nil)
    }
    return LineProblem(
      message, hint: hint, place: .init(text: string(0..<valueRange.lowerBound) + "…", range: range))
  }

  /// A problem with the value, which is not shown when it may hold a password.
  func problem(_ problem: SettingProblem, hidesValue: Bool = false) -> LineProblem {
    let value = valueRange ?? contentRange
    guard !hidesValue, !Secrets.isHeld(in: text) else {
      return LineProblem(
        value.isEmpty ? problem.message : problem.message.replacing(string(value), with: "…"),
        hint: problem.hint,
        place: .init(
          text: string(0..<value.lowerBound) + "…",
          range: value.lowerBound..<value.lowerBound + "…".utf8.count))
    }
    var hint = problem.hint
    if string(value).contains(" #") { hint = "a comment has a line of its own" }
    let range = problem.range.map { value.lowerBound + $0.lowerBound..<value.lowerBound + $0.upperBound }
    return LineProblem(problem.message, hint: hint, place: .init(text: text, range: range ?? value))
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// Why a line was not taken.
struct LineProblem: Error, Equatable {
  /// What is wrong.
  var message: String
  /// What to do next.
  var hint: String
  /// The line, without what may be secret, and the place in it; nil when the line cannot be shown.
  var place: Failure.Place?
  /// Another line than the one that was read; nil for that one.
  var line: Int?

  init(_ message: String, hint: String, place: Failure.Place? = nil) {
    (self.message, self.hint, self.place) = (message, hint, place)
  }
}
