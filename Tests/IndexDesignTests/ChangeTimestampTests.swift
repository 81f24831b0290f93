import Foundation
import IndexDesign
import Testing

@Suite struct ChangeTimestampTests {
  @Test(arguments: [
    (0.0, "1970-01-01T00:00:00.000000Z"),
    (-0.000001, "1969-12-31T23:59:59.999999Z"),
    (951_782_400.5, "2000-02-29T00:00:00.500000Z"),
    (1_767_225_599.0, "2025-12-31T23:59:59.000000Z"),
    (-2_203_891_200.0, "1900-03-01T00:00:00.000000Z"),
  ])
  func `a point in time reads as ISO 8601 and back`(seconds: Double, text: String) {
    let timestamp = Timestamp(secondsSinceEpoch: seconds)
    #expect(timestamp.description == text)
    #expect(Timestamp(text) == timestamp)
    #expect(timestamp.secondsSinceEpoch == seconds)
  }

  @Test func `days of five centuries agree with Foundation`() {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    for day in stride(from: -100_000, through: 80_000, by: 37) {
      let seconds = Double(day) * 86_400
      let timestamp = Timestamp(secondsSinceEpoch: seconds)
      let text = Date(timeIntervalSince1970: seconds).formatted(format)
      #expect(timestamp.description == "\(text)T00:00:00.000000Z")
      #expect(Timestamp("\(text)T00:00:00Z") == timestamp)
    }
  }

  @Test(arguments: [
    "", "2026-01-01", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00.12Z", "2026-01-01 00:00:00Z",
    "2026-01-01T00:00:00+01", "20a6-01-01T00:00:00Z", "2026-00-10T00:00:00Z",
  ])
  func `what is no time stamp is not read`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `a time stamp is exact to the microsecond`() {
    let timestamp = Timestamp(microsecondsSinceEpoch: 1_767_225_599_123_457)
    #expect(timestamp.description == "2025-12-31T23:59:59.123457Z")
    #expect(Timestamp("2025-12-31T23:59:59.123457Z") == timestamp)
  }

  @Test func `time runs forward`() {
    #expect(Timestamp(secondsSinceEpoch: 1) < Timestamp(secondsSinceEpoch: 1.000001))
    #expect(Timestamp(secondsSinceEpoch: .infinity).microsecondsSinceEpoch == .max)
  }
}
