/// A B-tree design that HypoPG takes for larger than the real index would be.
///
/// From PostgreSQL 13 on a B-tree keeps the rows of equal keys in lists, of which HypoPG knows nothing: with few distinct
/// values the real one is up to four times smaller, and costs so much less where much of it is read. HypoPG adds 8 bytes for
/// each column and room to grow, too, so that one of several columns is half as large again as the real one.
/// Source: PostgreSQL manual, "Deduplication"; `hypo_estimate_index` in HypoPG's hypopg_index.c.
public struct OversizedDesign: Equatable, Sendable {
  /// How sure the size of the real index is.
  public enum Packing: Equatable, Sendable {
    /// Each row has an entry of its own.
    case entryForEachRow
    /// Rows of equal keys share one, and how many keys there are is known.
    case deduplicated
    /// The size is the least that it can be: of several keys together, of an expression, or of the keys in a part of the
    /// table, nothing is known.
    case atBest
    /// Nothing is known of the size.
    case unknown
  }

  /// The design.
  public var design: DesignHandle
  /// HypoPG's estimate.
  public var estimatedSizeInBytes: Int64
  /// About the size of the real index just after it is built; 0 when nothing is known of it.
  public var realSizeInBytes: Int64
  /// What that size is of.
  public var packing: Packing

  /// What it means for a plan that does not use the design, for the end of a sentence.
  public var words: String {
    let size = NumberText.bytes(realSizeInBytes)
    let real =
      switch packing {
      case .entryForEachRow: "the real one has about \(size) and may win"
      case .deduplicated: "deduplicated the real one has about \(size) and may win"
      case .atBest: "the real one has at least about \(size) and may win"
      case .unknown: "how large the real one would be is not known, and it may win"
      }
    return "HypoPG takes it for \(NumberText.bytes(estimatedSizeInBytes)), \(real)"
  }

  /// Makes it from its facts.
  public init(design: DesignHandle, estimatedSizeInBytes: Int64, realSizeInBytes: Int64, packing: Packing) {
    self.design = design
    self.estimatedSizeInBytes = estimatedSizeInBytes
    self.realSizeInBytes = realSizeInBytes
    self.packing = packing
  }
}

/// The entries of a B-tree; rows of equal keys share one, so that without deduplication there are as many keys as rows.
public struct DeduplicatedEntries: Equatable, Sendable {
  /// How many rows are in the index.
  public var rows: Double
  /// How many different keys they have; of several columns it is between the most that one of them has and the product.
  public var distinctKeys: Double
  /// The width of an entry's columns in bytes.
  public var keyWidthInBytes: Double
  /// The share to which leaves are filled.
  public var fillFactor: Double

  /// Makes it from its facts.
  public init(rows: Double, distinctKeys: Double, keyWidthInBytes: Double, fillFactor: Double = 0.9) {
    self.rows = rows
    self.distinctKeys = distinctKeys
    self.keyWidthInBytes = keyWidthInBytes
    self.fillFactor = fillFactor
  }

  /// Whether enough rows share a key that it pays to keep them together.
  public var isDeduplicated: Bool { together >= 2 }

  /// About the size of the index just after it is built, in bytes.
  ///
  /// A list takes 812 bytes at most, 6 for each row behind a key with 8 bytes in front, which is aligned to 8 and pointed
  /// at by 4.
  /// Source: `maxpostingsize` in PostgreSQL's nbtsort.c, `BTREE_DEFAULT_FILLFACTOR` in nbtree.h.
  public var sizeInBytes: Int64 {
    // Statistics can be anything: whoever owns a table may write them.
    let bytes = rows * (isDeduplicated ? (key + 4) / together + 6 : key + 4) / fillFactor
    return bytes < 0x1p62 ? Int64(bytes) : .max
  }

  private var key: Double { 8 + ((keyWidthInBytes + 7) / 8).rounded(.down) * 8 }

  private var together: Double {
    min(rows / max(1, min(distinctKeys, rows)), max(1, ((812 - key) / 6).rounded(.down)))
  }
}
