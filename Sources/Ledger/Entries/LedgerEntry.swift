import IndexDesign

/// One entry of a ledger, or of the evidence of a run: there is one form for both, and one chain.
///
/// Nothing of it may hold a password: who makes it leaves them out.
public enum LedgerEntry: Equatable, Sendable {
  /// A run begins.
  case run(EvidenceRun)
  /// The run has reached a server: its first one, or another one than before.
  case connected(EvidenceConnection)
  /// A step was done, or passed over.
  case step(EvidenceStep)
  /// The run is over.
  case end(EvidenceEnd)
  /// A change is about to be made.
  case intent(IntentEntry)
  /// A build makes this index.
  case seen(SightingEntry)
  /// A change has ended.
  case outcome(OutcomeEntry)
  /// What the server had counted after a change.
  case counted(CountersEntry)
  /// What was found later of a change that was cut off.
  case settled(SettlementEntry)
}

extension LedgerEntry {
  /// Writes the members of the record. Each kind always has the same members in the same order; what is not
  /// there is null or an empty list.
  func write(to json: inout JSONWriter) {
    switch self {
    case .run(let run): run.write(to: &json)
    case .connected(let connection): connection.write(to: &json)
    case .step(let step): step.write(to: &json)
    case .end(let end): end.write(to: &json)
    case .intent(let intent): intent.write(to: &json)
    case .seen(let sighting): sighting.write(to: &json)
    case .outcome(let outcome): outcome.write(to: &json)
    case .counted(let counters): counters.write(to: &json)
    case .settled(let settlement): settlement.write(to: &json)
    }
  }
}
