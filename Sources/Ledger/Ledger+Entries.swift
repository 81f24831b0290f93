import GRDB
public import IndexDesign

extension Ledger {
  /// The entries of a change, in order, as evidence takes them: each with the hash that it has in the ledger.
  ///
  /// - Returns: none when there is no change of that number.
  /// - Throws: `LedgerError` when they cannot be read.
  public func entries(of change: ChangeNumber) throws(LedgerError) -> [LedgerEntry] {
    try read("\(change)", absent: []) { db in
      try Row.fetchAll(
        db, sql: "SELECT event, sha256, record FROM entries WHERE change = ? ORDER BY line",
        arguments: [change.number]
      ).map { row in
        let hash = SHA256Digest(hexadecimal: Array((row["sha256"] as String).utf8))
        let record = try JSONValue(parsing: row["record"])
        switch row["event"] as String {
        case "intent": return .intent(with(hash, try IntentEntry(record), \.original))
        case "seen": return .seen(with(hash, try SightingEntry(record), \.original))
        case "outcome": return .outcome(with(hash, try OutcomeEntry(record), \.original))
        case "counted": return .counted(with(hash, try CountersEntry(record), \.original))
        case "settled": return .settled(with(hash, try SettlementEntry(record), \.original))
        default: throw EntryProblem(member: "event")
        }
      }
    }
  }

  private func with<Entry>(
    _ hash: SHA256Digest?, _ entry: Entry, _ property: WritableKeyPath<Entry, SHA256Digest?>
  ) -> Entry {
    var entry = entry
    entry[keyPath: property] = hash
    return entry
  }
}
