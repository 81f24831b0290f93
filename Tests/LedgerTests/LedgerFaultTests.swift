import Foundation
import IndexDesign
import Ledger
import TestSupport
import Testing

/// Each write, sync and cut that Storage or SQLite makes for a ledger or for evidence fails once.
///
/// Source: SQLite's `ioerr.test`.
@Suite struct LedgerFaultTests {
  @Test(arguments: FaultyDisk.Kind.allCases)
  func `what the ledger said is written is there, and what it did not say is there whole or not at all`(
    kind: FaultyDisk.Kind
  ) throws {
    let calls = try FaultyDisk.forEachCall { n in
      let folder = try TemporaryFolder()
      let ledger = Ledger(path: folder.ledgerPath)
      try ledger.record(Example.intent(), Example.built)
      var begun: ChangeNumber?
      var isFinished = false
      let (result, isHit) = FaultyDisk.failing(n, kind) {
        let number = try ledger.begin(Example.intent(.retire))
        begun = number
        try ledger.finish(number, with: Example.dropped)
        isFinished = true
      }
      if case .failure(let error) = result { #expect(error is LedgerError, "call \(n): \(error)") }
      try check(folder, begun, isFinished: isFinished, call: n)
      // The session goes on, and so does another one.
      let next = try ledger.begin(Example.intent(.retire))
      try Ledger(path: folder.ledgerPath).finish(next, with: Example.dropped)
      #expect(try ledger.change(next)?.state == .retired)
      return isHit
    }
    #expect(calls >= 4, "only \(calls) calls were seen")
  }

  private func check(
    _ folder: TemporaryFolder, _ begun: ChangeNumber?, isFinished: Bool, call: Int
  ) throws {
    let reader = Ledger(path: folder.ledgerPath)
    let changes = try reader.changes()
    #expect(
      changes.last?.intent == Example.intent() && changes.last?.outcome == Example.built, "call \(call)")
    for change in changes.dropLast() { #expect(change.intent == Example.intent(.retire), "call \(call)") }
    if let begun { #expect(changes.contains { $0.number == begun }, "call \(call)") }
    if isFinished { #expect(changes.first?.outcome == Example.dropped, "call \(call)") }
    let findings = try reader.verify()
    #expect(!findings.contains { $0.outcome == .stop }, "call \(call): \(findings)")
  }

  @Test(arguments: FaultyDisk.Kind.allCases)
  func `a ledger whose making fails is begun by the next session`(kind: FaultyDisk.Kind) throws {
    let calls = try FaultyDisk.forEachCall { n in
      let folder = try TemporaryFolder()
      let (result, isHit) = FaultyDisk.failing(n, kind) {
        try Ledger(path: folder.ledgerPath).begin(Example.intent())
      }
      let ledger = Ledger(path: folder.ledgerPath)
      let before = try ledger.changes()
      if case .success(let number) = result { #expect(before.map(\.number) == [number], "call \(n)") }
      #expect(before.allSatisfy { $0.intent == Example.intent() }, "call \(n)")
      let next = try ledger.begin(Example.intent(.retire))
      #expect(try ledger.change(next)?.intent == Example.intent(.retire))
      return isHit
    }
    #expect(calls >= 4, "only \(calls) calls were seen")
  }

  @Test(arguments: FaultyDisk.Kind.allCases)
  func `evidence holds whole lines only, and its run goes on`(kind: FaultyDisk.Kind) throws {
    let calls = try FaultyDisk.forEachCall { n in
      let folder = try TemporaryFolder()
      let path = "\(folder.path)/e.jsonl"
      let evidence = try EvidenceFile(opening: path)
      try evidence.append(EvidenceExample.events[0])
      var written = 1
      let (_, isHit) = FaultyDisk.failing(n, kind) {
        for event in EvidenceExample.events[1...2] {
          try evidence.append(event)
          written += 1
        }
      }
      try evidence.append(EvidenceExample.events[4])
      var check = EvidenceCheck()
      check.take(Array(try Data(contentsOf: URL(filePath: path))))
      let finding = check.finish()
      #expect(
        finding.fault == nil && finding.lines == written + 1 && finding.isEnded, "call \(n): \(finding)")
      return isHit
    }
    #expect(calls >= 4, "only \(calls) calls were seen")
  }
}
