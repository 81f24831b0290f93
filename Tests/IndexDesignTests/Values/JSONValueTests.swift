import Testing

@testable import IndexDesign

@Suite struct JSONValueTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number(0)),
    ("-1.5e3", .number(-1500)), ("\"a\"", .string("a")), ("[]", .array([])), ("{}", .object([])),
    ("[1, [2], {\"a\" : null}]", .array([.number(1), .array([.number(2)]), .object([("a", .null)])])),
    ("{\"b\":1,\"a\":2,\"b\":3}", .object([("b", .number(1)), ("a", .number(2)), ("b", .number(3))])),
    (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
    (#""\u003e\u00e9\ud83d\ude00x""#, .string(">é😀x")),
    ("\"é\u{2028}\u{7F}\"", .string("é\u{2028}\u{7F}")), ("1e999", .number(JSONNumber(read: "1e999"))),
  ])
  func `a document becomes its value`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", "a value of JSON", 0..<0), ("nul", "a value of JSON", 0..<1), ("[1 2]", "\",\" or \"]\"", 3..<4),
    ("{\"a\" 1}", "\":\"", 5..<6), ("{a:1}", "a text in double quotes", 1..<2),
    ("\"abc", "a closing \"", 4..<4), ("1 2", "the end of the document", 2..<3),
    ("[1,", "a value of JSON", 3..<3), ("--1", "a value of JSON", 0..<1),
    ("\"\\u12\"", "four hexadecimal digits", 1..<2), ("\"\\x\"", "an escape of JSON", 1..<2),
    (#""\ud83d!""#, "a pair of surrogates", 1..<2), ("NaN", "a value of JSON", 0..<1),
    ("01", "the end of the document", 1..<2),
    ("\"a\tb\"", "an escape in the place of a control character", 2..<3),
  ])
  func `a broken document is an error at its byte`(text: String, what: String, place: Range<Int>) {
    #expect(throws: DesignError(.malformedDocument, "could not read JSON: expected \(what)", position: place))
    {
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

  @Test func `a repeated name keeps both values, and the first is found`() throws {
    let value = try JSONValue(parsing: #"{"a": 1, "b": 2, "a": 3}"#)
    #expect(value == .object([("a", .number(1)), ("b", .number(2)), ("a", .number(3))]))
    #expect(value["a"]?.integer == 1)
  }

  @Test func `a large number keeps all its digits`() throws {
    let value = try JSONValue(
      parsing: "[9223372036854775807, 0.1234567890123456789, 1e999, 18446744073709551616]")
    let texts = value.array?.map { if case .number(let number) = $0 { number.text } else { "" } }
    #expect(texts == ["9223372036854775807", "0.1234567890123456789", "1e999", "18446744073709551616"])
    #expect(value.array?.map(\.integer) == [Int.max, nil, nil, nil])
    #expect(value.array?.map(\.number) == [0x1p63, 0.12345678901234568, .infinity, 0x1p64])
  }

  @Test(arguments: [1, 300, 999, 1000])
  func `a document as deep as plans and statements get is read`(depth: Int) throws {
    let text = String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
    #expect(try JSONValue(parsing: text)["a"] != nil)
  }

  @Test func `a document that is nested without end is an error`() {
    for mark in ["[", "{\"a\":"] {
      let place = 1000 * mark.utf8.count
      #expect(
        throws: DesignError(
          .malformedDocument, "could not read JSON: expected a value that is nested less deeply",
          position: place..<place + 1)
      ) { try JSONValue(parsing: String(repeating: mark, count: 100_000)) }
    }
  }
}
