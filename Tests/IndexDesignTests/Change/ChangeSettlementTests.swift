import IndexDesign
import Testing

@Suite struct ChangeSettlementTests {
  private static let definition =
    "CREATE INDEX orders_idx ON public.orders USING btree (customer_id)"

  private static func index(
    _ objectID: UInt32 = 5, _ definition: String = definition, isValid: Bool = true
  ) -> FoundRelation {
    FoundRelation(
      objectID: objectID, name: RelationName(schema: "public", name: "orders_idx"), kind: "index",
      index: .init(tableObjectID: 1, definition: definition, isValid: isValid, sizeInBytes: 8_192))
  }

  private static func record(_ kind: ChangeIntent.Kind) -> ChangeRecord {
    var record = ChangeExample.record(kind, nil)
    record.intent.definition = "create index on public.orders (customer_id)"
    return record
  }

  private static let view = FoundRelation(
    objectID: 9, name: RelationName(schema: "public", name: "orders_idx"), kind: "view")

  private static let builds: [(FoundRelation?, FoundRelation?, ChangeOutcome.Result)] = [
    (nil, nil, .failed(error: ChangeFailure(message: "cut off: no index of it is there"))),
    (view, nil, .failed(error: ChangeFailure(message: "cut off: its name is that of a view"))),
    (index(), index(), .built(objectID: 5, sizeInBytes: 8_192)),
    (
      index(isValid: false), index(isValid: false),
      .leftInvalidStaying(objectID: 5, reason: "its build was cut off")
    ),
    // Its own index has another name by now.
    (nil, index(), .built(objectID: 5, sizeInBytes: 8_192)),
    // Nobody saw which index the build made.
    (index(6), nil, .foundThere(objectID: 6, isValid: true)),
    (index(6, isValid: false), nil, .foundThere(objectID: 6, isValid: false)),
    (
      index(6, "CREATE INDEX orders_idx ON public.orders USING btree (total)"), nil,
      .isAnotherIndex(
        objectID: 6, definition: "CREATE INDEX orders_idx ON public.orders USING btree (total)")
    ),
    // The object id has come round again.
    (
      nil, index(5, "CREATE INDEX x ON public.other USING btree (a)"),
      .failed(error: ChangeFailure(message: "cut off: no index of it is there"))
    ),
  ]

  @Test(arguments: builds.indices)
  func `a build that was cut off ended as the catalog says`(index: Int) {
    let (named, recorded, result) = Self.builds[index]
    #expect(
      Self.record(.promote).ending(by: FoundOfChange(named: named, recorded: recorded)) == result)
  }

  @Test func `a drop that was cut off ended as the catalog says`() {
    let record = Self.record(.rollback(of: ChangeNumber(3)))
    #expect(record.ending(by: FoundOfChange(named: nil, recorded: nil)) == .dropped)
    #expect(record.ending(by: FoundOfChange(named: Self.index(6), recorded: nil)) == .dropped)
    #expect(
      record.ending(by: FoundOfChange(named: Self.index(), recorded: Self.index()))
        == .failed(error: ChangeFailure(message: "cut off: its index is still there and valid")))
    #expect(
      record.ending(by: FoundOfChange(named: nil, recorded: Self.index(isValid: false)))
        == .leftInvalidStaying(objectID: 5, reason: "its drop was cut off"))
  }

  @Test func `an extension is there or not`() {
    let record = Self.record(.setUp)
    #expect(
      record.ending(by: FoundOfChange(named: nil, recorded: nil, extensionVersion: "1.4"))
        == .installed(version: "1.4"))
    #expect(
      record.ending(by: FoundOfChange(named: nil, recorded: nil))
        == .failed(error: ChangeFailure(message: "cut off: the extension is not there")))
  }

  @Test func `what was found later counts only while hypo has seen no ending itself`() {
    var record = Self.record(.promote)
    #expect(record.isOpen)
    record.settlement = ChangeSettlement(
      .built(objectID: 5, sizeInBytes: 1), operatingSystemUser: "ann",
      operatingSystemHost: "bastion",
      hypoVersion: "1", databaseUser: "dba", written: Timestamp(secondsSinceEpoch: 1))
    #expect(record.state == .promoted && !record.isOpen && record.canBeRolledBack)
    record.outcome = ChangeOutcome(.interrupted(reason: "r"), durationInSeconds: 1)
    #expect(record.state == .promoted)
    record.outcome = ChangeOutcome(.cancelled, durationInSeconds: 1)
    #expect(record.state == .cancelled)
  }

  @Test func `a leftover is the change's own invalid index`() {
    #expect(
      ChangeExample.record(.promote, .leftInvalidStaying(objectID: 5, reason: "r")).hasLeftover)
    #expect(!ChangeExample.record(.promote, .leftInvalidNotOurs(objectID: 5)).hasLeftover)
    var undone = ChangeExample.record(.promote, .leftInvalidStaying(objectID: 5, reason: "r"))
    undone.rolledBackBy = ChangeNumber(9)
    #expect(!undone.hasLeftover)
  }
}
