import IndexDesign
import Ledger
import Notebook
import Reports

extension Workspace {
  /// The record of a change.
  ///
  /// - Throws: `Failure` that lists the changes that exist.
  func record(of number: ChangeNumber, at place: Failure.Place?) throws -> ChangeRecord {
    if let record = try ledger().change(number) { return record }
    let known = try ledger().changes(limit: 10).map { String($0.number.number) }.joined(separator: ", ")
    throw Failure(
      .script, "there is no \(number)",
      hint: known.isEmpty ? "the ledger is empty" : "newest changes: \(known)",
      place: place)
  }

  /// The record of a change that exists, when the ledger is as it was written.
  ///
  /// - Throws: `LedgerError` with code `.notProven` when it is not.
  func proven(_ record: ChangeRecord) throws -> ChangeRecord {
    try ledger().provenChange(record.number) ?? record
  }
}
