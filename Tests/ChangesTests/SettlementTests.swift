import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

/// A change that was cut off, and what the catalog says of it.
@Suite struct SettlementTests {
  /// The record of a promotion as it is without an ending.
  private static func cutOff(_ shop: Shop, isSeen: Bool) throws -> ChangeRecord {
    var record = try RollbackTests.promoted(shop)
    record.seenIndexObjectID = isSeen ? try shop.index(RollbackTests.name)?.objectID : nil
    record.outcome = nil
    return record
  }

  @Test func `an index that was seen and is valid was built`() throws {
    let shop = try Shop()
    let record = try Self.cutOff(shop, isSeen: true)
    guard case .built(let objectID, let size) = try shop.session.settlement(of: record) else {
      throw TestProblem("not built")
    }
    #expect(try objectID == shop.index(RollbackTests.name)?.objectID && size > 0)
  }

  @Test func `an index that nobody saw is not taken for the change's own`() throws {
    let shop = try Shop()
    let record = try Self.cutOff(shop, isSeen: false)
    let index = try #require(try shop.index(RollbackTests.name))
    #expect(
      try shop.session.settlement(of: record)
        == .foundThere(objectID: index.objectID, isValid: true))
  }

  @Test func `an invalid rest of its own is named, and can be rolled back`() throws {
    let shop = try Shop()
    var record = try Self.cutOff(shop, isSeen: true)
    let index = try #require(try shop.index(RollbackTests.name))
    try shop.database.script(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\(RollbackTests.name)'::regclass")
    let result = try shop.session.settlement(of: record)
    #expect(
      result == .leftInvalidStaying(objectID: index.objectID, reason: "its build was cut off"))
    record.settlement = ChangeSettlement(
      result, operatingSystemUser: "ada", operatingSystemHost: "desk", hypoVersion: "1",
      databaseUser: "hypo", written: Shop.now)
    record.seenIndexObjectID = nil
    #expect(try shop.run(shop.session.planRollback(of: record)).outcome.result == .dropped)
  }

  @Test func `a drop that was cut off is done or not`() throws {
    let shop = try Shop()
    let promotion = try RollbackTests.promoted(shop)
    let done = try shop.run(shop.session.planRollback(of: promotion))
    var record = shop.journal.record(done.number)
    record.outcome = ChangeOutcome(.interrupted(reason: "the cable"), durationInSeconds: 1)
    #expect(try shop.session.settlement(of: record) == .dropped)
    let again = try RollbackTests.promoted(shop)
    record.intent.indexObjectID = again.leftIndex
    #expect(
      try shop.session.settlement(of: record)
        == .failed(error: ChangeFailure(message: "cut off: its index is still there and valid")))
  }

  @Test func `an extension that is there was installed`() throws {
    let shop = try Shop()
    var record = try Self.cutOff(shop, isSeen: false)
    record.intent.kind = .setUp
    record.intent.indexName = "plpgsql"
    #expect(try shop.session.settlement(of: record) == .installed(version: "1.0"))
    record.intent.indexName = "no_such_extension"
    #expect(
      try shop.session.settlement(of: record)
        == .failed(error: ChangeFailure(message: "cut off: the extension is not there")))
  }

  @Test func `while a change still runs nothing is settled`() throws {
    let shop = try Shop()
    let record = try Self.cutOff(shop, isSeen: false)
    let other = try ChangeConnection(shop.database.session(), name: "hypo promote")
    let error = #expect(throws: ServerError.self) { try shop.session.settlement(of: record) }
    #expect(error?.code == .refused)
    #expect(
      error?.message.hasPrefix("cannot settle change 1: a change still runs in this database: pid ")
        == true)
    #expect(
      error?.message.contains("(hypo, hypo promote), idle") == true, "\(error?.message ?? "-")")
    #expect(
      error?.hint?.hasPrefix("wait for it, or end it with psql: SELECT pg_cancel_backend(") == true)
    withExtendedLifetime(other) {}
  }

  @Test func `what has ended, and another database, are refused`() throws {
    let shop = try Shop()
    let ended = try RollbackTests.promoted(shop)
    #expect(
      throws: ServerError(
        .refused, "cannot settle change 1: it is promoted",
        hint: "only a change without a known ending can be settled; changes lists them")
    ) { try shop.session.settlement(of: ended) }
    var elsewhere = ended
    elsewhere.outcome = nil
    elsewhere.intent.server.database = "elsewhere"
    let error = #expect(throws: ServerError.self) { try shop.session.settlement(of: elsewhere) }
    #expect(
      error?.message == "cannot settle: the session is connected to another server or database")
  }
}
