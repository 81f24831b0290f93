import IndexDesign

/// A journal that keeps what was written in memory, and fails when a test wants it to.
final class MemoryJournal: ChangeJournal {
  struct Full: Error, CustomStringConvertible {
    var description: String { "the disk is full" }
  }

  var failsToBegin = false
  var failsToFinish = false
  /// How often the index of a build still cannot be written; `.max` for ever.
  var failuresToSee = 0
  var failsToCount = false
  /// Called when an ending is taken.
  var onFinish: () -> Void = {}
  /// Called before an intent is taken.
  var onBegin: (ChangeIntent) -> Void = { _ in }
  private(set) var intents: [ChangeIntent] = []
  private(set) var seenIndexes: [ChangeNumber: UInt32] = [:]
  private(set) var outcomes: [ChangeNumber: ChangeOutcome] = [:]

  func begin(_ intent: ChangeIntent) throws -> ChangeNumber {
    if failsToBegin { throw Full() }
    onBegin(intent)
    intents.append(intent)
    return ChangeNumber(Int64(intents.count))
  }

  func saw(index objectID: UInt32, madeBy number: ChangeNumber) throws {
    if failuresToSee > 0 {
      failuresToSee -= 1
      throw Full()
    }
    seenIndexes[number] = objectID
  }

  func finish(_ number: ChangeNumber, with outcome: ChangeOutcome) throws {
    if failsToFinish { throw Full() }
    outcomes[number] = outcome
    onFinish()
  }

  func counted(_ counters: ChangeCounters, after number: ChangeNumber) throws {
    if failsToCount { throw Full() }
    outcomes[number]?.countersAfter = counters
  }

  /// The record of a change as the ledger would give it back.
  func record(_ number: ChangeNumber) -> ChangeRecord {
    ChangeRecord(
      number: number, intent: intents[Int(number.number) - 1],
      started: Timestamp(microsecondsSinceEpoch: 0), seenIndexObjectID: seenIndexes[number],
      outcome: outcomes[number])
  }
}
