import IndexDesign
import Reports
import Testing

@testable import Shell

@Suite struct DesignsTests {
  private func definition(_ text: String) throws -> IndexDefinition {
    try IndexDefinitionParser.parseShortForm(text).definition
  }

  @Test func `an equal design gets its handle back`() throws {
    var designs = Designs()
    let texts = ["orders(a)", "orders(b)", "orders(a)", "orders(a desc)", "orders(A)", "orders(c)"]
    let handles = try texts.map { try designs.add(definition($0)).handle.number }
    #expect(handles == [1, 2, 1, 3, 1, 4])
  }

  @Test func `the newest name of a design counts and no name leaves it`() throws {
    var designs = Designs()
    _ = try designs.add(definition("orders(a) as first_idx"))
    #expect((try designs.add(definition("orders(a) as second_idx"))).definition.name == "second_idx")
    #expect((try designs.add(definition("orders(a)"))).definition.name == "second_idx")
    #expect(designs.all.count == 1)
  }

  @Test func `a design begins as a proposal and changes by its handle`() throws {
    var designs = Designs()
    let design = try designs.add(definition("orders(a)"))
    #expect(design.state == .proposed)
    designs.update(design.handle) { $0.state = .hypothetical }
    designs.update(DesignHandle(9)) { $0.state = .proposed }
    #expect(designs[design.handle]?.state == .hypothetical)
    #expect(designs[DesignHandle(9)] == nil)
  }

  @Test func `the states have words`() {
    let states: [Design.State] = [
      .proposed, .hypothetical, .promoted(ChangeNumber(7)), .rolledBack(ChangeNumber(7)),
    ]
    #expect(
      states.map(\.words) == ["proposed", "hypothetical", "promoted (change 7)", "rolled back (change 7)"])
  }

  @Test func `a handle that does not exist is told with those that do`() throws {
    var designs = Designs()
    let place = Failure.Place(text: "show %4", range: 5..<7)
    #expect(
      caught { _ = try designs.find(DesignHandle(4), at: place) }
        == Failure(.script, "there is no design %4", hint: "hypo add makes one", place: place))
    _ = try designs.add(definition("orders(a)"))
    _ = try designs.add(definition("orders(b)"))
    #expect(
      caught { _ = try designs.find(DesignHandle(4), at: place) }
        == Failure(.script, "there is no design %4", hint: "designs: %1 %2", place: place))
  }

  @Test func `a design gets the handle that is asked for, unless one of the two has another`() throws {
    var designs = Designs()
    #expect(try designs.add(definition("orders(c)"), as: DesignHandle(3)).handle == DesignHandle(3))
    #expect(try designs.add(definition("orders(a)"), as: DesignHandle(1)).handle == DesignHandle(1))
    #expect(try designs.add(definition("orders(c)"), as: DesignHandle(3)).handle == DesignHandle(3))
    #expect(try designs.add(definition("orders(d)")).handle == DesignHandle(4))
    #expect(designs.all.map(\.handle.number) == [1, 3, 4])
  }
}
