import Foundation
import IndexDesign
import Testing

@Suite struct ChangeOutcomeTests {
  static let results: [(ChangeOutcome.Result, json: String, sentence: String)] = [
    (
      .built(objectID: 16_432, sizeInBytes: 31_000_000),
      #"{"built":{"objectID":16432,"sizeInBytes":31000000}}"#,
      "the index was built and is valid (object id 16432, 30 MB)"
    ),
    (
      .alreadyThere(objectID: 5, isValid: true), #"{"alreadyThere":{"isValid":true,"objectID":5}}"#,
      "nothing was built: a valid index of that name was there before (object id 5)"
    ),
    (
      .alreadyThere(objectID: 5, isValid: false), #"{"alreadyThere":{"isValid":false,"objectID":5}}"#,
      "nothing was built: an invalid index of that name was there before (object id 5)"
    ),
    (
      .leftInvalidAndDropped(reason: "cancelled"), #"{"leftInvalidAndDropped":{"reason":"cancelled"}}"#,
      "the build failed and its invalid index was dropped: cancelled"
    ),
    (
      .leftInvalidNotOurs(objectID: 5), #"{"leftInvalidNotOurs":{"objectID":5}}"#,
      "an invalid index of that name that is not ours is there and was left alone (object id 5)"
    ),
    (
      .leftInvalidStaying(objectID: 5, reason: "connection lost"),
      #"{"leftInvalidStaying":{"objectID":5,"reason":"connection lost"}}"#,
      "an invalid index (object id 5) is still there: connection lost"
    ),
    (.dropped, #"{"dropped":{}}"#, "the index was dropped"),
    (.wasNotThere, #"{"wasNotThere":{}}"#, "the index was not there"),
    (
      .isAnotherIndex(objectID: 5, definition: "CREATE INDEX i ON t (b)"),
      #"{"isAnotherIndex":{"definition":"CREATE INDEX i ON t (b)","objectID":5}}"#,
      "the index of that name is another one and was left alone (object id 5): CREATE INDEX i ON t (b)"
    ),
    (
      .failed(error: ChangeFailure(message: "permission denied", sqlState: "42501")),
      #"{"failed":{"error":{"message":"permission denied","sqlState":"42501"}}}"#,
      "failed: permission denied (42501)"
    ),
    (
      .failed(error: ChangeFailure(message: "server closed the connection")),
      #"{"failed":{"error":{"message":"server closed the connection"}}}"#,
      "failed: server closed the connection"
    ),
    (.cancelled, #"{"cancelled":{}}"#, "cancelled; nothing stays behind"),
    (
      .interrupted(reason: "connection lost"), #"{"interrupted":{"reason":"connection lost"}}"#,
      "interrupted, look at the server: connection lost"
    ),
  ]

  @Test(arguments: results.indices)
  func `each ending has its sentence and its JSON`(index: Int) throws {
    let (result, json, sentence) = Self.results[index]
    let outcome = ChangeOutcome(result, durationInSeconds: 2.5)
    #expect(outcome.sentence == sentence)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = #"{"durationInSeconds":2.5,"result":\#(json),"version":1}"#
    #expect(String(decoding: try encoder.encode(outcome), as: UTF8.self) == text)
    #expect(try JSONDecoder().decode(ChangeOutcome.self, from: Data(text.utf8)) == outcome)
  }

  @Test func `counters after are kept whole`() throws {
    let statement = StatementStatistics(
      queryID: "-8123456789012345678", text: "select 1", calls: 5, totalTimeInMilliseconds: 10.5,
      meanTimeInMilliseconds: 2.1, rows: 5, sharedBlocksHit: 1, sharedBlocksRead: 2, walBytes: 64)
    let outcome = ChangeOutcome(
      .dropped, durationInSeconds: 0.25,
      countersAfter: ChangeCounters(
        statements: [statement], statisticsReset: Timestamp(secondsSinceEpoch: 86_400.125),
        tableSizeInBytes: 1, tableSequentialScans: 2, tableSequentialRowsRead: 3, tableIndexScans: 4,
        tableIndexRowsFetched: 5, indexScans: 6))
    let text = try JSONEncoder().encode(outcome)
    #expect(try JSONDecoder().decode(ChangeOutcome.self, from: text) == outcome)
  }

  @Test func `a newer form is refused`() {
    #expect(throws: NewerRecordError(version: 9)) {
      try JSONDecoder().decode(ChangeOutcome.self, from: Data(#"{"version": 9}"#.utf8))
    }
  }
}
