import Testing

@testable import IndexDesign

@Suite struct JSONWriterTests {
  private func written(_ style: JSONWriter.Style = .compact, _ write: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter(style)
    write(&json)
    return json.take()
  }

  @Test func `commas come by themselves`() {
    let write: (inout JSONWriter) -> Void = { json in
      json.object { json in
        json.member("text", "a")
        json.member("none", nil as String?)
        json.member("whole", Int64.min)
        json.member("flag", true)
        json.member("number", number: 1.5)
        json.member("texts", ["a", nil])
        json.member("nobody", nil as [String?]?)
        json.member("empty") { _ in }
        json.member("nothing", object: nil)
        json.member("lists", [[1, 2], []]) { json, list in json.array(list) { $0.integer($1) } }
        json.member("objects", ["a", "b"]) { json, name in json.object { $0.member(name, false) } }
      }
    }
    #expect(
      written(.compact, write)
        == #"{"text":"a","none":null,"whole":-9223372036854775808,"flag":true,"number":1.5,"texts":["a",null],"#
        + #""nobody":null,"empty":{},"nothing":null,"lists":[[1,2],[]],"objects":[{"a":false},{"b":false}]}"#)
    #expect(
      written(.reviewed, write)
        == #"{"text": "a", "none": null, "whole": -9223372036854775808, "flag": true, "number": 1.5, "#
        + #""texts": ["a", null], "nobody": null, "empty": {}, "nothing": null, "lists": [[1, 2], []], "#
        + #""objects": [{"a": false}, {"b": false}]}"#)
  }

  @Test func `a document may be taken in parts`() {
    var json = JSONWriter()
    var text = ""
    json.beginObject()
    json.name("rows")
    json.beginArray()
    for number: Int64 in 1...3 {
      json.integer(number)
      text += json.take()
    }
    json.endArray()
    json.name("plan")
    json.document("[ 1]".utf8)
    json.member("last", "x")
    json.endObject()
    #expect(text + json.take() == #"{"rows":[1,2,3],"plan":[ 1],"last":"x"}"#)
  }

  @Test(arguments: [
    (1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (1e15, "1000000000000000"), (0x1p53, "9007199254740992"),
    (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"),
  ])
  func `a number has its shortest exact form`(number: Double, text: String) {
    #expect(written { $0.number(number) } == text)
    #expect(Double(text) == number)
  }

  @Test(arguments: [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")])
  func `what JSON cannot hold is null, or its word where somebody reads it back`(number: Double, word: String)
  {
    #expect(written { $0.number(number) } == "null")
    #expect(written { $0.number(number, otherwise: .word) } == "\"\(word)\"")
    #expect(JSONNumber(number) == nil)
  }

  @Test func `a number of the server stays digit for digit, and is a string where JSON has none`() {
    let kept = ["1.50", "-0", "1e+20", "123456789012345678901234567890.000", "0.1E-7"]
    for text in kept { #expect(written { $0.number(verbatim: text) } == text) }
    for text in ["NaN", "Infinity", "-Infinity", "", "1.", ".5", "+1", "01", "1 ", "0x1", "12abc5", "１"] {
      #expect(written { $0.number(verbatim: text) } == "\"\(text)\"")
    }
  }

  @Test func `every character is read back as it was written`() throws {
    var text = "\u{FFFF}\u{10FFFF}👍 e\u{301}"
    for scalar in (0...0x2100).compactMap(UnicodeScalar.init) { text.unicodeScalars.append(scalar) }
    for style in [JSONWriter.Style.compact, .reviewed] {
      let json = written(style) { $0.string(text) }
      let value = try JSONValue(parsing: json)
      #expect(value.string.map { Array($0.utf8) } == Array(text.utf8))
      #expect(json.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
  }

  @Test func `line separators and marks of direction are escaped only where people review`() {
    let text = "\u{2028}\u{202E}\u{FEFF}\u{61C}\u{85}\u{7F}\u{1}"
    #expect(written { $0.string(text) } == "\"\u{2028}\u{202E}\u{FEFF}\u{61C}\\u0085\\u007f\\u0001\"")
    #expect(written(.reviewed) { $0.string(text) } == #""\u2028\u202e\ufeff\u061c\u0085\u007f\u0001""#)
  }

  @Test func `text between other marks has those escaped`() {
    var bytes: [UInt8] = []
    JSONWriter.append("a ` \" \\ \n", to: &bytes, mark: UInt8(ascii: "`"))
    #expect(String(decoding: bytes, as: UTF8.self) == #"`a \` " \\ \n`"#)
  }
}
