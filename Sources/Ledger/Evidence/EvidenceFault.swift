/// The first line of an evidence file that is not as hypo wrote it.
public struct EvidenceFault: Equatable, Sendable {
  /// In which way it is not.
  public enum Kind: Equatable, Sendable {
    /// The record does not have the hash that stands before it.
    case hashDiffers(written: SHA256Digest, actual: SHA256Digest)
    /// The record is whole, and belongs somewhere else: it says that it is this line.
    case doesNotFollow(claimed: Int)
    /// The bytes are no JSON.
    case notJSON
    /// They are something else, such as JSON of another kind.
    case notEvidence
    /// A carriage return stands before the line feed.
    case carriageReturn
    /// The file ends in the middle of the line, without a line feed.
    case cutOff
    /// There is no line at all.
    case empty
  }

  /// The number of the line, from 1.
  public var line: Int
  /// What is wrong with it.
  public var kind: Kind

  /// What is wrong, one sentence without a final full stop.
  public var message: String {
    switch kind {
    case .hashDiffers: "the record was changed: it does not have the hash that is written before it"
    case .doesNotFollow where line == 1: "the beginning is missing: the line is not a first line"
    case .doesNotFollow:
      "the line does not follow from line \(line - 1): a line was removed, inserted or moved"
    case .notJSON: "the line is not JSON"
    case .notEvidence: "the line is not a line of evidence"
    case .carriageReturn: "the line ends with a carriage return"
    case .cutOff: "the line is cut off: no line feed at its end"
    case .empty: "the file is empty"
    }
  }

  /// The facts behind it; nil when the message says all.
  public var detail: String? {
    switch kind {
    case .hashDiffers(let written, let actual): "The line says \(written), the record has \(actual)."
    case .doesNotFollow(let claimed): "It says that it is line \(claimed)."
    case .notJSON, .notEvidence, .carriageReturn, .cutOff, .empty: nil
    }
  }

  /// What it means for who reads the file.
  public var hint: String {
    switch kind {
    case .carriageReturn: "another program has converted the file; check a copy that was not"
    case .cutOff:
      "hypo or its machine was stopped while it wrote, or the end was removed; " + before
    case .empty: "nothing was recorded, or everything was removed"
    case .hashDiffers, .doesNotFollow, .notJSON, .notEvidence: before
    }
  }

  private var before: String {
    switch line {
    case 1: "nothing in the file is proven; compare it with a copy"
    case 2: "line 1 is as it was written; compare the rest with a copy"
    default: "lines 1 to \(line - 1) are as they were written; compare the rest with a copy"
    }
  }
}
