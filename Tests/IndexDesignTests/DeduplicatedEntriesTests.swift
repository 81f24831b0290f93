import IndexDesign
import Testing

@Suite struct DeduplicatedEntriesTests {
  struct Built: Sendable {
    let key: String
    let entries: DeduplicatedEntries
    let sizeInBytes: Int64

    init(_ key: String, rows: Double, distinct: Double, width: Double, sizeInBytes: Int64) {
      self.key = key
      entries = DeduplicatedEntries(rows: rows, distinctKeys: distinct, keyWidthInBytes: width)
      self.sizeInBytes = sizeInBytes
    }
  }

  /// Indexes of TPC-H at scale 0.5, as PostgreSQL 15 built them.
  static let built = [
    Built("l_shipmode", rows: 2_999_671, distinct: 7, width: 11, sizeInBytes: 21_168_128),
    Built("l_shipdate", rows: 2_999_671, distinct: 2_526, width: 4, sizeInBytes: 21_577_728),
    Built("l_suppkey", rows: 2_999_671, distinct: 5_000, width: 4, sizeInBytes: 21_307_392),
    Built("l_partkey", rows: 2_999_671, distinct: 100_000, width: 4, sizeInBytes: 22_536_192),
    Built("l_orderkey", rows: 2_999_671, distinct: 750_000, width: 4, sizeInBytes: 38_944_768),
    Built("o_custkey", rows: 750_000, distinct: 50_000, width: 4, sizeInBytes: 6_324_224),
    Built("o_orderdate", rows: 750_000, distinct: 2_406, width: 4, sizeInBytes: 5_234_688),
    Built("c_nationkey", rows: 75_000, distinct: 25, width: 4, sizeInBytes: 548_864),
    Built("c_mktsegment", rows: 75_000, distinct: 5, width: 11, sizeInBytes: 548_864),
    // Not deduplicated.
    Built(
      "l_orderkey, l_linenumber", rows: 2_999_671, distinct: 2_999_671, width: 8, sizeInBytes: 67_403_776),
  ]

  @Test(arguments: built)
  func `the size is about that of the index that was built`(_ built: Built) {
    let share = Double(built.entries.sizeInBytes) / Double(built.sizeInBytes)
    #expect(abs(share - 1) < 0.1, "\(built.key): \(share)")
  }

  @Test func `it is said what HypoPG takes it for and what it is`() {
    let design = OversizedDesign(
      design: DesignHandle(1), estimatedSizeInBytes: 105_799_680, realSizeInBytes: 21_168_128)
    #expect(
      design.words == "HypoPG takes it for 101 MB, deduplicated the real one has about 20 MB and may win")
  }
}
