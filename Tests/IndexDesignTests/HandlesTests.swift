import Testing

@testable import IndexDesign

@Suite struct HandlesTests {
  @Test(arguments: [
    ("@1", QueryHandle.number(1)), ("@42", .number(42)), ("@007", .number(7)), ("@recent", .name("recent")),
    ("@Recent_Orders-2", .name("recent_orders-2")), ("@_x", .name("_x")), ("@größe", .name("größe")),
  ])
  func `a query has a number or a name in any case`(text: String, handle: QueryHandle) {
    #expect(QueryHandle(text) == handle)
  }

  @Test(arguments: ["", "@", "1", "@0", "@-1", "@+5", "@1a", "@a b", "@a;", "@a.b", "%1", "@ 1", "@-x"])
  func `other texts are no query handle`(text: String) {
    #expect(QueryHandle(text) == nil)
  }

  @Test func `a handle is written as it is typed`() {
    #expect(QueryHandle.number(3).description == "@3")
    #expect(QueryHandle.name("recent").description == "@recent")
    #expect(DesignHandle(3).description == "%3")
  }

  @Test func `a design has a number`() {
    #expect(DesignHandle("%12") == DesignHandle(12))
  }

  @Test(arguments: ["", "%", "%0", "%-1", "%+1", "%x", "%1x", "1", "@1", "% 1", "%99999999999999999999"])
  func `other texts are no design handle`(text: String) {
    #expect(DesignHandle(text) == nil)
  }
}
