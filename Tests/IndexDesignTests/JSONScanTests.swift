import Testing

@testable import IndexDesign

@Suite struct JSONScanTests {
  @Test(arguments: [
    ("[\n  {\"a b\": 1.50, \"c\": [ ]},\ttrue\r\n]\n", "[{\"a b\":1.50,\"c\":[]},true]"),
    (#" "\" \\ \/ \u00e4 \n" "#, #""\" \\ \/ \u00e4 \n""#),
    ("{}", "{}"), ("-0.0e+10", "-0.0e+10"), ("0", "0"), ("[null,false,1E5]", "[null,false,1E5]"),
  ])
  func `a document loses its blanks and nothing else`(text: String, compact: String) {
    #expect(JSONScan.compacted(text).map { String(decoding: $0, as: UTF8.self) } == compact)
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "-", "1e", "+1", "NaN", "tru",
    "nul",
    "truely", "\"", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"a\nb\"", "\"\u{0}\"", "[1 2]",
    "{} {}", "[1}",
    "\u{FEFF}{}",
  ])
  func `what is not JSON is none`(text: String) { #expect(JSONScan.compacted(text) == nil) }

  @Test func `bytes that are no UTF-8 are no JSON`() {
    #expect([0x22, 0xFF, 0x22].withUnsafeBytes { JSONScan.isDocument($0) } == false)
    #expect([UInt8](arrayLiteral: 0x22, 0xC3, 0xA4, 0x22).withUnsafeBytes { JSONScan.isDocument($0) })
  }

  @Test func `a document may be nested deeply, but not without end`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONScan.compacted(nested(499)) != nil)
    #expect(JSONScan.compacted(nested(100_000)) == nil)
  }
}
