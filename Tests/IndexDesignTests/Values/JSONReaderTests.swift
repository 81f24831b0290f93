import Testing

@testable import IndexDesign

@Suite struct JSONReaderTests {
  @Test(arguments: [
    ("[\n  {\"a b\": 1.50, \"c\": [ ]},\ttrue\r\n]\n", "[{\"a b\":1.50,\"c\":[]},true]"),
    (#" "\" \\ \/ \u00e4 \n" "#, #""\" \\ \/ \u00e4 \n""#),
    ("{}", "{}"), ("-0.0e+10", "-0.0e+10"), ("0", "0"), ("[null,false,1E5]", "[null,false,1E5]"),
  ])
  func `a document loses its blanks and nothing else`(text: String, compact: String) {
    #expect(JSONReader.compacted(text).map { String(decoding: $0, as: UTF8.self) } == compact)
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "-", "1e", "+1", "NaN", "tru",
    "nul",
    "truely", "\"", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
    "\"\\ud800\\u0041\"", "-NaN", "Infinity", "-Infinity",
    "0x1", "1_000", "\"a\nb\"", "\"\t\"", "\"\u{0}\"", "[1 2]",
    "{} {}", "[1}",
    "\u{FEFF}{}",
  ])
  func `what is not JSON is none`(text: String) { #expect(JSONReader.compacted(text) == nil) }

  @Test func `bytes that are no UTF-8 are no JSON`() {
    #expect([0x22, 0xFF, 0x22].withUnsafeBytes { JSONReader.isDocument($0) } == false)
    #expect([UInt8](arrayLiteral: 0x22, 0xC3, 0xA4, 0x22).withUnsafeBytes { JSONReader.isDocument($0) })
    #expect([UInt8]().withUnsafeBytes { JSONReader.isDocument($0) } == false)
  }

  @Test func `a value is read in the midst of other text`() throws {
    let line = Array("k = {\"a\" : [1,\"b\"]} rest".utf8)
    var place = 4
    #expect(
      try JSONReader.value(in: line, at: &place)
        == .object([("a", .array([.number(1), .string("b")]))]))
    #expect(place == 19)
    place = 14
    #expect(throws: JSONProblem(at: 16, expected: "a closing \"")) {
      try JSONReader.text(in: Array(line[..<16]), at: &place)
    }
    #expect(place == 14)
  }

  @Test func `a text is read up to its own mark`() throws {
    let line = Array(#"`a \` "b" \u0060\n`!"#.utf8)
    var place = 0
    #expect(try JSONReader.text(in: line, at: &place) == "a ` \"b\" `\n")
    #expect(place == line.count - 1)
  }

  @Test func `a document may be nested deeply, but not without end`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONReader.compacted(nested(JSONReader.depthLimit)) != nil)
    #expect(JSONReader.compacted(nested(JSONReader.depthLimit + 1)) == nil)
    #expect(JSONReader.compacted(nested(3), depthLimit: 3) != nil)
    #expect(JSONReader.compacted(nested(4), depthLimit: 3) == nil)
    #expect(JSONReader.compacted(nested(100_000)) == nil)
  }
}
