import IndexDesign
import Ledger
import TestSupport
import Testing

@Suite struct LedgerChangesTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = Ledger(path: folder.ledgerPath, clock: SteppingClock().read)
  }

  @Test func `a change comes back as it was written`() throws {
    let number = try ledger.begin(Example.intent())
    #expect(number == ChangeNumber(1))
    var record = ChangeRecord(
      number: number, intent: Example.intent(), started: Timestamp(secondsSinceEpoch: 1))
    #expect(try ledger.change(number) == record)
    #expect(record.state == .started)

    try ledger.finish(number, with: Example.built)
    record.outcome = Example.built
    record.finished = Timestamp(secondsSinceEpoch: 2)
    #expect(try ledger.change(number) == record)
    #expect(record.state == .promoted)
  }

  @Test func `counters are written after the ending, once, and belong to it`() throws {
    let number = try ledger.begin(Example.intent())
    try ledger.finish(number, with: ChangeOutcome(.dropped, durationInSeconds: 1))
    #expect(try ledger.change(number)?.outcome?.countersAfter == nil)
    let counters = ChangeCounters(tableSizeInBytes: 8_192, indexScans: 3)
    try ledger.counted(counters, after: number)
    #expect(
      try Ledger(path: folder.ledgerPath).change(number)?.outcome
        == ChangeOutcome(.dropped, durationInSeconds: 1, countersAfter: counters))
    #expect(throws: LedgerError.self) { try ledger.counted(ChangeCounters(), after: number) }
    #expect(throws: LedgerError.self) { try ledger.counted(counters, after: ChangeNumber(7)) }
    #expect(try ledger.verify().allSatisfy { $0.outcome != .stop })
    guard case .counted(let entry)? = try ledger.entries(of: number).last else {
      Issue.record("no counters among the entries")
      return
    }
    #expect(entry.counters == counters && entry.original != nil)
  }

  @Test func `the index that a build makes is known before the build has ended`() throws {
    let number = try ledger.begin(Example.intent())
    try ledger.saw(index: 16_500, madeBy: number)
    let other = Ledger(path: folder.ledgerPath)
    #expect(try other.change(number)?.seenIndexObjectID == 16_500)
    #expect(try other.change(number)?.canBeRolledBack == true)
    try other.finish(number, with: ChangeOutcome(.interrupted(reason: "killed"), durationInSeconds: 0))
    #expect(try ledger.change(number)?.canBeRolledBack == true)
    #expect(throws: LedgerError.self) { try ledger.saw(index: 16_501, madeBy: number) }
    #expect(throws: LedgerError.self) { try ledger.saw(index: 16_502, madeBy: ChangeNumber(7)) }
    #expect(try ledger.change(number)?.seenIndexObjectID == 16_500)
  }

  @Test func `numbers go on across sessions and the newest change comes first`() throws {
    try ledger.record(Example.intent(), Example.built)
    let later = Ledger(path: folder.ledgerPath)
    #expect(try later.begin(Example.intent(.retire)) == ChangeNumber(2))
    #expect(try ledger.begin(Example.intent()) == ChangeNumber(3))
    #expect(try later.changes().map(\.number.number) == [3, 2, 1])
    #expect(try later.changes(limit: 2).map(\.number.number) == [3, 2])
    #expect(try later.changes(limit: 0).isEmpty)
    #expect(try later.changes(limit: -1).isEmpty)
  }

  @Test func `a session that died between intent and outcome leaves the intent`() throws {
    try ledger.record(Example.intent(), Example.built)
    let number = try ledger.begin(Example.intent(.retire))
    // The first session never says how it ended, and is not closed either.
    let other = Ledger(path: folder.ledgerPath)
    #expect(try other.open().map(\.number) == [number])
    #expect(try other.open().first?.intent == Example.intent(.retire))
    #expect(try other.open().first?.state.description == "unfinished: look at the server")
    try other.finish(
      number, with: ChangeOutcome(.interrupted(reason: "killed"), durationInSeconds: 0))
    #expect(try ledger.open().map(\.number) == [number])
    #expect(try ledger.change(number)?.state == .interrupted)
  }

  private static func settlement(_ result: ChangeOutcome.Result) -> ChangeSettlement {
    ChangeSettlement(
      result, operatingSystemUser: "ann", operatingSystemHost: "bastion", hypoVersion: "0.1.0",
      databaseUser: "dba", written: Timestamp(secondsSinceEpoch: 0))
  }

  @Test func `what was found of a change that was cut off ends it, once`() throws {
    let number = try ledger.begin(Example.intent())
    try ledger.settle(number, Self.settlement(.built(objectID: 5, sizeInBytes: 1)))
    let record = try #require(try ledger.change(number))
    #expect(record.state == .promoted && record.outcome == nil)
    #expect(record.settlement?.written != Timestamp(secondsSinceEpoch: 0))
    #expect(try ledger.open().isEmpty)
    #expect(try ledger.verify().allSatisfy { $0.outcome != .stop && $0.outcome != .warning })
    let error = #expect(throws: LedgerError.self) {
      try ledger.settle(number, Self.settlement(.cancelled))
    }
    #expect(error?.code == .alreadyFinished)
    #expect(error?.message == "could not settle change 1: how it ended is known by now")
    #expect(error?.detail?.hasPrefix("the index was built and is valid (object id 5, ") == true)
    // A shell that was only slow writes down what it has seen itself.
    try ledger.finish(number, with: ChangeOutcome(.cancelled, durationInSeconds: 1))
    #expect(try ledger.change(number)?.state == .cancelled)
  }

  @Test
  func `an interrupted change can be settled, and a drop that came through has undone its change`()
    throws
  {
    let promotion = try ledger.record(Example.intent(), Example.built)
    let rollback = try ledger.record(
      Example.intent(.rollback(of: promotion)),
      ChangeOutcome(.interrupted(reason: "the cable"), durationInSeconds: 1))
    #expect(try ledger.open().map(\.number) == [rollback])
    try ledger.settle(rollback, Self.settlement(.dropped))
    #expect(try ledger.change(promotion)?.state == .rolledBack(by: rollback))
    #expect(try ledger.open().isEmpty)
    #expect(try ledger.entries(of: rollback).count == 3)
    #expect(throws: LedgerError.self) {
      try ledger.settle(ChangeNumber(9), Self.settlement(.dropped))
    }
  }

  @Test func `a change that was rolled back is not open, and a leftover is until it is dropped`()
    throws
  {
    let cutOff = try ledger.begin(Example.intent())
    try ledger.saw(index: 5, madeBy: cutOff)
    let leftover = ChangeOutcome(
      .leftInvalidStaying(objectID: 6, reason: "r"), durationInSeconds: 1)
    let failed = try ledger.record(Example.intent(), leftover)
    #expect(try ledger.open().map(\.number) == [failed, cutOff])
    try ledger.record(Example.intent(.rollback(of: cutOff)), Example.dropped)
    let halfWay = try ledger.record(Example.intent(.rollback(of: failed)), leftover)
    #expect(try ledger.open().map(\.number) == [halfWay, failed])
    try ledger.record(Example.intent(.rollback(of: failed)), Example.dropped)
    #expect(try ledger.open().isEmpty)
  }

  @Test func `a rollback that came through marks its change, and one that did not leaves it`()
    throws
  {
    let promotion = try ledger.record(Example.intent(), Example.built)
    let undo = Example.intent(.rollback(of: promotion))
    try ledger.record(undo, ChangeOutcome(.cancelled, durationInSeconds: 1))
    #expect(try ledger.change(promotion)?.state == .promoted)
    let rollback = try ledger.record(undo, Example.dropped)
    #expect(try ledger.change(promotion)?.state == .rolledBack(by: rollback))
    #expect(try ledger.change(rollback)?.state == .undid(promotion))
    #expect(
      try ledger.changes().map(\.state.description) == [
        "rolled back change 1", "cancelled", "rolled back by change 3",
      ])
  }

  @Test func `a bare rollback finds the newest of its own changes that stands`() throws {
    let elsewhere = ServerFingerprint(
      host: "other.example", port: 5432, database: "shop", user: "dba", serverVersion: "15.18")
    let first = try ledger.record(Example.intent(), Example.built)
    let second = try ledger.record(Example.intent(), Example.built)
    let retired = try ledger.record(Example.intent(.retire), Example.dropped)
    let failed = try ledger.record(
      Example.intent(), ChangeOutcome(.failed(error: ChangeFailure(message: "no")), durationInSeconds: 1))
    let remote = try ledger.record(Example.intent(on: elsewhere), Example.built)
    let foreign = try ledger.record(Example.intent(), Example.built)
    let own = [first, second, failed, remote]

    #expect(try ledger.newestToRollBack(on: Example.server, among: own)?.number == second)
    #expect(try ledger.newestToRollBack(on: Example.server, among: [retired] + own)?.number == retired)
    #expect(try ledger.newestToRollBack(on: elsewhere, among: own)?.number == remote)
    #expect(try ledger.newestToRollBack(on: Example.server, among: own + [foreign])?.number == foreign)
    try ledger.record(Example.intent(.rollback(of: second)), Example.dropped)
    #expect(try ledger.newestToRollBack(on: Example.server, among: own)?.number == first)
    #expect(try ledger.newestToRollBack(on: Example.server, among: [])?.number == nil)
  }

  @Test func `a change ends once`() throws {
    let number = try ledger.record(Example.intent(), Example.built)
    #expect(
      throws: LedgerError(
        .alreadyFinished, "could not finish change 1: it has its outcome already",
        detail: "the index was built and is valid (object id 16432, 8192 bytes)",
        hint: "see \"show change 1\"")
    ) { try ledger.finish(number, with: Example.dropped) }
    #expect(try ledger.change(number)?.outcome == Example.built)
  }

  @Test func `a change that was never begun can be neither ended nor rolled back`() throws {
    let missing = LedgerError(
      .noSuchChange, "there is no change 9 in the ledger \"\(folder.ledgerPath)\"",
      hint: "\"changes\" lists those that there are")
    #expect(throws: missing) { try ledger.finish(ChangeNumber(9), with: Example.built) }
    #expect(throws: missing) { try ledger.begin(Example.intent(.rollback(of: ChangeNumber(9)))) }
    #expect(try ledger.changes().isEmpty)
    #expect(try ledger.change(ChangeNumber(9)) == nil)
  }

  @Test func `a number that JSON does not know cannot keep an outcome from being written`() throws {
    let outcome = ChangeOutcome(.dropped, durationInSeconds: .infinity)
    let number = try ledger.record(Example.intent(.retire), outcome)
    #expect(try ledger.change(number)?.outcome == outcome)
  }
}
