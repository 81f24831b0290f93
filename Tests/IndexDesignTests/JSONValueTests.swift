import IndexDesign
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number(0)),
    ("-1.5e3", .number(-1500)), ("\"a\"", .string("a")), ("[]", .array([])), ("{}", .object([])),
    ("[1, [2], {\"a\" : null}]", .array([.number(1), .array([.number(2)]), .object([("a", .null)])])),
    ("{\"b\":1,\"a\":2,\"b\":3}", .object([("b", .number(1)), ("a", .number(2)), ("b", .number(3))])),
    (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
    (#""\u003e\u00e9\ud83d\ude00x""#, .string(">é😀x")),
    (#""\ud83d!""#, .string("\u{FFFD}!")), ("\"é\"", .string("é")),
  ])
  func `a document becomes its value`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", "it ends too early", 0..<0), ("nul", "an unknown word", 0..<1), ("[1 2]", "expected \",\"", 3..<4),
    ("{\"a\" 1}", "expected \":\"", 5..<6), ("{a:1}", "expected a string", 1..<2),
    ("\"abc", "a string that does not end", 4..<4), ("1 2", "text after the end of the document", 2..<3),
    ("[1,", "it ends too early", 3..<3), ("--1", "an unknown word", 0..<1),
    ("\"\\u12\"", "a broken escape", 3..<4),
  ])
  func `a broken document is an error at its byte`(text: String, what: String, place: Range<Int>) {
    #expect(throws: DesignError(.malformedDocument, "could not read JSON: \(what)", position: place)) {
      try JSONValue(parsing: text)
    }
  }

  @Test func `members and values are reached by name and kind`() throws {
    let value = try JSONValue(parsing: #"{"a": {"n": 3, "f": 1.5, "t": true, "s": "x", "l": [1]}, "a": 2}"#)
    #expect(value["a"]?["n"]?.integer == 3)
    #expect(value["a"]?["f"]?.number == 1.5)
    #expect(value["a"]?["f"]?.integer == nil)
    #expect(value["a"]?["t"]?.bool == true)
    #expect(value["a"]?["s"]?.string == "x")
    #expect(value["a"]?["l"]?.array == [.number(1)])
    #expect(value["b"] == nil)
    #expect(value["a"]?.string == nil)
  }

  @Test(arguments: [1, 300, 999])
  func `a document as deep as plans and statements get is read`(depth: Int) throws {
    let text = String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
    #expect(try JSONValue(parsing: text)["a"] != nil)
  }

  @Test func `a document that is nested without end is an error`() {
    #expect(throws: DesignError.self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
  }
}
