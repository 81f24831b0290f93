/// The lines of an evidence file, each bound to the one before by its hash.
///
/// A line is `{"sha256":"…","record":{"line":N,"previous":"…",…}}` and a line feed. The hash is of the
/// record's bytes as they stand there; `previous` is the hash of the line before, zeros in the first.
struct EvidenceChain: Equatable {
  /// How many lines there are.
  private(set) var lines = 0
  /// The hash of the last one; zeros when there is none.
  private(set) var lastHash = SHA256Digest.zeros

  /// Makes the next line of an event; its place in the chain is taken when `accept` is called.
  func line(of event: EvidenceEvent) -> (bytes: [UInt8], hash: SHA256Digest) {
    let record = JSONText.object {
      $0.member("line", Int64(lines + 1))
      $0.member("previous", lastHash.description)
      event.write(to: &$0)
    }
    let hash = SHA256Digest(of: record)
    return (Self.head + hash.digits + Self.middle + record + Array("}\n".utf8), hash)
  }

  /// Goes on behind a line with this hash.
  mutating func accept(_ hash: SHA256Digest) {
    lines += 1
    lastHash = hash
  }

  static let head = Array(#"{"sha256":""#.utf8)
  static let middle = Array(#"","record":"#.utf8)
}
