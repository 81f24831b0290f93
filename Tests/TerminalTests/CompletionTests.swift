import Testing

@testable import Terminal

@Suite struct CompletionTests {
  func decide(_ line: String, _ texts: [String], cursor: Int? = nil, start: Int = 0) -> CompletionStep {
    CompletionStep.decide(
      texts.map { Completion($0, start: start) }, line: line, cursor: cursor ?? line.utf8.count)
  }

  @Test func `one completion is taken with its suffix`() {
    #expect(decide("sel", ["select"]) == .replace(start: 0, with: "select "))
    #expect(decide("x sel", ["select"], start: 2) == .replace(start: 2, with: "select "))
    #expect(decide("sel 1", ["select"], cursor: 3) == .replace(start: 0, with: "select"))
    #expect(decide("select 1", ["select"], cursor: 6) == .nothing)
  }

  @Test func `several are extended as far as they agree and then listed`() {
    #expect(decide("s", ["show", "shown"]) == .replace(start: 0, with: "show"))
    let list = [Completion("show", start: 0), Completion("shown", start: 0)]
    #expect(decide("show", ["show", "shown"]) == .list(list))
    #expect(decide("SHO", ["show", "shown"]) == .replace(start: 0, with: "show"))
  }

  @Test func `completions that do not begin with the word are listed and never shorten it`() {
    let list = [Completion("orders", start: 0), Completion("order_lines", start: 0)]
    #expect(decide("xx", ["orders", "order_lines"]) == .list(list))
  }

  @Test func `the places are bytes of UTF-8`() {
    #expect(decide("ü grö", ["größe"], start: 3) == .replace(start: 3, with: "größe "))
  }

  @Test func `impossible places change nothing`() {
    #expect(decide("", []) == .nothing)
    #expect(decide("sel", ["select"], start: 4) == .nothing)
    #expect(decide("sel", ["select"], start: -1) == .nothing)
  }
}
