import IndexDesign

@testable import Ledger

/// A run of one notebook, event by event.
enum EvidenceExample {
  static func time(_ second: Int) -> Timestamp {
    Timestamp(microsecondsSinceEpoch: (1_795_686_600 + Int64(second)) * 1_000_000)
  }

  static let run = EvidenceRun(
    started: time(0), hypoVersion: "0.1.0", operatingSystemUser: "ann", host: "bastion",
    notebook: "examples/orders.hypo", notebookDigest: SHA256Digest(of: Array("abc".utf8)),
    title: "Orders of a customer", ticket: "CHG-1042", arguments: ["--set", "table=orders"])

  static let connection = EvidenceConnection(connected: time(1), target: Example.server)

  static var promote: EvidenceStep {
    var step = EvidenceStep(
      step: 3, notebookLine: 14, command: "promote %1", started: time(2), finished: time(3), outcome: .ok)
    step.statements = [
      EvidenceStatement(
        sent: time(2), connection: .analysis, text: "SELECT $1, $2 / 2", values: ["a\nb", nil]),
      EvidenceStatement(sent: time(3), connection: .watch, text: "SELECT 1", times: 7),
    ]
    step.plans = [
      EvidencePlans(
        of: "@1", before: "[\n  {\"Plan\": {\"Total Cost\": 12.30}}\n]", after: "no JSON")
    ]
    step.change = ChangeNumber(7)
    return step
  }

  static var failure: EvidenceStep {
    var step = EvidenceStep(
      step: 4, notebookLine: 20, command: "explain @9", started: time(4), finished: time(5), outcome: .failed)
    step.remarks = ["line 20 says nothing of it"]
    step.error = ChangeFailure(message: "no \"nope\"", sqlState: "42P01", detail: "d", hint: "h")
    return step
  }

  static let end = EvidenceEnd(finished: time(6), exitStatus: 3, steps: [.ok: 1, .failed: 1])

  static let events: [LedgerEntry] = [
    .run(run), .connected(connection), .step(promote), .step(failure), .end(end),
  ]

  /// The bytes of a file with these events.
  static func bytes(_ events: [LedgerEntry] = events) -> [UInt8] {
    lines(events).flatMap { Array($0.utf8) }
  }

  /// Each line of a file with these events, its line feed with it.
  static func lines(_ events: [LedgerEntry] = events) -> [String] {
    var chain = EntryChain()
    return events.map { event in
      let (record, hash) = chain.record(of: event)
      chain.accept(hash)
      return String(decoding: EntryChain.line(record: record, hash: hash.description), as: UTF8.self)
    }
  }
}
