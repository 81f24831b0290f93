import IndexDesign
import Testing

@Suite struct ChangeOutcomeTests {
  static let results: [(ChangeOutcome.Result, sentence: String)] = [
    (
      .built(objectID: 16_432, sizeInBytes: 31_000_000),
      "the index was built and is valid (object id 16432, 30 MB)"
    ),
    (
      .alreadyThere(objectID: 5, isValid: true),
      "nothing was built: a valid index of that name was there before (object id 5)"
    ),
    (
      .alreadyThere(objectID: 5, isValid: false),
      "nothing was built: an invalid index of that name was there before (object id 5)"
    ),
    (
      .leftInvalidAndDropped(reason: "cancelled"),
      "the build failed and its invalid index was dropped: cancelled"
    ),
    (
      .leftInvalidNotOurs(objectID: 5),
      "an invalid index of that name that is not ours is there and was left alone (object id 5)"
    ),
    (
      .leftInvalidStaying(objectID: 5, reason: "connection lost"),
      "an invalid index (object id 5) is still there: connection lost"
    ),
    (.dropped, "the index was dropped"),
    (.wasNotThere, "the index was not there"),
    (
      .isAnotherIndex(objectID: 5, definition: "CREATE INDEX i ON t (b)"),
      "the index of that name is another one and was left alone (object id 5): CREATE INDEX i ON t (b)"
    ),
    (
      .foundThere(objectID: 5, isValid: true),
      "a valid index of that name and definition is there (object id 5); "
        + "whether this change has built it is not known"
    ),
    (
      .foundThere(objectID: 5, isValid: false),
      "an invalid index of that name and definition is there (object id 5); "
        + "whether this change has built it is not known"
    ),
    (
      .failed(error: ChangeFailure(message: "permission denied", sqlState: "42501")),
      "failed: permission denied (42501)"
    ),
    (
      .failed(error: ChangeFailure(message: "server closed the connection")),
      "failed: server closed the connection"
    ),
    (.cancelled, "cancelled; nothing is left over"),
    (
      .interrupted(reason: "connection lost"),
      "interrupted, look at the server: connection lost"
    ),
  ]

  @Test(arguments: results.indices)
  func `each ending has its sentence`(index: Int) {
    let (result, sentence) = Self.results[index]
    #expect(ChangeOutcome(result, durationInSeconds: 2.5).sentence == sentence)
  }
}
