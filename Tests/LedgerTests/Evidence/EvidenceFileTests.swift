import Foundation
import IndexDesign
import TestSupport
import Testing

@testable import Ledger

@Suite struct EvidenceFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/state/hypo/evidence/e.jsonl"
  }

  private func contents() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  private func write(_ bytes: [UInt8]) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/state/hypo/evidence", withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: path))
  }

  @Test func `a run is written line by line into a file of one's own`() throws {
    let evidence = try EvidenceFile(opening: path)
    #expect(evidence.path == path && evidence.lastHash == .zeros)
    var written: [Int] = []
    for event in EvidenceExample.events {
      try evidence.append(event)
      written.append(try contents().count)
    }
    #expect(try contents() == EvidenceExample.bytes())
    var length = 0
    #expect(
      written
        == EvidenceExample.lines().map { line in
          length += line.utf8.count
          return length
        })
    #expect(EvidenceExample.lines()[4].contains(evidence.lastHash.description))
    #expect(try folder.mode("state/hypo/evidence/e.jsonl") == 0o600)
    for name in ["state", "state/hypo", "state/hypo/evidence"] { #expect(try folder.mode(name) == 0o700) }
  }

  @Test func `a later run goes on behind an earlier one`() throws {
    do {
      let first = try EvidenceFile(opening: path)
      for event in EvidenceExample.events { try first.append(event) }
    }
    do {
      let second = try EvidenceFile(opening: path)
      #expect(EvidenceExample.lines()[4].contains(second.lastHash.description))
      for event in EvidenceExample.events { try second.append(event) }
    }
    #expect(try contents() == EvidenceExample.bytes(EvidenceExample.events + EvidenceExample.events))
  }

  @Test func `an empty file is begun`() throws {
    try write([])
    try EvidenceFile(opening: path).append(EvidenceExample.events[0])
    #expect(try contents() == Array(EvidenceExample.lines()[0].utf8))
  }

  @Test func `two runs cannot write to one file`() throws {
    do {
      let first = try EvidenceFile(opening: path)
      try first.append(EvidenceExample.events[0])
      #expect(
        throws: LedgerError(
          .busy, "could not lock the evidence \"\(path)\": another process writes to it",
          hint: "wait until it has ended, or name another file")
      ) { try EvidenceFile(opening: path) }
      try first.append(EvidenceExample.events[1])
    }
    let second = try EvidenceFile(opening: path)
    try second.append(EvidenceExample.events[2])
    #expect(try contents() == EvidenceExample.bytes(Array(EvidenceExample.events[..<3])))
  }

  @Test func `nothing is added to a file that was touched`() throws {
    var lines = EvidenceExample.lines()
    lines.remove(at: 1)
    let touched = Array(lines.joined().utf8)
    try write(touched)
    #expect(
      throws: LedgerError(
        .damaged,
        "cannot add to the evidence \"\(path)\": line 2: the line does not follow from line 1: a line was "
          + "removed, inserted or moved", detail: "It says that it is line 3.",
        hint: "keep the file as it is and name another one for this run")
    ) { try EvidenceFile(opening: path) }
    #expect(try contents() == touched)
  }

  @Test func `nothing is added to a file that was cut off`() throws {
    try write(EvidenceExample.bytes().dropLast())
    #expect(
      throws: LedgerError(
        .damaged,
        "cannot add to the evidence \"\(path)\": line 5: the line is cut off: no line feed at its end",
        hint: "keep the file as it is and name another one for this run")
    ) { try EvidenceFile(opening: path) }
  }

  @Test func `nothing is written where nothing may be written`() throws {
    try folder.setMode(0o555, of: "")
    #expect(
      throws: LedgerError(
        .cannotOpen, "could not make the folder \"\(folder.path)/state\": permission denied",
        hint: "make the file and its folder writable, or name another file", underlying: "Permission denied")
    ) { try asNobody { try EvidenceFile(opening: path) } }
    #expect(
      throws: LedgerError(
        .cannotOpen, "could not open the evidence \"\(folder.path)/e.jsonl\": permission denied",
        hint: "make the file and its folder writable, or name another file", underlying: "Permission denied")
    ) { try asNobody { try EvidenceFile(opening: "\(folder.path)/e.jsonl") } }
    #expect(try folder.contents().isEmpty)
  }

  @Test func `a file that may only be read is refused`() throws {
    try write(EvidenceExample.bytes())
    try folder.setMode(0o444, of: "state/hypo/evidence/e.jsonl")
    #expect(
      throws: LedgerError(
        .cannotOpen, "could not open the evidence \"\(path)\": permission denied",
        hint: "make the file and its folder writable, or name another file", underlying: "Permission denied")
    ) { try asNobody { try EvidenceFile(opening: path) } }
  }

  @Test func `a folder and a device are no files`() throws {
    #expect(
      throws: LedgerError(
        .cannotOpen, "could not open the evidence \"\(folder.path)\": it is a folder",
        hint: "make the file and its folder writable, or name another file", underlying: "Is a directory")
    ) { try EvidenceFile(opening: folder.path) }
    #expect(
      throws: LedgerError(
        .cannotOpen, "cannot write evidence to \"/dev/null\": it is no file",
        hint: "name a file: it must be possible to read it again")
    ) { try EvidenceFile(opening: "/dev/null") }
  }

  @Test(arguments: [
    ("examples/orders.hypo", "orders"), ("a b/Größe (1).txt", "Größe__1_.txt"), ("-", "-"), ("/", "notebook"),
    (".hypo", "notebook"), ("\u{1B}[2J", "__2J"),
    (String(repeating: "x", count: 300), String(repeating: "x", count: 60)),
  ])
  func `a run without a name of its own finds one beside the ledger`(notebook: String, name: String) throws {
    #expect(
      try EvidenceFile.defaultPath(
        environment: ["XDG_STATE_HOME": "/s"], started: EvidenceExample.time(0), notebook: notebook,
        process: 42)
        == "/s/hypo/evidence/2026-11-26T095000Z-\(name)-42.jsonl")
  }

  @Test func `without a home there is no place`() throws {
    #expect(
      throws: LedgerError(
        .noPlace, "could not find a place for the evidence: neither XDG_STATE_HOME nor HOME is set",
        hint: "set XDG_STATE_HOME to a folder of yours")
    ) {
      try EvidenceFile.defaultPath(environment: [:], started: EvidenceExample.time(0), notebook: "a.hypo")
    }
  }
}
