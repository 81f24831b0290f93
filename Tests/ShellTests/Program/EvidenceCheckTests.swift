import Foundation
import IndexDesign
import Ledger
import Reports
import TestSupport
import Testing

@testable import Shell

/// `hypo evidence check` through the program, in a place where no server is.
@Suite struct EvidenceCheckTests {
  private let hypo: HypoProcess

  init() throws { hypo = try HypoProcess() }

  private static func time(_ second: Int64) -> Timestamp {
    Timestamp(microsecondsSinceEpoch: (1_795_686_600 + second) * 1_000_000)
  }

  private static let events: [LedgerEntry] = [
    .run(
      EvidenceRun(
        started: time(0), hypoVersion: "0.1.0", operatingSystemUser: "ann", host: "bastion",
        notebook: "orders.hypo", notebookDigest: SHA256Digest(of: []))),
    .step(
      EvidenceStep(
        step: 1, notebookLine: 3, command: "status", started: time(1), finished: time(2), outcome: .ok)),
    .end(EvidenceEnd(finished: time(3), exitStatus: 0, steps: [.ok: 1])),
  ]

  /// Leaves a run's record, and gives its lines.
  @discardableResult private func write(
    _ events: [LedgerEntry] = events, to name: String = "e.jsonl"
  ) throws -> [String] {
    let evidence = try EvidenceFile(opening: "\(hypo.folder.path)/\(name)")
    for event in events { try evidence.append(event) }
    return try hypo.folder.read(name).split(separator: "\n").map { "\($0)\n" }
  }

  private func hash(_ line: String) -> String { String(line.dropFirst(11).prefix(64)) }

  @Test func `a whole file is told with its last hash`() throws {
    let lines = try write()
    #expect(
      try hypo.run(["evidence", "check", "e.jsonl"])
        == .init(
          output: """
            file       e.jsonl
            chain      ok
            lines      3
            runs       1
            first      2026-11-26 09:50:00Z
            last       2026-11-26 09:50:03Z
            last hash  \(hash(lines[2]))

            """))
  }

  @Test func `a touched line is told with file, line and what it means`() throws {
    let lines = try write()
    try hypo.folder.write(lines[0] + lines[2], to: "e.jsonl")
    #expect(
      try hypo.run(["evidence", "check", "e.jsonl"])
        == .init(
          output: """
            file          e.jsonl
            chain         FAILED
            lines         1
            runs          1
            first         2026-11-26 09:50:00Z
            last          2026-11-26 09:50:00Z
            last hash     \(hash(lines[0]))
            touched line  2

            line 2: the line does not follow from line 1: a line was removed, inserted or moved

            """,
          errors: """
            e.jsonl:2: error: the line does not follow from line 1: a line was removed, inserted or moved
            detail: It says that it is line 3.
            hint: line 1 is as it was written; compare the rest with a copy

            """, status: 3))
  }

  @Test func `JSON says the same, and flags may stand anywhere`() throws {
    let lines = try write()
    try hypo.folder.write(lines[0] + lines[1].dropLast(), to: "cut.jsonl")
    let whole = """
      {"kind":"evidence check","evidence":{"file":"e.jsonl","chain":"ok","lines":3,"runs":1,\
      "first":"2026-11-26T09:50:00.000000Z","last":"2026-11-26T09:50:03.000000Z",\
      "last hash":"\(hash(lines[2]))"}}

      """
    let touched = """
      {"kind":"evidence check","evidence":{"file":"cut.jsonl","chain":"failed","lines":1,"runs":1,\
      "first":"2026-11-26T09:50:00.000000Z","last":"2026-11-26T09:50:00.000000Z",\
      "last hash":"\(hash(lines[0]))","touched line":2},\
      "notes":[{"weight":"bad","text":"line 2: the line is cut off: no line feed at its end"}]}

      """
    for arguments in [
      ["evidence", "check", "e.jsonl", "cut.jsonl", "--format", "json"],
      ["--format", "json", "evidence", "check", "e.jsonl", "cut.jsonl"],
    ] {
      let run = try hypo.run(arguments)
      #expect(run.output == whole + touched && run.status == 3)
    }
  }

  @Test func `each of several files is checked, whatever is wrong with one before`() throws {
    try write(to: "good.jsonl")
    try hypo.folder.write("", to: "empty.jsonl")
    let run = try hypo.run(["evidence", "check", "nowhere", "empty.jsonl", "good.jsonl", "--format", "csv"])
    #expect(
      run.errors.hasPrefix(
        """
        error: could not read "nowhere": there is no such file or folder
        hint: the path counts from the folder in which hypo was started

        """))
    #expect(run.errors.contains("empty.jsonl:1: error: the file is empty\n"))
    #expect(run.errors.contains("hint: nothing was recorded, or everything was removed\n"))
    #expect(run.output.contains("good.jsonl") && run.status == 3)
  }

  @Test func `a run that has no end is told, and is no failure`() throws {
    try write(Array(Self.events[..<2]))
    let run = try hypo.run(["evidence", "check", "e.jsonl"])
    #expect(
      run.output.hasSuffix(
        "the last run has no end: it still goes on, was stopped, or lines are missing at the end\n"))
    #expect(run.errors == "" && run.status == 0)
  }

  @Test func `a folder cannot be checked`() throws {
    #expect(
      try hypo.run(["evidence", "check", "/tmp"])
        == .init(
          errors: """
            error: could not read "/tmp": it is a folder
            hint: name a file in it

            """, status: 3))
  }

  @Test func `what comes through a pipe is checked, too`() throws {
    try write()
    let text = try hypo.folder.read("e.jsonl")
    let run = try hypo.run(["evidence", "check", "/dev/stdin"], input: text)
    #expect(run.output.contains("chain      ok\n") && run.status == 0)
  }

  @Test(arguments: [
    (
      ["evidence"], "evidence needs what to do with it: hypo evidence check FILE",
      "hypo evidence check FILE [FILE …]"
    ),
    (
      ["evidence", "check"], "Missing expected argument '<FILE> ...'",
      "hypo evidence check [FLAGS] FILE [FILE …]"
    ),
    (["evidence", "mend"], "Unexpected argument 'mend'", "hypo evidence check [FLAGS] FILE [FILE …]"),
  ])
  func `a wrong call says how it is called`(arguments: [String], message: String, usage: String) throws {
    let run = try hypo.run(arguments)
    #expect(run.output == "" && run.status == 1)
    #expect(run.errors.hasPrefix("Error: \(message)\n"))
    #expect(run.errors.contains(" \(usage)\n"))
  }
}
