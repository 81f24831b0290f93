/// A B-tree design that HypoPG takes for larger than the real index would be.
///
/// From PostgreSQL 13 on a B-tree keeps the rows of equal keys in lists, of which HypoPG knows nothing: with few distinct
/// values the real one is up to four times smaller, and costs so much less where much of it is read.
/// Source: PostgreSQL manual, "Deduplication".
public struct OversizedDesign: Equatable, Sendable {
  /// The design.
  public var design: DesignHandle
  /// HypoPG's estimate.
  public var estimatedSizeInBytes: Int64
  /// About the size of the real index just after it is built.
  public var realSizeInBytes: Int64

  /// What it means for a plan that does not use the design, for the end of a sentence.
  public var words: String {
    "HypoPG takes it for \(NumberText.bytes(estimatedSizeInBytes)), deduplicated the real one has about "
      + "\(NumberText.bytes(realSizeInBytes)) and may win"
  }

  /// Makes it from its facts.
  public init(design: DesignHandle, estimatedSizeInBytes: Int64, realSizeInBytes: Int64) {
    self.design = design
    self.estimatedSizeInBytes = estimatedSizeInBytes
    self.realSizeInBytes = realSizeInBytes
  }
}

/// The entries of a B-tree whose equal keys are kept together.
public struct DeduplicatedEntries: Equatable, Sendable {
  /// How many rows are in the index.
  public var rows: Double
  /// How many different keys they have; of several columns the product is the most that it can be.
  public var distinctKeys: Double
  /// The width of a key in bytes.
  public var keyWidthInBytes: Double

  /// Makes it from its facts.
  public init(rows: Double, distinctKeys: Double, keyWidthInBytes: Double) {
    self.rows = rows
    self.distinctKeys = distinctKeys
    self.keyWidthInBytes = keyWidthInBytes
  }

  /// About the size of the index just after it is built, in bytes.
  ///
  /// A list takes 812 bytes at most, 6 for each row behind a key with 8 bytes in front, which is aligned to 8 and pointed
  /// at by 4; leaves are filled to 90 %.
  /// Source: `maxpostingsize` in PostgreSQL's nbtsort.c, `BTREE_DEFAULT_FILLFACTOR` in nbtree.h.
  public var sizeInBytes: Int64 {
    let key = 8 + ((keyWidthInBytes + 7) / 8).rounded(.down) * 8
    let most = max(1, ((812 - key) / 6).rounded(.down))
    let together = min(rows / max(1, min(distinctKeys, rows)), most)
    let forARow = together < 2 ? key + 4 : (key + 4) / together + 6
    return Int64(rows * forARow / 0.9)
  }
}
