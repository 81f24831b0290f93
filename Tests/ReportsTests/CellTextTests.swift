import IndexDesign
import Testing

@testable import Reports

@Suite struct CellTextTests {
  @Test(arguments: [
    ("2026-11-22T17:29:19.123456Z", "2026-11-22 17:29:19Z"), ("2026-11-22T17:29:19Z", "2026-11-22 17:29:19Z"),
    ("never", "never"),
  ])
  func `a time is shown to the second`(exact: String, shown: String) {
    #expect(CellText.plain(.timestamp(exact)) == shown)
  }

  @Test(arguments: [
    (0, "0.00 ms"), (0.004, "0.00 ms"), (0.42, "0.42 ms"), (9.99, "9.99 ms"), (9.994, "9.99 ms"),
    (9.996, "10 ms"), (10, "10 ms"), (37.4, "37 ms"), (999.4, "999 ms"), (999.5, "1.0 s"), (999.95, "1.0 s"),
    (1_000, "1.0 s"), (1_249, "1.2 s"), (59_940, "59.9 s"), (59_960, "1 min 0 s"), (60_000, "1 min 0 s"),
    (200_000, "3 min 20 s"), (3_599_400, "59 min 59 s"), (3_599_600, "1 h 0 min"), (3_600_000, "1 h 0 min"),
    (7_500_000, "2 h 5 min"), (172_799_400, "47 h 59 min"), (172_799_600, "2 days 0 h"),
    (3.6e9, "41 days 16 h"), (1e300, "–"), (-5, "−5.00 ms"), (-1_500, "−1.5 s"),
    (-200_000, "−3 min 20 s"), (-0.001, "0.00 ms"), (.nan, "–"), (.infinity, "–"), (-.infinity, "–"),
  ])
  func `a length of time has the unit that a person would use`(milliseconds: Double, text: String) {
    #expect(CellText.plain(.milliseconds(milliseconds)) == text)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (8_192, "8192 bytes"), (10_239, "10239 bytes"), (10_240, "10 kB"),
    (10_752, "11 kB"), (32_505_856, "31 MB"), (10_484_735, "10,239 kB"), (10_485_759, "10 MB"),
    (10_485_760, "10 MB"), (10_737_418_240, "10 GB"), (10_995_116_277_760, "10 TB"),
    (.max, "8,388,608 TB"), (.min, "−8,388,608 TB"), (-1, "−1 byte"), (-8_192, "−8192 bytes"),
    (-10_240, "−10 kB"),
  ])
  func `a size has the unit that the server would use`(bytes: Int64, text: String) {
    #expect(CellText.plain(.bytes(bytes)) == text)
  }

  @Test(arguments: [
    (0, "0.00"), (0.01, "0.01"), (8.31, "8.31"), (99.99, "99.99"), (99.996, "100.0"), (399.75, "399.8"),
    (999.94, "999.9"), (999.96, "1,000"), (24_218.35, "24,218"), (1_234_567.8, "1,234,568"),
    (-0.001, "0.00"), (-12.5, "−12.50"), (-24_218.35, "−24,218"), (.nan, "–"), (.infinity, "–"),
  ])
  func `a cost has as many digits as help`(units: Double, text: String) {
    #expect(CellText.plain(.cost(PlannerCost(units))) == text)
    #expect(CellText.plain(.number(units)) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (-1_000, "−1,000"), (.max, "9,223,372,036,854,775,807"),
    (.min, "−9,223,372,036,854,775,808"),
  ])
  func `a count has its thousands apart`(count: Int64, text: String) {
    #expect(CellText.plain(.integer(count)) == text)
  }

  @Test(arguments: [
    (0, "0"), (0.4, "0"), (56, "56"), (20_000, "20,000"), (1e15, "1,000,000,000,000,000"), (-0.2, "0"),
    (.nan, "–"), (.infinity, "–"),
  ])
  func `rows are whole`(rows: Double, text: String) {
    #expect(CellText.plain(.rows(rows)) == text)
  }

  @Test(arguments: [
    (0, "0.0 %"), (0.962, "96.2 %"), (-0.962, "−96.2 %"), (1, "100.0 %"), (12.5, "1,250.0 %"),
    (-0.0001, "0.0 %"), (0.9996, "100.0 %"), (.nan, "–"), (-.infinity, "–"),
  ])
  func `a share is per cent and a change has its sign`(share: Double, text: String) {
    #expect(CellText.plain(.share(share)) == text)
  }

  @Test func `other values are what they are`() {
    let cells: [(Cell, String)] = [
      (.missing, "–"), (.text("a\nb"), "a\nb"), (.identifier("orders"), "orders"), (.handle("%1"), "%1"),
      (.boolean(true), "yes"),
      (.boolean(false), "no"), (.value("1.50", isNumber: true), "1.50"), (.outcome(.ok), "ok"),
      (.outcome(.warning), "warning"), (.outcome(.stop), "FAILED"), (.outcome(.notApplicable), "n/a"),
      (.outcome(.lookYourself), "check yourself"),
    ]
    for (cell, text) in cells { #expect(CellText.plain(cell) == text) }
  }

  @Test func `SQL stands on one line and keeps what its quotes hold when it has one`() {
    #expect(CellText.plain(.sql("select 1\n  from\tt")) == "select 1 from t")
    #expect(CellText.plain(.sql("select 'a  b'")) == "select 'a  b'")
  }
}
