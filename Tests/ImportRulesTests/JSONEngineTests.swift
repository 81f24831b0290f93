import Foundation
import Testing

/// JSON is read and written in one folder, so that escapes, numbers and limits are the same everywhere.
@Suite struct JSONEngineTests {
  private static let engine = "IndexDesign/Values/JSON/"

  /// What another engine could hardly do without, and what the text of Swift looks like then.
  private static var signs: [(what: String, pattern: Regex<Substring>)] {
    [
      ("Foundation's engine", /JSONSerialization|JSON(?:De|En)coder/),
      ("a value for Foundation's engine", /\b(?:Codable|Decodable|Encodable)\b/),
      ("an escape by hand", /"[^"\n]*\\\\u(?:"|00)|#"\\u(?:"|00)/),
      ("an object by hand", /\{\\"|\w\\":(?:\\"|[\[{]|")|#"[^"\n]*"\w+":/),
      ("null by hand", /\?\? "null"|: "null"|":null/),
    ]
  }

  /// Files in which a sign means something else.
  private static let exceptions = [
    // Escapes of what a terminal would obey, for people.
    "Terminal/VisibleText.swift: an escape by hand",
    // The bytes with which each line of evidence begins: a line that begins otherwise is refused before it is read.
    "Ledger/Evidence/EvidenceCheck.swift: an object by hand",
  ]

  private static func signs(in text: String) -> Set<String> {
    Set(signs.filter { text.contains($0.pattern) }.map(\.what))
  }

  @Test func `no room has another engine for JSON`() throws {
    var found: [String] = []
    for room in try SourceRoom.all() {
      let folder = SourceRoom.package.appending(path: "Sources").path + "/"
      for file in room.swiftFiles {
        let path = file.path.replacing(folder, with: "")
        guard !path.hasPrefix(Self.engine) else { continue }
        found += Self.signs(in: try String(contentsOf: file, encoding: .utf8)).map { "\(path): \($0)" }
      }
    }
    #expect(found.sorted() == Self.exceptions.sorted())
  }

  @Test func `the signs of an engine are seen, and those of other texts are none`() {
    let seen = [
      ("let data = try JSONEncoder().encode(value)", "Foundation's engine"),
      ("struct A: Hashable, Codable {}", "a value for Foundation's engine"),
      (#"result += "\\u" + hex"#, "an escape by hand"), (##"case #"\u00"#: break"##, "an escape by hand"),
      (#"let text = "{\"a\"" + value"#, "an object by hand"),
      (#"text += "\"a\":\"" + b"#, "an object by hand"),
      (##"let head = #"{"a":"#"##, "an object by hand"), (#"text += value ?? "null""#, "null by hand"),
    ]
    for (text, what) in seen { #expect(Self.signs(in: text) == [what], "\(text)") }
    let others = [
      #"throw Failure("could not read \"\(path)\": no such file")"#, #"let words = ["null", "true"]"#,
      "names.map { \"\\($0)\" }", #"guard take(":") else { throw expected("\":\"") }"#,
    ]
    for text in others { #expect(Self.signs(in: text) == [], "\(text)") }
  }
}
