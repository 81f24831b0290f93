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

  @Test(arguments: [1e25, .infinity, .nan])
  func `a table of any number of rows has a size`(rows: Double) {
    #expect(DeduplicatedEntries(rows: rows, distinctKeys: 2, keyWidthInBytes: 4).sizeInBytes == .max)
  }

  /// Indexes with an entry for each row, as PostgreSQL 15 built them.
  static let plain = [
    Built("id INCLUDE (org_id)", rows: 40_000, distinct: 40_000, width: 8, sizeInBytes: 112 * 8_192),
    Built("created_at, id", rows: 200_000, distinct: 200_000, width: 16, sizeInBytes: 772 * 8_192),
    Built("id, cust_id", rows: 200_000, distinct: 200_000, width: 12, sizeInBytes: 772 * 8_192),
  ]

  @Test(arguments: plain)
  func `without shared entries it is very near`(_ built: Built) {
    let share = Double(built.entries.sizeInBytes) / Double(built.sizeInBytes)
    #expect(abs(share - 1) < 0.04, "\(built.key): \(share)")
    #expect(!built.entries.isDeduplicated)
  }

  @Test func `half full leaves take twice the room`() {
    let full = DeduplicatedEntries(rows: 9_000, distinctKeys: 9_000, keyWidthInBytes: 8, fillFactor: 1)
    let half = DeduplicatedEntries(rows: 9_000, distinctKeys: 9_000, keyWidthInBytes: 8, fillFactor: 0.5)
    #expect(full.sizeInBytes == 180_000)
    #expect(half.sizeInBytes == 360_000)
  }

  @Test(arguments: [
    (OversizedDesign.Packing.deduplicated, "deduplicated the real one has about 20 MB"),
    (.entryForEachRow, "the real one has about 20 MB"), (.atBest, "the real one has at least about 20 MB"),
  ])
  func `it is said what HypoPG takes it for and what it is`(
    _ packing: OversizedDesign.Packing, _ real: String
  ) {
    let design = OversizedDesign(
      design: DesignHandle(1), estimatedSizeInBytes: 105_799_680, realSizeInBytes: 21_168_128,
      packing: packing)
    #expect(design.words == "HypoPG takes it for 101 MB, \(real) and may win")
  }
}
