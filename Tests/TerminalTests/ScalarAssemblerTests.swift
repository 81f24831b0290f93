import Testing

@testable import Terminal

@Suite struct ScalarAssemblerTests {
  @Test(arguments: [
    (Array("aé表👍".utf8), "aé表👍"), ([0xC3, 0x61], "a"), ([0x80, 0xFF, 0x61], "a"),
    ([0xE2, 0x82, 0xC3, 0xA9], "é"), ([0xC0, 0x80], ""), ([0xED, 0xA0, 0x80, 0x62], "b"),
    ([0xF4, 0x90, 0x80, 0x80, 0x63], "c"),
  ])
  func `characters come whole and invalid bytes not at all`(bytes: [UInt8], expected: String) {
    var assembler = ScalarAssembler()
    var text = String.UnicodeScalarView()
    for byte in bytes {
      if let scalar = assembler.add(byte) { text.append(scalar) }
    }
    #expect(String(text) == expected)
  }
}
