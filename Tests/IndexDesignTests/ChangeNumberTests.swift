import Foundation
import IndexDesign
import Testing

@Suite struct ChangeNumberTests {
  @Test func `a number reads as it is typed and is kept as a number`() throws {
    #expect(ChangeNumber(7).description == "change 7")
    #expect(ChangeNumber(7) < ChangeNumber(10))
    #expect(String(decoding: try JSONEncoder().encode(ChangeNumber(7)), as: UTF8.self) == "7")
    #expect(try JSONDecoder().decode(ChangeNumber.self, from: Data("7".utf8)) == ChangeNumber(7))
  }
}
