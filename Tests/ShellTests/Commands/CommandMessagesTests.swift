import Foundation
import Testing

/// Every sentence that a command can say is in some test or example, so that none changes unseen.
@Suite struct CommandMessagesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files below a folder, but this one.
  private static func sources(_ folder: String) throws -> [(name: String, text: String)] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
    return try names.sorted().filter { $0.hasSuffix(".swift") || $0.hasSuffix(".hypo") }
      .filter { !#filePath.hasSuffix("/\($0)") }
      .map { ($0, try String(contentsOf: root.appending(path: "\(folder)/\($0)"), encoding: .utf8)) }
  }

  /// The texts of all tests and examples, as Swift reads their literals.
  private static let told = Result {
    try (sources("Tests") + sources("examples")).map { SwiftLiterals.unescaped($0.text) }
      .joined(separator: "\n")
  }

  @Test func `each message of a command is in a test or an example`() throws {
    let told = try Self.told.get()
    let files = try Self.sources("Sources/Shell/Commands")
    var count = 0
    for file in files {
      for message in SwiftLiterals(file.text).messages {
        count += 1
        #expect(told.contains(message), "\(file.name): no test has \"\(message)\"")
      }
    }
    #expect(files.count > 30 && count > 100, "\(count) messages in \(files.count) files")
  }

  @Test func `messages are found in calls, without what is put into them`() {
    let source = #"""
      // A remark with failure("of no account").
      throw Failure(.script, "there is no \(kind(of: "thing")) here", hint: known ? "first hint" : "second hint")
      let title = "no message"
      report.note(.warning, """
        two lines \
        are "one"
        """)
      """#
    #expect(
      SwiftLiterals(source).messages == [
        "there is no ", "thing", "first hint", "second hint", "two lines are \"one\"",
      ])
  }
}

/// The string literals of a Swift file that stand in calls which make messages.
private struct SwiftLiterals {
  /// Of each message its longest part that is always the same; those of a few letters are left out.
  private(set) var messages: [String] = []
  private let source: [Character]
  private var at = 0
  /// The functions whose parentheses are open, the innermost last.
  private var calls: [String] = []

  private static let makers: Set<String> = ["Failure", "failure", "note", "message", "confirm", "context"]

  init(_ text: String) {
    source = Array(text)
    while at < source.count { readNext() }
  }

  /// A text with the quotes and backslashes of literals without their escapes, and continued lines joined.
  static func unescaped(_ text: String) -> String {
    let (backslash, lineFeed, blank) = (UInt8(ascii: "\\"), UInt8(ascii: "\n"), UInt8(ascii: " "))
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == backslash, let next = rest.first else {
        result.append(byte)
        continue
      }
      if next == lineFeed {
        rest = rest.dropFirst().drop { $0 == blank }
      } else {
        if next != UInt8(ascii: "\""), next != backslash { result.append(byte) }
        result.append(next)
        rest.removeFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func readNext() {
    switch source[at] {
    case "/" where follows("//"): at = source[at...].firstIndex(of: "\n") ?? source.count
    case "\"": readLiteral()
    case "(":
      let word = source[..<at].reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      calls.append(String(word.reversed()))
      at += 1
    case ")":
      _ = calls.popLast()
      at += 1
    default: at += 1
    }
  }

  /// Reads a literal, and the ones in what is put into it.
  private mutating func readLiteral() {
    let isMessage = calls.contains(where: Self.makers.contains)
    let quote = follows("\"\"\"") ? "\"\"\"" : "\""
    let slot = messages.count
    var parts = [""]
    at += quote.count
    while at < source.count, !follows(quote) {
      if follows("\\(") {
        let depth = calls.count
        at += 1
        repeat { readNext() } while calls.count > depth
        parts.append("")
      } else {
        let length = source[at] == "\\" ? 2 : 1
        parts[parts.count - 1] += String(source[at..<min(at + length, source.count)])
        at += length
      }
    }
    at += quote.count
    let text = parts.map { Self.message($0, isBlock: quote.count > 1) }.max { $0.count < $1.count } ?? ""
    if isMessage, text.count > 3 { messages.insert(text, at: slot) }
  }

  private static func message(_ part: String, isBlock: Bool) -> String {
    let text = unescaped(part)
    guard isBlock else { return text }
    return text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func follows(_ text: String) -> Bool { source[at...].starts(with: text) }
}
