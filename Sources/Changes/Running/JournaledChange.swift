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
  ///   - counters: what the server had counted afterwards, for the index that stands then.
  /// - Throws: `ServerError` with code `.journal`; when the intent could not be written, nothing has run.
  func run(
    _ work: (_ saw: @escaping (UInt32) -> Void) -> StepEnding, counters: (UInt32?) -> ChangeCounters
  ) throws(ServerError) -> FinishedChange {
    let number: ChangeNumber
    do { number = try journal.begin(intent) } catch {
      throw ServerError(
        .journal, "could not write the change down, so its statement was not run: \(error)",
        hint: "mend the ledger and try again")
    }
    let started = ContinuousClock.now
    // A ledger that fails now is told at the end; the build itself is not to suffer from it.
    let ending = work { [journal] objectID in try? journal.saw(index: objectID, madeBy: number) }
    let spent = (ContinuousClock.now - started).components
    var outcome = ChangeOutcome(
      ending.result, durationInSeconds: Double(spent.seconds) + Double(spent.attoseconds) / 1e18)
    do { try journal.finish(number, with: outcome) } catch {
      throw ServerError(
        .journal, "could not write down how \(number) ended: \(error)",
        detail: "On the server: \(ending.result.sentence).",
        hint: "\(number) stays in the ledger as unfinished; compare it with the server")
    }
    let after = counters(ending.result.standingIndex)
    // A change whose ending is written has not failed for want of its counters.
    if (try? journal.counted(after, after: number)) != nil { outcome.countersAfter = after }
    return FinishedChange(number: number, outcome: outcome, error: ending.failure.map(ServerError.init))
  }
}

extension ChangeOutcome.Result {
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
