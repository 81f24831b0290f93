import Foundation
import IndexDesign
import Testing

@testable import Ledger

@Suite struct EvidenceCheckTests {
  private let lines = EvidenceExample.lines()

  private func check(_ lines: [String]) -> EvidenceFinding { check(Array(lines.joined().utf8)) }

  private func check(_ bytes: [UInt8], inPiecesOf length: Int = .max) -> EvidenceFinding {
    var check = EvidenceCheck()
    var rest = bytes[...]
    while !rest.isEmpty {
      check.take(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return check.finish()
  }

  private func hash(of line: Int) -> SHA256Digest? {
    SHA256Digest(hexadecimal: Array(lines[line - 1].utf8)[11..<75])
  }

  /// What is found when all lines before `line` are well.
  private func fault(_ kind: EvidenceFault.Kind, in line: Int) throws -> EvidenceFinding {
    EvidenceFinding(
      lines: line - 1, runs: line > 1 ? 1 : 0, isEnded: line > 5,
      lastHash: try line > 1 ? #require(hash(of: line - 1)) : .zeros,
      first: line > 1 ? EvidenceExample.time(0) : nil,
      last: line > 1 ? EvidenceExample.time([0, 1, 3, 5, 6][line - 2]) : nil,
      fault: EvidenceFault(line: line, kind: kind))
  }

  @Test(arguments: [1, 2, 7, 64, 1000, .max])
  func `a whole file is whole, in pieces of any length`(length: Int) throws {
    #expect(
      check(EvidenceExample.bytes(), inPiecesOf: length)
        == EvidenceFinding(
          lines: 5, runs: 1, isEnded: true, lastHash: try #require(hash(of: 5)),
          first: EvidenceExample.time(0), last: EvidenceExample.time(6)))
  }

  @Test func `several runs follow one another, and one that has no end is told`() {
    let twice = check(EvidenceExample.bytes(EvidenceExample.events + EvidenceExample.events))
    #expect(twice.runs == 2 && twice.lines == 10 && twice.isEnded && twice.fault == nil)
    let open = check(EvidenceExample.bytes(EvidenceExample.events + [.run(EvidenceExample.run)]))
    #expect(open.runs == 2 && open.lines == 6 && !open.isEnded && open.fault == nil)
  }

  @Test(arguments: 1...5) func `one changed letter is told with its line`(line: Int) throws {
    var touched = lines
    touched[line - 1] = touched[line - 1].replacing("2026-11-26T", with: "2026-11-27T")
    let record = touched[line - 1].dropFirst(86).dropLast(2)
    #expect(
      try check(touched)
        == fault(
          .hashDiffers(written: #require(hash(of: line)), actual: SHA256Digest(of: Array(record.utf8))),
          in: line))
  }

  @Test(arguments: 1...5) func `a changed hash is told with its line`(line: Int) throws {
    var touched = lines
    let other = SHA256Digest(of: [])
    touched[line - 1] = touched[line - 1].replacing(
      try #require(hash(of: line)).description, with: other.description)
    #expect(
      try check(touched) == fault(.hashDiffers(written: other, actual: #require(hash(of: line))), in: line))
  }

  @Test(arguments: 1...4) func `a removed line is told where the next one stands`(line: Int) throws {
    var touched = lines
    touched.remove(at: line - 1)
    #expect(try check(touched) == fault(.doesNotFollow(claimed: line + 1), in: line))
  }

  @Test func `a record that was written anew does not carry the next one`() throws {
    var touched = lines
    var other = EvidenceExample.run
    other.operatingSystemUser = "bob"
    touched[0] = EvidenceExample.lines([.run(other)])[0]
    let finding = check(touched)
    #expect(finding.fault == EvidenceFault(line: 2, kind: .doesNotFollow(claimed: 2)))
  }

  @Test func `moved and repeated lines are told`() throws {
    #expect(
      try check([lines[0], lines[2], lines[1], lines[3], lines[4]])
        == fault(.doesNotFollow(claimed: 3), in: 2))
    #expect(try check([lines[0], lines[0]] + lines[1...]) == fault(.doesNotFollow(claimed: 1), in: 2))
    #expect(try check(lines + [lines[4]]) == fault(.doesNotFollow(claimed: 5), in: 6))
  }

  @Test func `a file that was converted to carriage returns is told at its first line`() throws {
    #expect(
      try check(lines.map { $0.replacing("\n", with: "\r\n") }) == fault(.carriageReturn, in: 1))
  }

  @Test(arguments: [
    "\n", "nonsense\n", "\u{0}\n", "\u{0}\u{0}\u{0}\u{0}\n", "{\"sha256\":\"abc\n", "\u{FEFF}{}\n",
  ])
  func `a line that is no JSON is told`(text: String) throws {
    #expect(try check(lines[..<2] + [text] + lines[2...]) == fault(.notJSON, in: 3))
  }

  @Test(arguments: [
    "{}\n", "[1]\n", #"{"sha256":"0","record":{}}"# + "\n",
    #"{ "sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","record":{}}"# + "\n",
  ])
  func `JSON of another kind is told`(text: String) throws {
    #expect(try check(lines[..<2] + [text] + lines[2...]) == fault(.notEvidence, in: 3))
  }

  @Test(arguments: [
    (#"{"line":1,"previous":"0"}"#, EvidenceFault.Kind.notEvidence), ("{}", .notEvidence),
    (#"{"line":1,"previous":"0"#, .notJSON), (#"{"line":1} {}"#, .notJSON),
  ])
  func `a record with the right hash and the wrong form is told`(record: String, kind: EvidenceFault.Kind)
    throws
  {
    let hash = SHA256Digest(of: Array(record.utf8))
    #expect(try check([#"{"sha256":"\#(hash)","record":\#(record)}"# + "\n"]) == fault(kind, in: 1))
  }

  @Test func `a NUL in a record is a change of it`() {
    var bytes = EvidenceExample.bytes()
    bytes[200] = 0
    let finding = check(bytes)
    guard case .hashDiffers? = finding.fault?.kind else {
      Issue.record("\(finding)")
      return
    }
    #expect(finding.fault?.line == 1)
  }

  @Test(arguments: [1, 2, 40, 300]) func `a file that ends in the middle of a line is cut off`(left: Int)
    throws
  {
    var bytes = EvidenceExample.bytes()
    bytes.removeLast(min(left, lines[4].utf8.count - 1))
    #expect(try check(bytes) == fault(.cutOff, in: 5))
  }

  @Test func `an empty file is told`() throws {
    #expect(try check([UInt8]()) == fault(.empty, in: 1))
  }

  @Test func `what never ends is not held`() {
    var check = EvidenceCheck()
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var pieces = 0
    while check.fault == nil, pieces < 10 {
      check.take(zeros)
      pieces += 1
    }
    #expect(pieces == 2)
    #expect(check.finish().fault == EvidenceFault(line: 1, kind: .notEvidence))
  }

  @Test func `a file of 200,000 lines is checked as a stream`() {
    var check = EvidenceCheck()
    var previous = SHA256Digest.zeros
    for number in 1...200_000 {
      let record = Array(#"{"line":\#(number),"previous":"\#(previous)","event":"step"}"#.utf8)
      previous = SHA256Digest(of: record)
      check.take(EntryChain.line(record: record, hash: previous.description))
    }
    let finding = check.finish()
    #expect(finding.fault == nil && finding.lines == 200_000 && finding.lastHash == previous)
  }
}
