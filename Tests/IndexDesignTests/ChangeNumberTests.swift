import IndexDesign
import Testing

@Suite struct ChangeNumberTests {
  @Test func `a number reads as it is typed`() {
    #expect(ChangeNumber(7).description == "change 7")
    #expect(ChangeNumber(7) < ChangeNumber(10))
  }
}
