import IndexDesign

/// Entries, each bound to the one before by its hash: the one form of a ledger and of evidence.
///
/// A line is `{"sha256":"…","record":{"line":N,"previous":"…",…}}` and a line feed. The hash is of the
/// record's bytes as they stand there; `previous` is the hash of the line before, zeros in the first.
struct EntryChain: Equatable {
  /// How many lines there are.
  private(set) var lines = 0
  /// The hash of the last one; zeros when there is none.
  private(set) var lastHash = SHA256Digest.zeros

  /// The record of the next entry; its place in the chain is taken when `accept` is called.
  func record(of entry: LedgerEntry) -> (bytes: [UInt8], hash: SHA256Digest) {
    let record = JSONWriter.object {
      $0.member("line", Int64(lines + 1))
      $0.member("previous", lastHash.description)
      entry.write(to: &$0)
    }
    return (record, SHA256Digest(of: record))
  }

  /// A record as a line, with its line feed.
  ///
  /// - Parameter hash: the 64 digits, as they are kept beside it.
  static func line(record: [UInt8], hash: String) -> [UInt8] {
    let line = JSONWriter.object {
      $0.member("sha256", hash)
      $0.name("record")
      $0.document(record)
    }
    return line + [0x0A]
  }

  /// Goes on behind a line with this hash.
  mutating func accept(_ hash: SHA256Digest) {
    lines += 1
    lastHash = hash
  }
}
