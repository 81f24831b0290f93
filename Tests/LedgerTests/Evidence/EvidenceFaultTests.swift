import Testing

@testable import Ledger

@Suite struct EvidenceFaultTests {
  static let zeros = String(repeating: "0", count: 64)
  static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  static let nothing = "nothing in the file is proven; compare it with a copy"
  static let rest = "lines 1 to 6 are as they were written; compare the rest with a copy"

  static let cases: [(line: Int, EvidenceFault.Kind, message: String, detail: String?, hint: String)] = [
    (
      7, .hashDiffers(written: .zeros, actual: SHA256Digest(of: [])),
      "the record was changed: it does not have the hash that is written before it",
      "The line says \(zeros), the record has \(empty).", rest
    ),
    (
      7, .doesNotFollow(claimed: 9),
      "the line does not follow from line 6: a line was removed, inserted or moved",
      "It says that it is line 9.", rest
    ),
    (
      1, .doesNotFollow(claimed: 4), "the beginning is missing: the line is not a first line",
      "It says that it is line 4.", nothing
    ),
    (
      2, .notJSON, "the line is not JSON", nil,
      "line 1 is as it was written; compare the rest with a copy"
    ),
    (7, .notEvidence, "the line is not a line of evidence", nil, rest),
    (
      1, .carriageReturn, "the line ends with a carriage return", nil,
      "another program has converted the file; check a copy that was not"
    ),
    (
      7, .cutOff, "the line is cut off: no line feed at its end", nil,
      "hypo or its machine was stopped while it wrote, or the end was removed; " + rest
    ),
    (1, .empty, "the file is empty", nil, "nothing was recorded, or everything was removed"),
  ]

  @Test(arguments: cases.indices) func `each fault has its words and says what they mean`(index: Int) {
    let (line, kind, message, detail, hint) = Self.cases[index]
    let fault = EvidenceFault(line: line, kind: kind)
    #expect([fault.message, fault.detail, fault.hint] == [message, detail, hint])
  }
}
