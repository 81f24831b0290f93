import Foundation
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

extension Workspace {
  /// What somebody has to look after of the person's own work on the session's database: changes without a known
  /// ending, and invalid indexes that they left.
  ///
  /// A ledger that cannot be read is one such thing, and no failure.
  func openChanges() -> [Finding] {
    guard let session else { return [] }
    do {
      let open = try ledger().open()
      guard !open.isEmpty else { return [] }
      // In a failed transaction nothing can be asked.
      guard let server = try? session.fingerprint() else { return [] }
      return open.filter { $0.intent.isWork(of: NSUserName(), on: server) }.map(\.openFinding)
    } catch {
      let failure = Failure(error)
      return [Finding("ledger", .warning, failure.message, fix: failure.hint)]
    }
  }

  /// What of the ledger is not as it was written; empty when all is, and when it cannot be read, which is told with
  /// what is open.
  func ledgerFaults() -> [Finding] {
    let findings = (try? ledger().verify()) ?? []
    return findings.filter { $0.outcome == .stop }.map {
      Finding("ledger", .stop, "\($0.name): \($0.fact)", reason: $0.reason, fix: $0.fix)
    }
  }

  /// The record of a change.
  ///
  /// - Throws: `Failure` that lists the changes that exist.
  func record(of number: ChangeNumber, at place: Failure.Place?) throws -> ChangeRecord {
    if let record = try ledger().change(number) { return record }
    let known = try ledger().listing(limit: 10).map { String($0.number.number) }.joined(separator: ", ")
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

extension Finding {
  /// What was found and what to do about it, in one line.
  var sentence: String { fact + (fix.map { ": \($0)" } ?? "") }
}

extension ChangeRecord {
  /// What has to be looked after, and the command for it.
  fileprivate var openFinding: Finding {
    let name = "\(number) (\(intent.indexName))"
    if hasLeftover {
      let undone: ChangeNumber =
        if case .rollback(let undone) = intent.kind { undone } else { number }
      return Finding(
        "open change", .warning, "\(name) left an invalid index", fix: "rollback \(undone) drops it"
      )
    }
    return Finding(
      "open change", .warning, "\(name) has no recorded ending",
      fix: "changes settle \(number.number) looks at the server and writes down what it finds")
  }
}
