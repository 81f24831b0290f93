internal import IndexDesign
internal import Server

/// The order that every change keeps: the intent is written, then it runs, then the ending is written, and only then
/// the server is asked for its counters, which may take a while or fail.
struct JournaledChange {
  var intent: ChangeIntent
  var journal: any ChangeJournal

  /// - Parameters:
  ///   - work: what is done on the server; it tells every ending instead of throwing. It gets what writes
  ///     down the index that it makes.
  ///   - began: called with the change's number before anything runs.
  ///   - counters: what the server had counted afterwards, for the index that stands then.
  /// - Throws: `ServerError` with code `.journal`; when the intent could not be written, nothing has run.
  func run(
    _ work: (Sighting) -> StepEnding, began: (ChangeNumber) -> Void,
    counters: (UInt32?) throws(ServerError) -> ChangeCounters
  ) throws(ServerError) -> FinishedChange {
    let number: ChangeNumber
    do { number = try journal.begin(intent) } catch {
      throw ServerError(
        .journal, "could not write the change down, so its statement was not run: \(error)",
        hint: "mend the ledger and try again")
    }
    began(number)
    let sighting = Sighting(by: number, in: journal)
    let started = ContinuousClock.now
    let ending = work(sighting)
    let spent = (ContinuousClock.now - started).components
    var outcome = ChangeOutcome(
      ending.result, durationInSeconds: Double(spent.seconds) + Double(spent.attoseconds) / 1e18)
    sighting.write()
    do { try journal.finish(number, with: outcome) } catch {
      // A change without an ending is undone by its index, which a quick build has not shown yet.
      if let made = ending.result.madeIndex { sighting.saw(made) }
      throw ServerError(
        .journal, "could not write down how \(number) ended: \(error)",
        detail: ["On the server: \(ending.result.sentence).", sighting.warning.map { "\($0)." }]
          .compactMap(\.self).joined(separator: " "),
        hint:
          "\(number) stays in the ledger as unfinished; changes settle \(number.number) looks at the server"
      )
    }
    var warnings = sighting.warning.map { [$0] } ?? []
    // A change whose ending is written has not failed for want of its counters.
    do {
      let after = try counters(ending.result.standingIndex)
      try journal.counted(after, after: number)
      outcome.countersAfter = after
    } catch {
      warnings.append("what the server had counted after \(number) is not recorded: \(Self.words(error))")
    }
    return FinishedChange(
      number: number, outcome: outcome, error: ending.failure.map(ServerError.init), warnings: warnings)
  }

  private static func words(_ error: any Error) -> String { (error as? ServerError)?.message ?? "\(error)" }
}

extension ChangeOutcome.Result {
  /// The index that the change itself has made, and that stands on the server; nil when it has made none.
  fileprivate var madeIndex: UInt32? {
    switch self {
    case .built(let objectID, _), .leftInvalidStaying(let objectID, _): objectID
    default: nil
    }
  }

  /// The index that stands on the server after this ending; nil when none is known.
  var standingIndex: UInt32? {
    switch self {
    case .built(let objectID, _), .alreadyThere(let objectID, _), .leftInvalidNotOurs(let objectID),
      .leftInvalidStaying(let objectID, _), .isAnotherIndex(let objectID, _):
      objectID
    default: nil
    }
  }
}
